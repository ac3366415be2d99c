package views

import "github.com/a-h/templ"

// PrivacyPage says what the site knows about its readers: nothing.
type PrivacyPage struct {
	Site Site
}

const (
	privacyPath  = "/privacy"
	privacyTitle = "Privacy"
)

// Meta returns what the head of the page says.
func (p PrivacyPage) Meta(site Site) Meta {
	return Meta{
		Title:       privacyTitle + " | " + site.Name,
		Description: site.Name + " sets no cookies, loads nothing from other sites and tracks nobody. What your browser keeps for you, and how to remove it.",
		Canonical:   privacyPath,
		Graph:       aboutGraph(site, "WebPage", privacyTitle, privacyPath),
	}
}

// Main returns the content of the main element.
func (p PrivacyPage) Main() templ.Component { return privacy(p) }
