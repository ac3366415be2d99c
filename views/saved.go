package views

import "github.com/a-h/templ"

// SavedPage shows the questions that the reader saved. They are kept by the browser, so
// the script fills them in.
type SavedPage struct{}

const (
	savedPath  = "/saved"
	savedTitle = "My questions"
)

// Meta returns what the head of the page says.
func (p SavedPage) Meta(site Site) Meta {
	return Meta{
		Title:       savedTitle + " | " + site.Name,
		Description: "The questions you saved, kept by your browser.",
		NoIndex:     true,
		Styles:      studyStyles,
		Script:      "study",
	}
}

// Main returns the content of the main element.
func (p SavedPage) Main() templ.Component { return savedQuestions() }
