package views

import (
	"fmt"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// The page of all topics.
const (
	topicsPath  = "/topics"
	topicsTitle = "All topics"
)

// TopicsPage lists one page of all topics.
type TopicsPage struct {
	MostUsed []content.Topic // the most used first, on the first page only
	Topics   []content.Topic // A to Z
	Letters  []TopicLetter   // all, in order
	Count    int             // of all topics
	Page     int             // from 1
	Pages    int
}

// TopicLetter says on which page the topics under a letter begin.
type TopicLetter struct {
	Letter string
	Page   int
}

// Meta returns what the head of the page says.
func (p TopicsPage) Meta(site Site) Meta {
	place := pageOf(p.Page, p.Pages)
	path := pagePath(topicsPath, p.Page)
	return Meta{
		Title:       topicsTitle + ", A to Z" + place + " | " + site.Name,
		Description: fmt.Sprintf("%s, A to Z, each with all questions about it in every subject%s.", count(p.Count, "topic"), place),
		Canonical:   path,
		Alternates:  siteFeeds(site),
		Graph: []Node{
			breadcrumbs(site, crumb{"Home", "/"}, crumb{topicsTitle, topicsPath}),
			collection(site, topicsTitle+place, path, nil),
		},
	}
}

// Main returns the content of the main element.
func (p TopicsPage) Main() templ.Component { return topics(p) }

// path returns where the topics under the letter begin.
func (l TopicLetter) path() string { return pagePath(topicsPath, l.Page) + "#" + letterID(l.Letter) }

// letterID returns the ID of the part of a page that is under a letter.
func letterID(letter string) string { return "letter-" + letter }
