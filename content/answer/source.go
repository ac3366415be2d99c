package answer

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Markdown returns raw answer text as ordinary Markdown: with real line breaks,
// and formulas in LaTeX between $ or $$.
func Markdown(raw string) string {
	s := scan(raw)
	parseAnswer(answerMarkdown().Parser(), []byte(s.markdown), s)
	return fillSlots(s.withInserts(), func(i int) string {
		formula := s.formulas[i].Formula
		if formula.Display {
			return "$$" + formula.Source + "$$"
		}
		return "$" + onOneLine(formula.Source) + "$"
	})
}

// withInserts returns the Markdown with what is to be inserted.
func (s *scanned) withInserts() string {
	slices.SortFunc(s.inserts, func(a, b insert) int { return a.at - b.at })
	var out strings.Builder
	end := 0
	for _, insert := range s.inserts {
		out.WriteString(s.markdown[end:insert.at])
		out.WriteString(insert.text)
		end = insert.at
	}
	out.WriteString(s.markdown[end:])
	return out.String()
}

var answerMarkdown = sync.OnceValue(func() goldmark.Markdown { return newAnswerMarkdown(extension.Linkify) })

// onOneLine returns the source of a formula without line breaks, behind which a sign would
// begin a list, unless one ends a comment.
func onOneLine(source string) string {
	if strings.Contains(source, "%") {
		return source
	}
	return strings.ReplaceAll(source, "\n", " ")
}

// MathJax returns raw answer text as safe HTML for programs that set formulas
// themselves: they are LaTeX between \( and \), or \[ and \] on a line of their own
// (https://docs.mathjax.org/en/latest/input/tex/delimiters.html).
func MathJax(raw string) (string, error) {
	s := scan(raw)
	var out bytes.Buffer
	source, markdown := []byte(s.markdown), answerMarkdown()
	document := parseAnswer(markdown.Parser(), source, s)
	if err := markdown.Renderer().Render(&out, source, document); err != nil {
		return "", err
	}
	return fillSlots(out.String(), func(i int) string {
		formula := s.formulas[i].Formula
		source := html.EscapeString(formula.Source)
		if formula.Display {
			return `\[` + source + `\]`
		}
		return `\(` + source + `\)`
	}), nil
}
