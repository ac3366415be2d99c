package answer

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// Passage is a part of a title's text.
type Passage struct {
	Text string
	Code bool
}

// What htmlWriter writes in a title. Text cannot be taken for a tag, as its < is escaped.
var (
	titleFormula = regexp.MustCompile(`(?s)<math.*?</math>|<code class="tex".*?</code>`)
	anyTag       = regexp.MustCompile(`<[^>]*>`)
)

// The tags around inline code.
const (
	codeStart = `<code translate="no">`
	codeEnd   = `</code>`
)

// Passages returns the title's Text in parts: by turns text, which may be empty, and code. It
// begins and ends with text.
//
// HTML and Text differ in formulas only. So what HTML holds between two formulas is sought in
// Text as a whole: the letters of a piece of code may occur elsewhere, too.
func (t Title) Passages() []Passage {
	var list []Passage
	text, rest := "", t.Text
	runs := titleFormula.Split(t.HTML, -1)
	for i, run := range runs {
		pieces := strings.Split(run, codeStart)
		whole := readable(run)
		start := strings.Index(rest, whole)
		if i == len(runs)-1 {
			start = strings.LastIndex(rest, whole)
		}
		if start < 0 {
			return []Passage{{Text: t.Text}}
		}
		text += rest[:start] + readable(pieces[0])
		for _, piece := range pieces[1:] {
			code, after, _ := strings.Cut(piece, codeEnd)
			list = append(list, Passage{Text: text}, Passage{Text: readable(code), Code: true})
			text = readable(after)
		}
		rest = rest[start+len(whole):]
	}
	return append(list, Passage{Text: text + rest})
}

// readable returns HTML without its tags as a title's Text has it: any space is a plain one.
func readable(markup string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, html.UnescapeString(anyTag.ReplaceAllString(markup, "")))
}
