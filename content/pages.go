package content

import (
	"slices"
	"strings"
)

// fixedPages are the addresses that exist whatever the library holds, and fixedFolders the
// prefixes of further ones.
var (
	fixedPages = []string{
		"/", "/learn", "/topics", "/search", "/search/suggest", "/random", "/saved", "/about", "/privacy", "/offline",
		"/feed.xml", "/feed.json", "/sitemap.xml", "/llms.txt", "/robots.txt", "/opensearch.xml", "/manifest.webmanifest",
		"/sw.js", "/speculation-rules.json", "/healthz", "/readyz", "/favicon.ico", "/icon.svg", "/icon-192.png",
		"/icon-512.png", "/icon-maskable-512.png", "/apple-touch-icon.png",
	}
	fixedFolders = []string{"/assets/", "/sitemaps/", "/og/"}
)

// IsFixedPage reports whether path exists on the site whatever the library holds.
func IsFixedPage(path string) bool {
	return slices.Contains(fixedPages, path) ||
		slices.ContainsFunc(fixedFolders, func(folder string) bool { return strings.HasPrefix(path, folder) })
}

// subjectPages are the pages and files that each subject has below its own address.
var subjectPages = []string{"/flashcards", "/feed.xml", "/anki.txt"}

// CutForm returns the address of the subject or question that path is another form of, such
// as flashcards, a feed or Markdown. It returns any other path unchanged.
func CutForm(path string) string {
	for _, page := range subjectPages {
		subject, ok := strings.CutSuffix(path, page)
		if ok && strings.HasPrefix(subject, "/learn/") && strings.Count(subject, "/") == len("//") {
			return subject
		}
	}
	for _, form := range []string{".md", ".json"} {
		if question, ok := strings.CutSuffix(path, form); ok && IsPostPath(question) {
			return question
		}
	}
	return path
}
