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

// newestFirst says how many questions a list has and how it is sorted.
func newestFirst(questions int) string { return count(questions, "question") + ", newest first." }

// pageOf returns ", page 2 of 7", or "" on the first page.
func pageOf(page, pages int) string {
	if page <= 1 {
		return ""
	}
	return fmt.Sprintf(", page %d of %d", page, pages)
}

// collection returns the structured data of a list page. About may be nil.
func collection(site Site, name, path string, about Node) Node {
	node := Node{"@type": "CollectionPage", "name": name, "url": site.url(path), "inLanguage": "en"}
	if about != nil {
		node["about"] = about
	}
	return node
}

// subjectNode returns a subject as structured data.
func subjectNode(site Site, s content.Subject) Node {
	return Node{"@type": "Thing", "name": s.Name, "url": site.url(s.Path())}
}

// pagePath returns the address of a page of a list. The first page has no number.
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
