package views

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// LearnPage lists all subjects.
type LearnPage struct {
	Subjects []content.Subject // by name
}

// Meta returns what the head of the page says.
func (p LearnPage) Meta(site Site) Meta {
	items := make([]Node, len(p.Subjects))
	for i, s := range p.Subjects {
		items[i] = Node{"@type": "ListItem", "position": i + 1, "name": s.Name, "url": site.url(s.Path())}
	}
	const path = "/learn"
	page := Node{"@type": "CollectionPage", "name": "All subjects", "url": site.url(path), "inLanguage": "en"}
	if len(items) > 0 {
		page["mainEntity"] = Node{"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
	}
	return Meta{
		Title:       "All subjects, A to Z | " + site.Name,
		Description: fmt.Sprintf("All %s, A to Z: %s with clear answers.", count(len(p.Subjects), "subject"), count(p.posts(), "question")),
		Canonical:   path,
		Alternates:  siteFeeds(site),
		Graph: []Node{
			breadcrumbs(site, crumb{"Home", "/"}, crumb{"Subjects", path}),
			page,
		},
	}
}

// Main returns the content of the main element.
func (p LearnPage) Main() templ.Component { return learn(p) }

// posts returns the number of questions in all subjects.
func (p LearnPage) posts() int {
	n := 0
	for _, s := range p.Subjects {
		n += s.Count
	}
	return n
}

// letterGroup is the subjects whose names begin with a letter.
type letterGroup struct {
	Letter   string
	Subjects []content.Subject
}

// letters returns the subjects by first letter, in the order that they have.
func (p LearnPage) letters() []letterGroup {
	var groups []letterGroup
	for _, s := range p.Subjects {
		_, size := utf8.DecodeRuneInString(s.Name)
		letter := strings.ToUpper(s.Name[:size])
		if len(groups) == 0 || groups[len(groups)-1].Letter != letter {
			groups = append(groups, letterGroup{Letter: letter})
		}
		last := &groups[len(groups)-1]
		last.Subjects = append(last.Subjects, s)
	}
	return groups
}
