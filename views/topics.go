package views

import (
	"fmt"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// The path and title of the page of all topics.
const (
	topicsPath  = "/topics"
	topicsTitle = "All topics"
)

// TopicsPage lists one page of all topics.
type TopicsPage struct {
	MostUsed []content.Topic // most used first; only on the first page
	Topics   []content.Topic // A to Z
	Letters  []TopicLetter   // all letters, in order
	Count    int             // of all topics
	Page     int             // from 1
	Pages    int
}

// TopicLetter is a letter and the page on which its topics begin.
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
		Description: fmt.Sprintf("%s, A to Z, each with its questions from every subject%s.", count(p.Count, "topic"), place),
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

// path returns the address at which the letter's topics begin.
func (l TopicLetter) path() string { return pagePath(topicsPath, l.Page) + "#" + letterID(l.Letter) }
