package views

import (
	"fmt"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// TopicPage lists one page of the questions about a topic.
type TopicPage struct {
	Topic     content.Topic
	Questions []content.Link // newest first
	Page      int            // from 1
	Pages     int
}

// Meta returns what the head of the page says.
func (p TopicPage) Meta(site Site) Meta {
	title := "Questions about " + p.Topic.Name
	place := pageOf(p.Page, p.Pages)
	path := pagePath(p.Topic.Path(), p.Page)
	return Meta{
		Title:       title + place + " | " + site.Name,
		Description: fmt.Sprintf("%s about %s with clear answers, newest first%s.", count(p.Topic.Count, "question"), p.Topic.Name, place),
		Canonical:   path,
		Alternates:  siteFeeds(site),
		Styles:      linkStyles(p.Questions),
		Graph: []Node{
			breadcrumbs(site, crumb{"Home", "/"}, crumb{topicsTitle, topicsPath}, crumb{p.Topic.Name, p.Topic.Path()}),
			collection(site, title+place, path, Node{"@type": "Thing", "name": p.Topic.Name, "url": site.url(p.Topic.Path())}),
		},
	}
}

// Main returns the content of the main element.
func (p TopicPage) Main() templ.Component { return topic(p) }
