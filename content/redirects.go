package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"strings"
)

// RedirectsFile is the name of the file at the content root that lists moved and
// removed addresses.
const RedirectsFile = "_redirects"

// Redirect is a line of _redirects.
type Redirect struct {
	Line   int
	From   string // clean path; with Prefix, a prefix of the address followed by a slash
	Prefix bool   // the line has /from/*
	To     string // path, where :splat stands for what * matched; empty with 410
	Status int    // 301, 308 or 410
}

// maxRedirects is the size in bytes above which _redirects is not read.
const maxRedirects = 64 << 20

// Redirects reads _redirects: lines of "from to [status]" in the format of
// Netlify and Cloudflare, where from may end in * and # begins a comment. It
// returns the valid lines in order, and a *FileError for each of the others. A
// missing file has no lines; err says that the file exists but cannot be read.
func Redirects(fsys fs.FS) (redirects []Redirect, problems []error, err error) {
	data, err := readStart(fsys, RedirectsFile, maxRedirects+1)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, &FileError{File: RedirectsFile, Err: fmt.Errorf("read: %w", err)}
	}
	if len(data) > maxRedirects {
		return nil, nil, &FileError{File: RedirectsFile, Err: fmt.Errorf("larger than the %d bytes that it may have", maxRedirects)}
	}
	number := 0
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		number++
		redirect, err := parseRedirect(string(line))
		if err != nil {
			problems = append(problems, &FileError{File: RedirectsFile, Line: number, Err: err})
			continue
		}
		if redirect != nil {
			redirect.Line = number
			redirects = append(redirects, *redirect)
		}
	}
	return redirects, problems, nil
}

// parseRedirect reads a line. It returns nil for a blank line or a comment.
func parseRedirect(line string) (*Redirect, error) {
	if len(line) > MaxSize {
		return nil, fmt.Errorf("longer than the %d bytes that a line may have", MaxSize)
	}
	words := strings.Fields(line)
	for i, word := range words {
		if strings.HasPrefix(word, "#") {
			words = words[:i]
			break
		}
	}
	if len(words) == 0 {
		return nil, nil
	}
	redirect := &Redirect{Status: 301}
	if status, err := strconv.Atoi(words[len(words)-1]); err == nil {
		redirect.Status = status
		words = words[:len(words)-1]
	}
	switch redirect.Status {
	case 301, 308:
		if len(words) != 2 {
			return nil, errors.New("want: from to [status]")
		}
		redirect.To = words[1]
	case 410:
		if len(words) != 1 && len(words) != 2 {
			return nil, errors.New("want: from 410")
		}
	default:
		return nil, fmt.Errorf("status %d is not 301, 308 or 410", redirect.Status)
	}
	from, prefix := strings.CutSuffix(words[0], "*")
	if !strings.HasPrefix(from, "/") || strings.ContainsAny(from, "*:?#") {
		return nil, fmt.Errorf("%q is not a path that begins with / and has no :, ? or #, and * only at its end", words[0])
	}
	from, err := url.PathUnescape(from)
	if err != nil {
		return nil, fmt.Errorf("%q: %w (write %%25 for %%)", words[0], err)
	}
	redirect.Prefix = prefix
	redirect.From = CleanPath(from)
	if prefix && strings.HasSuffix(from, "/") && redirect.From != "/" {
		redirect.From += "/"
	}
	if redirect.Status != 410 {
		if err := checkTarget(redirect.To, prefix); err != nil {
			return nil, err
		}
		path, rest := SplitTarget(redirect.To)
		if path, err = url.PathUnescape(path); err != nil {
			return nil, fmt.Errorf("%q: %w (write %%25 for %%)", redirect.To, err)
		}
		if strings.ContainsAny(path, "?#") {
			return nil, fmt.Errorf("%q has an escaped ? or # in its path, but no page does", redirect.To)
		}
		redirect.To = CleanPath(path) + rest
	}
	return redirect, nil
}

// Splat returns what * matched in the clean path of an address, where from is what the line
// has before *. In /folder/*, it is empty for the path /folder.
func Splat(path, from string) string {
	return strings.TrimSuffix(strings.TrimPrefix(path+"/", from), "/")
}

// SplitTarget splits a redirect's target into its path and the rest: query and fragment,
// with their ? and #.
func SplitTarget(to string) (path, rest string) {
	if i := strings.IndexAny(to, "?#"); i >= 0 {
		return to[:i], to[i:]
	}
	return to, ""
}

// checkTarget refuses targets on other hosts and placeholders that nothing fills.
func checkTarget(to string, prefix bool) error {
	if _, err := url.Parse(to); err != nil || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, `\*`) {
		return fmt.Errorf("%q is not a path on this site", to)
	}
	if strings.Contains(to, ":splat") && !prefix {
		return fmt.Errorf("%q has :splat, but from has no *", to)
	}
	return nil
}
