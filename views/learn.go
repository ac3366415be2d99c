package views

import (
	"cmp"
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
	page := collection(site, "All subjects", path, nil)
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

// letters groups the subjects by first letter, without its accent, keeping their order.
func (p LearnPage) letters() []group[content.Subject] {
	return groups(p.Subjects, func(s content.Subject) string {
		name := cmp.Or(content.FoldWithKatakana(s.Name), s.Name)
		_, size := utf8.DecodeRuneInString(name)
		return strings.ToUpper(name[:size])
	})
}
