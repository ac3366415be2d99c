// Package views turns page structs into HTML. It is the only place that writes HTML,
// but for that of answers, which content/answer writes; what a page shows is fetched
// elsewhere and handed over in its struct.
//
// Each page is a struct with two methods: Meta, which the head is made of, and
// Main, which is the content of its main element. Document puts the frame
// around them.
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
	BaseURL       string // origin of all absolute addresses, without a slash at its end
	TitleTemplate string // of a question's title element; DefaultTitleTemplate if empty
	ReportTo      string // where mistakes are reported: see reportLink; nowhere if empty
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

// breakable writes text whose lines may break after a slash, as those of Firefox may:
// addresses are longer than lines.
func breakable(text string) templ.Component {
	return templ.Raw(slashReplacer.Replace(templ.EscapeString(text)))
}

var slashReplacer = strings.NewReplacer("//", "//", "/", "/<wbr>")

// isoDate writes a date for a time element.
func isoDate(date time.Time) string { return date.Format(time.DateOnly) }

// listDate writes a date in a list, where no post says how.
func listDate(date time.Time) string { return content.FormatDate(date, "MMM DD, YYYY") }

// number writes n with a comma between thousands.
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// count writes how many of a noun there are: "1 question", "1,009 questions".
func count(n int, noun string) string {
	return number(n) + " " + plural(n, noun)
}

// plural returns the noun as it follows the number n.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
