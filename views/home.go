package views

import (
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// HomePage is the site's first page.
type HomePage struct {
	Subjects []content.Subject // by name
	Newest   []content.Link    // newest first
	Topics   []string          // names, most used first
	Posts    int               // number of listed posts in the library
}

// Meta returns what the head of the page says.
func (p HomePage) Meta(site Site) Meta {
	return Meta{
		Title:       site.Name + ": good questions, clear answers",
		Description: fmt.Sprintf("%s in %s, each with one clear answer: read, understand, move on. Free, for students.", count(p.Posts, "question"), count(len(p.Subjects), "subject")),
		Canonical:   "/",
		HasSearch:   true,
		Alternates:  siteFeeds(site),
		Styles:      linkStyles(p.Newest),
		Graph:       []Node{website(site), organization(site)},
	}
}

// shownSubjects is the number of subjects that the home page shows.
const shownSubjects = 8

// largest returns the subjects with the most questions, sorted by name.
func (p HomePage) largest() []content.Subject {
	largest := slices.Clone(p.Subjects)
	slices.SortStableFunc(largest, func(a, b content.Subject) int { return b.Count - a.Count })
	largest = largest[:min(shownSubjects, len(largest))]
	slices.SortFunc(largest, func(a, b content.Subject) int {
		return strings.Compare(content.Fold(a.Name), content.Fold(b.Name))
	})
	return largest
}

// Main returns the content of the main element.
func (p HomePage) Main() templ.Component { return home(p) }
