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

// Markdown returns raw answer text as ordinary Markdown for other places than the site at
// origin: with real line breaks, formulas in LaTeX, each on one line, between $ or $$, a
// backslash before each dollar that is none of theirs, and origin before each path of the
// site that a link leads to.
func Markdown(raw, origin string) string {
	s := scan(raw)
	return fillSlots(s.portable(origin), func(i int) string {
		formula := s.formulas[i].Formula
		source := oneLine(formula.Source)
		if formula.Display {
			return "$$" + source + "$$"
		}
		return "$" + source + "$"
	})
}

// MarkdownTitle returns a raw title as Markdown does an answer, on one line.
func MarkdownTitle(raw, origin string) string {
	return strings.Join(strings.Fields(Markdown(raw, origin)), " ")
}

// portable returns the Markdown with a backslash before each dollar in the text, so that
// programs which find formulas by other rules find none there, and with origin before
// paths of the site. In code, addresses and labels of links a backslash would be read.
func (s *scanned) portable(origin string) string {
	if !strings.ContainsAny(s.markdown, "$[") {
		return s.markdown
	}
	w := &portableWriter{markdown: s.markdown, origin: origin}
	_ = ast.Walk(parse(answerMarkdown().Parser(), []byte(s.markdown)), w.node)
	w.insert(len(s.markdown), "")
	return w.out.String()
}

// portableWriter writes Markdown with some text inserted, in the order of its nodes.
type portableWriter struct {
	out      strings.Builder
	markdown string
	origin   string
	written  int // how far the Markdown is in out
	read     int // how far it has been looked at
}

func (w *portableWriter) insert(at int, text string) {
	w.out.WriteString(w.markdown[w.written:at] + text)
	w.written = at
}

// node is an ast.Walker.
func (w *portableWriter) node(n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.Text:
		for ; w.read < n.Segment.Stop; w.read++ {
			isMoney := w.read >= n.Segment.Start && w.markdown[w.read] == '$' && n.Parent().Kind() != ast.KindCodeSpan
			if isMoney && !isEscaped(w.markdown, w.read) {
				w.insert(w.read, `\`)
			}
		}
	case *ast.Link:
		return w.link(n, n.Reference, n.Destination, entering), nil
	case *ast.Image:
		return w.link(n, n.Reference, nil, entering), nil
	case *ast.LinkReferenceDefinition:
		if entering {
			w.lead(n, "]:", n.Destination)
		}
	}
	return ast.WalkContinue, nil
}

func (w *portableWriter) link(n ast.Node, reference *ast.ReferenceLink, destination []byte, entering bool) ast.WalkStatus {
	if reference != nil {
		return ast.WalkSkipChildren
	}
	if !entering {
		w.lead(n, "](", destination)
	}
	return ast.WalkContinue
}

// lead inserts the origin before the destination that follows a mark in n, if that is a
// path.
func (w *portableWriter) lead(n ast.Node, mark string, destination []byte) {
	_, after, _ := strings.Cut(w.markdown[max(w.read, n.Pos()):], mark)
	after = strings.TrimLeft(after, " \t\n<")
	w.read = len(w.markdown) - len(after)
	if strings.HasPrefix(after, "/") && isPath(plain(string(destination))) {
		w.insert(w.read, w.origin)
	}
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
// (https://docs.mathjax.org/en/latest/input/tex/delimiters.html). Links to paths of the site
// lead to it at origin.
func MathJax(raw, origin string) (string, error) {
	s := scan(raw)
	var out bytes.Buffer
	if err := answerMarkdown().Convert([]byte(s.markdown), &out); err != nil {
		return "", err
	}
	return fillSlots(withOrigin(out.String(), origin), func(i int) string {
		formula := s.formulas[i].Formula
		source := html.EscapeString(formula.Source)
		if formula.Display {
			return `\[` + source + `\]`
		}
		return `\(` + source + `\)`
	}), nil
}
