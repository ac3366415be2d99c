package views

import "github.com/a-h/templ"

// OfflinePage stands in for a page that cannot be loaded without a connection. Its
// script lists the questions that can.
type OfflinePage struct{}

// KeptPages is how many of the questions read last a browser keeps, besides the saved ones.
const KeptPages = 200

const (
	offlinePath  = "/offline"
	offlineTitle = "Reading offline"
)

// Meta returns what the head of the page says.
func (p OfflinePage) Meta(site Site) Meta {
	return Meta{
		Title:       offlineTitle + " | " + site.Name,
		Description: "The questions your browser keeps so that you can read them offline.",
		NoIndex:     true,
		Styles:      []string{studyStyle},
		Script:      "offline",
	}
}

// Main returns the content of the main element.
func (p OfflinePage) Main() templ.Component { return offline() }
