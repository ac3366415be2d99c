package views

import "github.com/a-h/templ"

// AboutPage explains what the answers are and how far to trust them.
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
		Description: "How questions are answered on " + site.Name + ", who is behind the answers, how to check and cite them, and how to report a mistake.",
		Canonical:   aboutPath,
		Alternates:  siteFeeds(site),
		Graph:       aboutGraph(site, "AboutPage", aboutTitle, aboutPath),
	}
}

// Main returns the content of the main element.
func (p AboutPage) Main() templ.Component { return about(p) }
