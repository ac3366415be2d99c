package views

import "github.com/a-h/templ"

// AboutPage says what the answers are, and how far they can be trusted.
type AboutPage struct {
	Site Site
}

const (
	aboutPath  = "/about"
	aboutTitle = "About these answers"
)

// Meta returns what the head of the page says.
func (p AboutPage) Meta(site Site) Meta {
	return Meta{
		Title:       aboutTitle + " | " + site.Name,
		Description: "What a question and its answer are on " + site.Name + ", who stands behind them, how to check and cite them, and how to report a mistake.",
		Canonical:   aboutPath,
		Alternates:  siteFeeds(site),
		Graph:       aboutGraph(site, "AboutPage", aboutTitle, aboutPath),
	}
}

// Main returns the content of the main element.
func (p AboutPage) Main() templ.Component { return about(p) }

// aboutGraph returns a page on which the site speaks of itself as structured data.
func aboutGraph(site Site, kind, title, path string) []Node {
	return []Node{
		breadcrumbs(site, crumb{"Home", "/"}, crumb{title, path}),
		{"@type": kind, "name": title, "url": site.url(path), "inLanguage": "en", "publisher": organization(site)},
	}
}
