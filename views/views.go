// Package views turns page structs into HTML. It is the only package that writes HTML,
// except for answers, which content/answer renders. What a page shows is fetched
// elsewhere and passed in its struct.
//
// Each page is a struct with two methods: Meta returns what its head says, and Main the
// content of its main element. Document puts the frame around them.
package views

//go:generate go tool templ generate -include-version=false

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"quicktakes/content"
)

// Site is what all pages have in common.
type Site struct {
	Name          string // brand, such as "QuickTakes"
	BaseURL       string // origin of all absolute URLs, without a trailing slash
	TitleTemplate string // for the title element of a question; DefaultTitleTemplate if empty
	ReportTo      string // where readers report mistakes, see reportLink; nowhere if empty
}

// Page is a page of the site.
type Page interface {
	// Meta returns what the head of the page says.
	Meta(site Site) Meta
	// Main returns the content of the main element.
	Main() templ.Component
}

// Document returns the page as a whole HTML document.
func Document(site Site, page Page) templ.Component {
	return document(site, page.Meta(site), page.Main())
}

// url returns the absolute address of a path.
func (s Site) url(path string) string { return s.BaseURL + path }

// written returns the attributes dir and lang of an element that holds the given text, where
// they differ from those of the page, whose own words are English.
func written(text string) templ.OrderedAttributes { return dirAndLang(content.DirAndLang(text)) }

// writtenHTML is written for the HTML of a title.
func writtenHTML(html string) templ.OrderedAttributes { return written(prose(html)) }

// dirAndLang returns the attributes dir and lang, without those that are empty.
func dirAndLang(dir, lang string) templ.OrderedAttributes {
	var attributes templ.OrderedAttributes
	if dir != "" {
		attributes = append(attributes, templ.KV[string, any]("dir", dir))
	}
	if lang != "" {
		attributes = append(attributes, templ.KV[string, any]("lang", lang))
	}
	return attributes
}

// breakable lets lines break after each slash, as Firefox does by itself: a URL can be
// longer than a line.
func breakable(text string) templ.Component {
	return templ.Raw(slashReplacer.Replace(templ.EscapeString(text)))
}

var slashReplacer = strings.NewReplacer("//", "//", "/", "/<wbr>")

// isoDate formats a date for a time element.
func isoDate(date time.Time) string { return date.Format(time.DateOnly) }

// listDate formats a date for a list, where the date_format of a post does not apply.
func listDate(date time.Time) string { return content.FormatDate(date, "MMM DD, YYYY") }

// number formats n with commas between thousands.
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// count returns n with its noun: "1 question", "1,009 questions".
func count(n int, noun string) string {
	return number(n) + " " + plural(n, noun)
}

// plural returns the noun in the form that follows the number n.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// newestFirst says how many questions a list has and how it is sorted.
func newestFirst(questions int) string { return count(questions, "question") + ", newest first." }
