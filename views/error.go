package views

import (
	"github.com/a-h/templ"

	"quicktakes/content"
)

// ErrorPage says what went wrong and where to go next.
type ErrorPage struct {
	Status      int            // HTTP status; those in errorTexts have a text of their own
	Query       string         // what the reader may want to search for
	Suggestions []content.Link // questions that the reader may have meant
}

// Meta returns what the head of the page says.
func (p ErrorPage) Meta(site Site) Meta {
	text := p.text()
	return Meta{
		Title:       text.Title + " | " + site.Name,
		Description: text.Help,
		NoIndex:     true,
		HasSearch:   p.isMissing(),
		Styles:      linkStyles(p.Suggestions),
	}
}

// Main returns the content of the main element.
func (p ErrorPage) Main() templ.Component { return errorPage(p) }

// isMissing reports whether the page does not exist, in which case a search may help.
func (p ErrorPage) isMissing() bool { return p.Status == 404 || p.Status == 410 }

// errorText tells a reader about an error.
type errorText struct {
	Title string
	Help  string
}

var errorTexts = map[int]errorText{
	400: {"This address doesn’t work", "Part of it is broken: something may have been lost when it was copied."},
	404: {"Page not found", "The address may be mistyped, or the page may have moved."},
	405: {"This page is read-only", "You can’t send anything to it. Open its address again to read it."},
	410: {"This question was removed", "It was taken down on purpose and won’t come back."},
	429: {"That was a lot of searches", "Too many came from your network in a short time. Please try again in a moment."},
	500: {"Something went wrong on our side", "It wasn’t your fault, and we’ve logged it. Please try again in a moment."},
	503: {"We’re not quite ready", "The site is starting up or very busy. Please try again in a moment."},
}

// text returns the text for the page's status. A status without its own has that of 400 or
// 500, depending on whose mistake it is.
func (p ErrorPage) text() errorText {
	if text, ok := errorTexts[p.Status]; ok {
		return text
	}
	if p.Status < 500 {
		return errorTexts[400]
	}
	return errorTexts[500]
}
