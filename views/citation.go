package views

import (
	"fmt"
	"strings"
	"time"

	"quicktakes/content"
)

// citation is a reference to a page in the form of a style guide.
type citation struct {
	Style                 string // name of the style guide
	Before, Italic, After string // the reference: its part in italics, and what is around it
}

// source is a page that is cited.
type source struct {
	Author string // an organisation, or a name as it is to be written
	Title  string // plain text
	Site   string
	URL    string
	Date   time.Time // of what the page says today
}

// source returns the page as citations name it.
func (p QuestionPage) source() source {
	s := source{
		Author: content.FoldSpace(p.Post.Author),
		Title:  content.FoldSpace(p.Rendered.Title.Text),
		Site:   p.Site.Name,
		URL:    p.Site.url(p.Post.Path),
		Date:   p.modified(),
	}
	if s.Author == "" {
		s.Author = s.Site
	}
	return s
}

// citations returns the references to s. None has the day on which the page was
// read: all three guides want it only of pages without a date.
func (s source) citations() []citation { return []citation{s.apa(), s.mla(), s.chicago()} }

// apa follows the Publication Manual of the American Psychological Association,
// 7th edition: a site that is its own author is named once.
func (s source) apa() citation {
	after := " " + s.URL
	if s.Author != s.Site {
		after = " " + stop(s.Site) + after
	}
	return citation{"APA 7", fmt.Sprintf("%s (%s). ", stop(s.Author), s.Date.Format("2006, January 2")), stop(s.Title), after}
}

// mla follows the MLA Handbook, 9th edition: a site that is its own author is
// named as the container alone, and the address goes without its scheme.
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

// bibTeX returns the entry of s for a BibTeX database, with a line break at the end
// of each field. Doubled braces keep an organisation whole and capitals as they are.
func (s source) bibTeX() string {
	return fmt.Sprintf(`@misc{%s-%d-%s,
  author = {{%s}},
  title = {{%s}},
  year = {%d},
  month = %s,
  day = {%d},
  howpublished = {\url{%s}}
}`,
		content.Slug(s.Author), s.Date.Year(), content.SlugOf(s.URL), escapeTeX(s.Author), escapeTeX(s.Title),
		s.Date.Year(), strings.ToLower(s.Date.Format("Jan")), s.Date.Day(), s.URL)
}

// stop ends a part of a reference with a full stop, unless it has an end of its own.
func stop(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return text + "."
}

// innerQuotes writes quotation marks as they stand inside others.
func innerQuotes(text string) string { return quoteReplacer.Replace(text) }

var quoteReplacer = strings.NewReplacer("“", "‘", "”", "’", `"`, "'")

// mlaDate writes a date as the MLA does: only months of up to four letters are
// written out, and September keeps four.
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

// escapeTeX writes text so that TeX sets it as it stands.
func escapeTeX(text string) string { return texEscaper.Replace(text) }

var texEscaper = strings.NewReplacer(
	`\`, `\textbackslash{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
	"{", `\{`, "}", `\}`, "#", `\#`, "$", `\$`, "%", `\%`, "&", `\&`, "_", `\_`,
)
