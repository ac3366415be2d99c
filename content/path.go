package content

import (
	"net/url"
	"regexp"
	"strings"
)

// CleanPath returns the form of an address under which the site answers: lower
// case, without doubled or trailing slashes, without .html, and without what a
// link bug of the old site put before a second /learn/.
func CleanPath(path string) string {
	parts := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' })
	path = "/" + strings.Join(parts, "/")
	if i := strings.LastIndex(path, "/undefined/learn/"); i >= 0 {
		path = path[i+len("/undefined"):]
	}
	for isCut := true; isCut; {
		path, isCut = strings.CutSuffix(strings.TrimRight(path, "/"), ".html")
	}
	if path == "" || path == "/index" {
		return "/"
	}
	return path
}

// SlugOf returns the last part of an address: for a post, the question's slug.
func SlugOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// SubjectSlugOf returns the subject's slug from the address of a post or of any other page
// of a subject.
func SubjectSlugOf(path string) string {
	slug, _, _ := strings.Cut(strings.TrimPrefix(path, "/learn/"), "/")
	return slug
}

// UnescapedPath returns the clean path of an address that may hold percent escapes, as those
// copied from a browser do.
func UnescapedPath(address string) string {
	if path, err := url.PathUnescape(address); err == nil {
		address = path
	}
	return CleanPath(address)
}

// postPath is the form of a post's address.
var postPath = regexp.MustCompile(`^/learn/[a-z0-9_-]+/questions/[a-z0-9_-]+$`)

// maxPath is the most bytes that a post's address may have: 50,000 of them fit into a sitemap of
// 50 MB (https://www.sitemaps.org/protocol.html#index).
const maxPath = 700

// IsPostPath reports whether path has the form of a post's address.
func IsPostPath(path string) bool { return len(path) <= maxPath && postPath.MatchString(path) }
