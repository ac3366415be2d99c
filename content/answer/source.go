package answer

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
)

// Markdown returns raw answer text as ordinary Markdown: with real line breaks,
// formulas in LaTeX, each on one line, between $ or $$, and a backslash before each
// dollar that is none of theirs.
func Markdown(raw string) string {
	s := scan(raw)
	return fillSlots(s.escapedMoney(), func(i int) string {
		formula := s.formulas[i].Formula
		source := oneLine(formula.Source)
		if formula.Display {
			return "$$" + source + "$$"
		}
		return "$" + source + "$"
	})
}

// MarkdownTitle returns a raw title as Markdown does an answer, on one line.
func MarkdownTitle(raw string) string { return strings.Join(strings.Fields(Markdown(raw)), " ") }

// escapedMoney returns the Markdown with a backslash before each dollar in the text, so
// that programs which find formulas by other rules find none there. In code, addresses
// and labels of links it would not be read as one.
func (s *scanned) escapedMoney() string {
	if !strings.Contains(s.markdown, "$") {
		return s.markdown
	}
	var out strings.Builder
	end := 0
	_ = ast.Walk(parse(answerMarkdown().Parser(), []byte(s.markdown)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Link:
			if n.Reference != nil {
				return ast.WalkSkipChildren, nil
			}
		case *ast.Text:
			for i := n.Segment.Start; entering && i < n.Segment.Stop; i++ {
				if s.markdown[i] == '$' && !isEscaped(s.markdown, i) {
					out.WriteString(s.markdown[end:i] + `\`)
					end = i
				}
			}
		}
		return ast.WalkContinue, nil
	})
	out.WriteString(s.markdown[end:])
	return out.String()
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
