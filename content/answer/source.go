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
// and formulas in LaTeX, each on one line, between $ or $$.
func Markdown(raw string) string {
	s := scan(raw)
	return fillSlots(s.markdown, func(i int) string {
		formula := s.formulas[i].Formula
		source := oneLine(formula.Source)
		if formula.Display {
			return "$$" + source + "$$"
		}
		return "$" + source + "$"
	})
}

// oneLine returns the source of a formula without line breaks, which begin a block in
// Markdown that no $$ at the end of a line closes, and without comments, which end with
// their lines.
func oneLine(source string) string {
	if !strings.Contains(source, "\n") {
		return source
	}
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		if start, end := comment(line); end > 0 {
			line = line[:start]
		}
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), " ")
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
