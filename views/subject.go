package views

import (
	"fmt"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// SubjectPage lists one page of a subject's questions.
type SubjectPage struct {
	Subject   content.Subject
	Questions []content.Link // newest first
	Topics    []string       // names, most frequent among Questions first; only on the first page
	Page      int            // from 1
	Pages     int
}

// Meta returns what the head of the page says.
func (p SubjectPage) Meta(site Site) Meta {
	title := p.Subject.Name + " questions"
	place := pageOf(p.Page, p.Pages)
	path := pagePath(p.Subject.Path(), p.Page)
	return Meta{
		Title:       title + place + " | " + site.Name,
		Description: fmt.Sprintf("%s in %s with clear answers, newest first%s.", count(p.Subject.Count, "question"), p.Subject.Name, place),
		Canonical:   path,
		Alternates:  []Alternate{subjectFeed(site, p.Subject)},
		NoIndex:     p.Subject.Count == 0, // all of its posts have no_index
		Hue:         hue(p.Subject.Slug),
		HasSearch:   true,
		Styles:      linkStyles(p.Questions),
		Graph: []Node{
			breadcrumbs(site, crumb{"Home", "/"}, crumb{"Subjects", "/learn"}, crumb{p.Subject.Name, p.Subject.Path()}),
			collection(site, title+place, path, subjectNode(site, p.Subject)),
		},
	}
}

// Main returns the content of the main element.
func (p SubjectPage) Main() templ.Component { return subject(p) }
