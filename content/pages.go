package content

import "strings"

// FixedPages are the addresses of pages that are there whatever the library holds.
var FixedPages = []string{"/", "/learn", "/topics", "/search", "/random", "/saved", "/about", "/privacy", "/offline", "/feed.xml", "/feed.json", "/sitemap.xml", "/llms.txt"}

// subjectPages are what each subject has below its own address.
var subjectPages = []string{"/flashcards", "/feed.xml", "/anki.txt"}

// CutSubjectPage returns the address of the subject whose flashcards, feed or the like
// path names, and path itself if it is none of these.
func CutSubjectPage(path string) string {
	for _, page := range subjectPages {
		if subject, ok := strings.CutSuffix(path, page); ok && strings.Count(subject, "/") == len("//") {
			return subject
		}
	}
	return path
}
