package views

import "github.com/a-h/templ"

// SavedPage shows the questions that the reader's browser keeps: the script fills
// it in.
type SavedPage struct{}

const (
	savedPath  = "/saved"
	savedTitle = "My questions"
)

// Meta returns what the head of the page says.
func (p SavedPage) Meta(site Site) Meta {
	return Meta{
		Title:       savedTitle + " | " + site.Name,
		Description: "The questions that you saved, kept by your browser.",
		NoIndex:     true,
		Styles:      []string{codeStyle, mathStyle, studyStyle},
		Script:      "study",
	}
}

// Main returns the content of the main element.
func (p SavedPage) Main() templ.Component { return savedQuestions() }
