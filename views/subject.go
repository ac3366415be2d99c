package views

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// SubjectPage lists one page of a subject's questions.
type SubjectPage struct {
	Subject   content.Subject
	Questions []content.Link // newest first
	Page      int            // from 1
	Pages     int
}

// Meta returns what the head of the page says.
func (p SubjectPage) Meta(site Site) Meta {
	name := p.Subject.Name + " questions"
	title, place := name, ""
	if p.Page > 1 {
		place = fmt.Sprintf(", page %d of %d", p.Page, p.Pages)
		title += place
	}
	path := pagePath(p.Subject.Path(), p.Page)
	return Meta{
		Title:       title + " | " + site.Name,
		Description: fmt.Sprintf("%s in %s with clear answers, newest first%s.", count(p.Subject.Count, "question"), p.Subject.Name, place),
		Canonical:   path,
		Alternates:  []Alternate{{"application/atom+xml", p.Subject.Path() + "/feed.xml", site.Name + ": newest questions in " + p.Subject.Name}},
		NoIndex:     p.Subject.Count == 0, // all that there is of it is kept out of search
		Hue:         hue(p.Subject.Slug),
		Styles:      linkStyles(p.Questions),
		Graph: []Node{
			breadcrumbs(site, crumb{"Home", "/"}, crumb{"Subjects", "/learn"}, crumb{p.Subject.Name, p.Subject.Path()}),
			{"@type": "CollectionPage", "name": title, "url": site.url(path), "inLanguage": "en", "about": subjectNode(site, p.Subject)},
		},
	}
}

// Main returns the content of the main element.
func (p SubjectPage) Main() templ.Component { return subject(p) }

// subjectNode returns what a page is about as structured data.
func subjectNode(site Site, s content.Subject) Node {
	return Node{"@type": "Thing", "name": s.Name, "url": site.url(s.Path())}
}

// monthGroup is the questions of a month.
type monthGroup struct {
	Name      string // such as "January 2025"
	ID        string // such as "2025-01"
	Questions []content.Link
}

// months returns the questions by month, in the order that they have.
func (p SubjectPage) months() []monthGroup {
	var groups []monthGroup
	for _, q := range p.Questions {
		id := "m" + q.Date.Format("2006-01")
		if len(groups) == 0 || groups[len(groups)-1].ID != id {
			groups = append(groups, monthGroup{Name: content.FormatDate(q.Date, "MMMM YYYY"), ID: id})
		}
		last := &groups[len(groups)-1]
		last.Questions = append(last.Questions, q)
	}
	return groups
}

// pagePath returns the address of a page of a listing. The first has no number.
func pagePath(path string, page int) string {
	if page <= 1 {
		return path
	}
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	return path + sign + "page=" + strconv.Itoa(page)
}
