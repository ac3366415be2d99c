package views

import (
	"github.com/a-h/templ"

	"quicktakes/content"
)

// ErrorPage says what went wrong and offers ways on.
type ErrorPage struct {
	Status      int            // HTTP status: 400, 404, 405, 410, 429, 500 or 503
	Query       string         // what the reader may want to search for
	Suggestions []content.Link // questions that the reader may have meant
}

// Meta returns what the head of the page says.
func (p ErrorPage) Meta(site Site) Meta {
	said := p.said()
	return Meta{
		Title:       said.Title + " | " + site.Name,
		Description: said.Help,
		NoIndex:     true,
		HasSearch:   p.isMissing(),
		Styles:      linkStyles(p.Suggestions),
	}
}

// Main returns the content of the main element.
func (p ErrorPage) Main() templ.Component { return errorPage(p) }

// isMissing reports whether the page is not there: then a search helps.
func (p ErrorPage) isMissing() bool { return p.Status == 404 || p.Status == 410 }

// errorText is what a reader is told of an error.
type errorText struct {
	Title string
	Help  string
}

var errorTexts = map[int]errorText{
	400: {"This address cannot be read", "Something in it is broken: perhaps a part got lost when it was copied."},
	404: {"There is no page here", "The address may be mistyped, or the page may have moved."},
	405: {"This page can only be read", "It does not take anything that is sent to it. Opening its address again shows it."},
	410: {"This question was removed", "It was taken out of the library on purpose and will not come back."},
	429: {"That was a lot of searches", "Many of them came from your network in a short time. Please try again in a moment."},
	500: {"Something went wrong on our side", "It was not your doing and has been written down. Trying again in a moment may help."},
	503: {"We are not ready just yet", "The site is starting or very busy. Please try again in a moment."},
}

// said returns what the reader is told. A status that has no words of its own
// is told as 500.
func (p ErrorPage) said() errorText {
	if text, ok := errorTexts[p.Status]; ok {
		return text
	}
	return errorTexts[500]
}
