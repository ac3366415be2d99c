package answer

import (
	"bytes"
	"html"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Markdown returns raw answer text as ordinary Markdown: with real line breaks,
// and formulas in LaTeX between $ or $$.
func Markdown(raw string) string {
	s := scan(raw)
	return fillSlots(s.markdown, func(i int) string {
		formula := s.formulas[i].Formula
		if formula.Display {
			return "$$" + formula.Source + "$$"
		}
		return "$" + formula.Source + "$"
	})
}

var answerMarkdown = sync.OnceValue(func() goldmark.Markdown { return newAnswerMarkdown(extension.Linkify) })

// MathJax returns raw answer text as safe HTML for programs that set formulas
// themselves: they are LaTeX between \( and \), or \[ and \] on a line of their own
// (https://docs.mathjax.org/en/latest/input/tex/delimiters.html).
func MathJax(raw string) (string, error) {
	s := scan(raw)
	var out bytes.Buffer
	if err := answerMarkdown().Convert([]byte(s.markdown), &out); err != nil {
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
