package content

import "strings"

// CleanPath returns the form of an address under which the site answers: lower
// case, without doubled or trailing slashes, without .html, and without what a
// link bug of the old site put before a second /learn/.
func CleanPath(path string) string {
	path = strings.ToLower(path)
	if i := strings.LastIndex(path, "/undefined/learn/"); i >= 0 {
		path = path[i+len("/undefined"):]
	}
	var b strings.Builder
	for part := range strings.SplitSeq(path, "/") {
		if part != "" {
			b.WriteByte('/')
			b.WriteString(part)
		}
	}
	path = strings.TrimSuffix(b.String(), ".html")
	if path == "" || path == "/" || path == "/index" {
		return "/"
	}
	return path
}
