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
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Markdown returns raw answer text as ordinary Markdown for other places than the site at
// origin: with real line breaks, formulas in LaTeX, each on one line, between $ or $$, a
// backslash before each dollar that is none of theirs, and origin before each path of the
// site that a link leads to.
func Markdown(raw, origin string) string {
	s := scan(raw)
	document := parseAnswer(answerMarkdown().Parser(), []byte(s.markdown), s)
	s.insertForOthers(document, origin)
	return fillSlots(s.withInserts(), func(i int) string {
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

// withInserts returns the Markdown with what is to be inserted.
func (s *scanned) withInserts() string {
	slices.SortStableFunc(s.inserts, func(a, b insert) int { return a.at - b.at })
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

// insertForOthers inserts a backslash before each dollar in the text, so that programs which
// find formulas by other rules find none there, and origin before paths of the site. In
// code, addresses and labels of links a backslash would be read.
func (s *scanned) insertForOthers(document ast.Node, origin string) {
	if strings.ContainsAny(s.markdown, "$[") {
		_ = ast.Walk(document, (&inserter{scanned: s, origin: origin}).node) // node returns no error
	}
}

// inserter walks through a document in the order of its nodes.
type inserter struct {
	*scanned
	origin string
	read   int // how far the Markdown has been looked at
}

func (w *inserter) insert(at int, text string) { w.inserts = append(w.inserts, insert{at, text}) }

// node is an ast.Walker.
func (w *inserter) node(n ast.Node, entering bool) (ast.WalkStatus, error) {
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

func (w *inserter) link(n ast.Node, reference *ast.ReferenceLink, destination []byte, entering bool) ast.WalkStatus {
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
func (w *inserter) lead(n ast.Node, mark string, destination []byte) {
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

var answerMarkdown = sync.OnceValue(func() goldmark.Markdown {
	markdown := newAnswerMarkdown(extension.Linkify)
	markdown.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(imageRenderer{}, 100)))
	return markdown
})

// imageRenderer renders images as the words for them, as pages have them.
type imageRenderer struct{}

func (imageRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
		return ast.WalkContinue, nil
	})
}

// MathJax returns raw answer text as safe HTML for programs that set formulas
// themselves: they are LaTeX between \( and \), or \[ and \] on a line of their own
// (https://docs.mathjax.org/en/latest/input/tex/delimiters.html). Links to paths of the site
// lead to it at origin.
func MathJax(raw, origin string) (string, error) {
	s := scan(raw)
	var out bytes.Buffer
	source, markdown := []byte(s.markdown), answerMarkdown()
	document := parseAnswer(markdown.Parser(), source, s)
	if err := markdown.Renderer().Render(&out, source, document); err != nil {
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
