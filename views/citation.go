package views

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"quicktakes/content"
)

// citation is a reference to a page, formatted by a style guide.
type citation struct {
	Style                 string // name of the style guide
	Before, Italic, After string // the reference, split around its italic part
}

// source is the page being cited.
type source struct {
	Author string // an organisation, or a name as it should appear
	Title  string // plain text
	Site   string
	URL    string
	Date   time.Time // when the page last changed
}

// source returns what citations say about the page.
func (p QuestionPage) source() source {
	return source{
		Author: cmp.Or(content.FoldSpace(p.Post.Author), p.Site.Name),
		Title:  content.FoldSpace(p.Rendered.Title.Text),
		Site:   p.Site.Name,
		URL:    p.Site.url(p.Post.Path),
		Date:   p.modified(),
	}
}

// citations returns the references to s. They omit the date of access, which all
// three guides require only for pages without a date.
func (s source) citations() []citation { return []citation{s.apa(), s.mla(), s.chicago()} }

// apa follows the Publication Manual of the American Psychological Association,
// 7th edition, which names a site that is its own author only once.
func (s source) apa() citation {
	after := " " + s.URL
	if s.Author != s.Site {
		after = " " + stop(s.Site) + after
	}
	return citation{"APA 7", fmt.Sprintf("%s (%s). ", stop(s.Author), s.Date.Format("2006, January 2")), stop(s.Title), after}
}

// mla follows the MLA Handbook, 9th edition, which names a site that is its own
// author only as the container, and omits the scheme of a URL.
func (s source) mla() citation {
	before := "“" + stop(innerQuotes(s.Title)) + "” "
	if s.Author != s.Site {
		before = stop(s.Author) + " " + before
	}
	_, address, _ := strings.Cut(s.URL, "://")
	return citation{"MLA 9", before, s.Site, fmt.Sprintf(", %s, %s.", mlaDate(s.Date), address)}
}

// chicago follows the bibliography style of the Chicago Manual of Style, 17th
// edition.
func (s source) chicago() citation {
	site := ""
	if s.Author != s.Site {
		site = stop(s.Site) + " "
	}
	return citation{Style: "Chicago 17", Before: fmt.Sprintf("%s “%s” %s%s. %s.",
		stop(s.Author), stop(innerQuotes(s.Title)), site, s.Date.Format("January 2, 2006"), s.URL)}
}

// bibTeX returns a BibTeX entry for s, with one field per line. Double braces keep
// BibTeX from splitting the name of an organisation and from changing capitals.
func (s source) bibTeX() string {
	author := content.Slugify(content.Fold(s.Author)) // empty if it has no Latin letters
	key := strings.TrimPrefix(fmt.Sprintf("%s-%d-%s", author, s.Date.Year(), content.SlugOf(s.URL)), "-")
	return fmt.Sprintf(`@misc{%s,
  author = {{%s}},
  title = {{%s}},
  year = {%d},
  month = %s,
  day = {%d},
  howpublished = {\url{%s}}
}`,
		key, escapeTeX(s.Author), escapeTeX(s.Title),
		s.Date.Year(), strings.ToLower(s.Date.Format("Jan")), s.Date.Day(), s.URL)
}

// stop ends a text with a full stop, unless it already ends a sentence.
func stop(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".?!。？！؟", last) {
		return text
	}
	return text + "."
}

// innerQuotes turns double quotation marks into single ones, for use inside others.
func innerQuotes(text string) string { return quoteReplacer.Replace(text) }

var quoteReplacer = strings.NewReplacer("“", "‘", "”", "’", `"`, "'")

// mlaDate formats a date in MLA style, which abbreviates months of more than four
// letters to three, but September to four.
func mlaDate(date time.Time) string {
	month := date.Format("January")
	switch {
	case date.Month() == time.September:
		month = "Sept."
	case len(month) > len("June"):
		month = date.Format("Jan") + "."
	}
	return date.Format("2 ") + month + date.Format(" 2006")
}

// escapeTeX escapes text so that TeX prints it unchanged. Braces become commands, because
// BibTeX counts braces even after a backslash.
func escapeTeX(text string) string { return texEscaper.Replace(text) }

var texEscaper = strings.NewReplacer(
	`\`, `\textbackslash{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
	"{", `\textbraceleft{}`, "}", `\textbraceright{}`, "#", `\#`, "$", `\$`, "%", `\%`, "&", `\&`, "_", `\_`,
)
