package content

import (
	"fmt"
	"strings"
)

// addresses are all addresses that the linter knows.
type addresses struct {
	posts    map[string]string // path to the file of its post
	slugs    map[string]int    // number of posts that have it
	subjects map[string]bool   // by their path
	aliases  map[string]string // path to the file of the first post that names it
}

func newAddresses() addresses {
	return addresses{map[string]string{}, map[string]int{}, map[string]bool{}, map[string]string{}}
}

// add records the address of a post.
func (a addresses) add(path, file string) {
	a.posts[path] = file
	subject, slug, _ := strings.Cut(path, "/questions/")
	a.subjects[subject] = true
	a.slugs[slug]++
}

// isServed reports whether path is the address of a page.
func (a addresses) isServed(path string) bool {
	form := CutForm(path)
	return a.posts[form] != "" || a.subjects[form] || IsFixedPage(path)
}

// isTopic reports whether path may be the address of a topic. The linter does not know
// which topics exist.
func isTopic(path string) bool { return strings.HasPrefix(path, "/topics/") }

// leadsOn reports whether the site redirects path, which it does not serve, to a post.
func (a addresses) leadsOn(path string) bool {
	_, slug, _ := strings.Cut(path, "/questions/")
	return a.aliases[path] != "" || IsPostPath(path) && a.slugs[slug] == 1
}

// redirectRemarks finds lines of _redirects that are never reached, or that lead nowhere.
func (a addresses) redirectRemarks(redirects []Redirect, lines redirectLines) []remark {
	var remarks []remark
	for i := range redirects {
		redirect := &redirects[i]
		if text := a.sourceProblem(redirect, lines); text != "" {
			remarks = append(remarks, remark{redirect.Line, text})
			continue
		}
		if text := a.targetProblem(redirect, lines); text != "" {
			remarks = append(remarks, remark{redirect.Line, text})
		}
	}
	return remarks
}

// sourceProblem says why a line is never reached, or "".
func (a addresses) sourceProblem(redirect *Redirect, lines redirectLines) string {
	from := redirect.From
	first := lines.first(from)
	if redirect.Prefix {
		if first := lines.prefixes[from]; first != redirect {
			return fmt.Sprintf("%s* is already on line %d", from, first.Line)
		}
		first = lines.firstPrefix(from)
	}
	if first != nil && first.Line < redirect.Line {
		if first.Prefix {
			return fmt.Sprintf("%s is already matched by %s* on line %d", from, first.From, first.Line)
		}
		if !redirect.Prefix {
			return fmt.Sprintf("%s is already on line %d", from, first.Line)
		}
	}
	switch {
	case redirect.Prefix:
	case a.posts[from] != "":
		return fmt.Sprintf("%s is the url of %s, which stays there", from, a.posts[from])
	case a.isServed(from):
		return from + " is the address of a page, which stays there"
	case a.aliases[from] != "":
		return fmt.Sprintf("%s is already an alias of %s", from, a.aliases[from])
	}
	return ""
}

// targetProblem says why a line leads nowhere, or "". It follows lines as the site does.
func (a addresses) targetProblem(redirect *Redirect, lines redirectLines) string {
	const splat = "splat" // stands for any match
	used := map[*Redirect]bool{}
	path := redirect.From
	if redirect.Prefix {
		path += splat
	}
	isKnown := true
	for next := redirect; ; {
		if next.Status == 410 && next != redirect {
			return fmt.Sprintf("leads to an address that line %d says is removed: %s", next.Line, path)
		} else if next.Status == 410 {
			return ""
		}
		used[next] = true
		target, _ := SplitTarget(next.To)
		isKnown = isKnown && !strings.Contains(target, ":splat")
		path = CleanPath(strings.ReplaceAll(target, ":splat", Splat(path, next.From)))
		if a.isServed(path) || isTopic(path) || a.aliases[path] != "" {
			return ""
		}
		next = lines.first(path)
		switch {
		case !isKnown && strings.HasPrefix(path, "/learn/"): // it may be a post
			return ""
		case next == redirect:
			return "leads back to itself"
		case next != nil && used[next]:
			return fmt.Sprintf("leads in a circle through line %d", next.Line)
		case next != nil:
			continue
		case !strings.HasPrefix(path, "/learn/"): // a proxy may serve it from elsewhere
			return ""
		case a.leadsOn(path):
			return ""
		}
		return "leads to an address that does not exist: " + path
	}
}

// redirectLines finds the line of _redirects that matches a path.
type redirectLines struct {
	exact, prefixes map[string]*Redirect // from to its first line
}

func newRedirectLines(redirects []Redirect) redirectLines {
	lines := redirectLines{map[string]*Redirect{}, map[string]*Redirect{}}
	for i := range redirects {
		redirect := &redirects[i]
		kind := lines.exact
		if redirect.Prefix {
			kind = lines.prefixes
		}
		if kind[redirect.From] == nil {
			kind[redirect.From] = redirect
		}
	}
	return lines
}

// first returns the first line that matches path, or nil.
func (l redirectLines) first(path string) *Redirect {
	first := l.firstPrefix(path + "/")
	if exact := l.exact[path]; exact != nil && (first == nil || exact.Line < first.Line) {
		return exact
	}
	return first
}

// firstPrefix returns the first line with * that matches all addresses that begin with
// start, or nil.
func (l redirectLines) firstPrefix(start string) *Redirect {
	var first *Redirect
	for length := range len(start) + 1 {
		if found := l.prefixes[start[:length]]; found != nil && (first == nil || found.Line < first.Line) {
			first = found
		}
	}
	return first
}
