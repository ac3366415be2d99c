package content

import (
	"net/url"
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

// AliasPath returns the clean path that an alias names, which may be written with percent
// escapes as browsers show it.
func AliasPath(alias string) string {
	if path, err := url.PathUnescape(alias); err == nil {
		alias = path
	}
	return CleanPath(alias)
}
