package content

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/width"

	"quicktakes/content/answer"
)

// Level is the severity of a finding.
type Level string

// An error keeps a post, or a field of it, from being read; a warning hurts readers or ranking.
const (
	LevelError   Level = "error"
	LevelWarning Level = "warning"
)

// Finding is one thing that the linter found.
type Finding struct {
	File    string
	Line    int // from 1; 0 when it has no line
	Level   Level
	Message string
}

// String gives a finding as "file:line: level: message" on one line, with control characters
// escaped.
func (f Finding) String() string {
	place := f.File
	if f.Line > 0 {
		place += ":" + strconv.Itoa(f.Line)
	}
	return withoutControls(fmt.Sprintf("%s: %s: %s", place, f.Level, f.Message))
}

// withoutControls returns text with escapes such as \x1b for control characters: a finding may
// quote what a terminal would obey.
func withoutControls(text string) string {
	if !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if unicode.IsControl(r) {
			out.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// The lengths in characters between which a title reads well in a result list.
const (
	minTitle = 15
	maxTitle = 200
)

// Lint reads all posts of a folder and returns what is wrong with them, by file
// and line. It calls progress after each folder with the number of files read so
// far. Dates are compared with now. The error is that of ctx once it ends,
// or ErrNoPosts if the folder has no posts.
func Lint(ctx context.Context, fsys fs.FS, renderer *answer.Renderer, now time.Time, progress func(done int)) ([]Finding, error) {
	l := linter{renderer: renderer, now: now}
	files := 0
	err := Walk(fsys, func(folder string, list []File, err error) error {
		if err != nil {
			l.findings = append(l.findings, errorFinding(folder, err))
			return nil
		}
		if err := l.lintFiles(ctx, fsys, list); err != nil {
			return err
		}
		files += len(list)
		progress(files)
		return nil
	})
	if err == nil && files == 0 && len(l.findings) == 0 {
		err = fmt.Errorf("%w: it holds no *.md file", ErrNoPosts)
	}
	if err != nil {
		return nil, err
	}
	l.checkAcrossPosts()
	l.checkLinks(l.checkRedirects(fsys))
	slices.SortStableFunc(l.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return l.findings, nil
}

// linter collects findings, and what it needs of each post for checks across posts.
type linter struct {
	renderer *answer.Renderer
	now      time.Time
	findings []Finding
	entries  []lintEntry
	known    addresses
}

// lintEntry is what the linter keeps of a post for checks across posts.
type lintEntry struct {
	file        string
	path        string
	lines       map[string]int
	links       []lintLink
	aliases     []string
	description [sha256.Size]byte
	content     [sha256.Size]byte // of question and answer
}

// lintLink is a link, with the field that holds it.
type lintLink struct {
	field string
	path  string
}

// lintFiles lints each of a folder's files by itself, on all cores.
func (l *linter) lintFiles(ctx context.Context, fsys fs.FS, files []File) error {
	type result struct {
		findings []Finding
		entry    *lintEntry
	}
	results := make([]result, len(files))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range files {
		group.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			results[i].findings, results[i].entry, err = l.lintFile(fsys, file.Name)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, result := range results {
		l.findings = append(l.findings, result.findings...)
		if result.entry != nil {
			l.entries = append(l.entries, *result.entry)
		}
	}
	return nil
}

// lintFile lints one file by itself.
func (l *linter) lintFile(fsys fs.FS, name string) ([]Finding, *lintEntry, error) {
	data, err := ReadFile(fsys, name)
	var document *document
	if err == nil {
		document, err = parseDocument(name, data)
	}
	if err != nil {
		return []Finding{errorFinding(name, err)}, nil, nil
	}
	rendered, err := document.post.Render(l.renderer)
	if err != nil {
		return nil, nil, err
	}
	var findings []Finding
	for _, bad := range document.post.FieldErrors {
		findings = append(findings, errorFinding(name, bad))
	}
	findings = append(findings, warnings(name, document.fieldRemarks(rendered), document.markdownRemarks(l.renderer),
		document.yamlRemarks(), document.dateRemarks(l.now))...)
	return findings, document.lintEntry(rendered), nil
}

// errorFinding makes a finding of an error of the named file or folder.
func errorFinding(name string, err error) Finding {
	if bad, ok := errors.AsType[*FileError](err); ok {
		return Finding{bad.File, bad.Line, LevelError, bad.Reason()}
	}
	return Finding{File: name, Level: LevelError, Message: err.Error()}
}

// warnings makes findings of remarks about a file.
func warnings(file string, remarks ...[]remark) []Finding {
	var findings []Finding
	for _, remark := range slices.Concat(remarks...) {
		findings = append(findings, Finding{file, remark.line, LevelWarning, remark.text})
	}
	return findings
}

// fieldRemarks finds unknown, missing and unfit values of fields.
func (d *document) fieldRemarks(rendered *Rendered) []remark {
	var remarks []remark
	p := d.post
	warn := func(field, format string, args ...any) {
		remarks = append(remarks, remark{d.line(field), fmt.Sprintf(format, args...)})
	}
	for _, field := range d.unknown {
		remarks = append(remarks, remark{field.line, "unknown field " + field.name})
	}
	if n := displayLength(p.Title); n < minTitle || n > maxTitle {
		what := "characters"
		if strings.ContainsFunc(p.Title, isWide) {
			what = "characters, wide ones counted twice"
		}
		warn("title", "title has %d %s; %d to %d read well in a result list", n, what, minTitle, maxTitle)
	}
	if p.SEO.Description == "" {
		warn("seo", "no seo.page_description")
	}
	if p.Answer == "" {
		warn("answer", "no answer")
	}
	if p.FileName != "" && p.FileName != p.Slug()+".md" {
		warn("file_name", "file_name %s does not match url %s", p.FileName, p.Path)
	}
	if base := p.File[strings.LastIndexByte(p.File, '/')+1:]; base != p.Slug()+".md" {
		warn("url", "url %s does not match the file's name %s", p.Path, base)
	}
	if !isSlugOf(p.SubjectSlug(), p.Subject) {
		warn("subject", "subject %q does not match url %s", p.Subject, p.Path)
	}
	seen := map[string]bool{}
	for _, link := range p.Related {
		switch field := link.Field; {
		case link.Path == p.Path:
			warn(field, "related link to the post itself")
		case seen[link.Path]:
			warn(field, "related link appears twice: %s", link.Path)
		}
		seen[link.Path] = true
	}
	for _, alias := range p.Aliases {
		if UnescapedPath(alias) == p.Path {
			warn("aliases", "alias of the post's own url")
		}
		if !strings.HasPrefix(alias, "/") {
			warn("aliases", "alias %q is not a path on this site, such as /old/address", alias)
		}
	}
	warnOfFailed := func(field string, failed []answer.FailedFormula) {
		for _, formula := range failed {
			warn(field, "formula cannot be read: %s: %s", strings.Join(strings.Fields(formula.Source), " "), formula.Reason)
		}
	}
	warnOfFailed(d.firstOf("title", "question", "article_title"), rendered.Title.Failed)
	if p.Question != p.Title {
		warnOfFailed(d.firstOf("question", "title", "article_title"), rendered.Question.Failed)
	}
	warnOfFailed("answer", rendered.Answer.Failed)
	return remarks
}

// displayLength returns the length of text in Latin characters: wide ones, such as Chinese,
// count twice, and marks on others do not count.
func displayLength(text string) int {
	length := 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r):
		case isWide(r):
			length += 2
		default:
			length++
		}
	}
	return length
}

// isWide reports whether r is as wide as two Latin characters.
func isWide(r rune) bool {
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}

// isSlugOf reports whether a slug may be that of a name. Names in letters that are not Latin
// have any slug.
func isSlugOf(slug, name string) bool {
	isOther := func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }
	return slug == Slugify(name) || slug == Slugify(Fold(name)) || strings.ContainsFunc(name, isOther)
}

// line returns the line of a field, or 1 if it is missing.
func (d *document) line(field string) int { return max(d.lines[field], 1) }

// lintEntry returns what checks across posts need of the post.
func (d *document) lintEntry(rendered *Rendered) *lintEntry {
	p := d.post
	entry := &lintEntry{file: p.File, path: p.Path, lines: d.lines, aliases: p.Aliases, content: p.DuplicateKey()}
	if p.SEO.Description != "" {
		entry.description = sha256.Sum256([]byte(p.SEO.Description))
	}
	for _, link := range p.Related {
		entry.links = append(entry.links, lintLink{link.Field, link.Path})
	}
	for _, link := range rendered.Answer.Links {
		if strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") {
			path, _, _ := strings.Cut(link, "#")
			path, _, _ = strings.Cut(path, "?")
			entry.links = append(entry.links, lintLink{"answer", path})
		}
	}
	return entry
}

// checkAcrossPosts finds what shows only across posts: repeated addresses, descriptions and
// questions, and aliases that are already taken. It drops the entries of posts whose address
// is taken, which are not loaded.
func (l *linter) checkAcrossPosts() {
	l.known = newAddresses()
	descriptions := map[[sha256.Size]byte]string{}
	contents := map[[sha256.Size]byte]string{}
	warnIfRepeated := func(entry lintEntry, field string, seen map[[sha256.Size]byte]string, key [sha256.Size]byte, message string) {
		if key == [sha256.Size]byte{} {
			return
		}
		if other, ok := seen[key]; ok {
			l.add(entry, field, LevelWarning, message+" as "+other)
			return
		}
		seen[key] = entry.file
	}
	var loaded []lintEntry
	for _, entry := range l.entries {
		if other, ok := l.known.posts[entry.path]; ok {
			l.add(entry, "url", LevelError, fmt.Sprintf("url %s is already used by %s", entry.path, other))
			continue
		}
		loaded = append(loaded, entry)
		l.known.add(entry.path, entry.file)
		warnIfRepeated(entry, "seo", descriptions, entry.description, "same seo.page_description")
		warnIfRepeated(entry, "question", contents, entry.content, "same question and answer")
	}
	l.entries = loaded
	for _, entry := range l.entries {
		l.checkAliases(entry)
	}
}

// checkLinks finds links that lead nowhere, or to addresses that moved.
func (l *linter) checkLinks(moved redirectLines) {
	for _, entry := range l.entries {
		for _, link := range entry.links {
			path := UnescapedPath(link.path)
			isPage := l.known.isServed(path) || isTopic(path)
			redirect := moved.first(path)
			switch {
			case l.known.posts[path] != "", isPage && link.field == "answer":
			case isPage, !strings.HasPrefix(link.path, "/"):
				l.add(entry, link.field, LevelWarning, "related link to a page that is not a post: "+link.path)
			case l.known.aliases[path] == "" && redirect != nil && redirect.Status == 410:
				l.add(entry, link.field, LevelWarning, "link to an address that was removed: "+link.path)
			case redirect != nil, l.known.leadsOn(path):
				l.add(entry, link.field, LevelWarning, "link to an address that moved: "+link.path)
			default:
				l.add(entry, link.field, LevelWarning, "link to an address that does not exist: "+link.path)
			}
		}
	}
}

func (l *linter) add(entry lintEntry, field string, level Level, message string) {
	l.findings = append(l.findings, Finding{entry.file, max(entry.lines[field], 1), level, message})
}

// checkAliases finds the aliases of a post that do not lead to it.
func (l *linter) checkAliases(entry lintEntry) {
	for _, alias := range entry.aliases {
		path := UnescapedPath(alias)
		other, isTaken := l.known.aliases[path]
		message := ""
		switch {
		case path == entry.path:
		case l.known.posts[path] != "":
			message = fmt.Sprintf("alias %s is the url of %s", alias, l.known.posts[path])
		case l.known.isServed(path):
			message = fmt.Sprintf("alias %s is the address of a page, which stays there", alias)
		case isTaken && other == entry.file:
			message = "alias appears twice: " + alias
		case isTaken:
			message = fmt.Sprintf("alias %s is already used by %s", alias, other)
		}
		if message != "" {
			l.add(entry, "aliases", LevelWarning, message)
		}
		if !isTaken {
			l.known.aliases[path] = entry.file
		}
	}
}

// checkRedirects finds lines of _redirects that are invalid, are never reached or lead nowhere.
// It returns the valid lines.
func (l *linter) checkRedirects(fsys fs.FS) redirectLines {
	redirects, problems, err := Redirects(fsys)
	if err != nil {
		problems = append(problems, err)
	}
	for _, problem := range problems {
		l.findings = append(l.findings, errorFinding(RedirectsFile, problem))
	}
	lines := newRedirectLines(redirects)
	l.findings = append(l.findings, warnings(RedirectsFile, l.known.redirectRemarks(redirects, lines))...)
	return lines
}
