package answer

import (
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// Markdown returns raw answer text as ordinary Markdown for use outside the site: with real
// line breaks, each formula as LaTeX on one line between $ or $$, a backslash before every
// other dollar, and origin, such as https://example.org, before each path of the site that a
// link leads to.
func Markdown(raw, origin string) string {
	s := scan(raw)
	document, _ := parseAnswer(portableParser(), s)
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

// MarkdownTitle is Markdown for a raw title. The result is on one line.
func MarkdownTitle(raw, origin string) string {
	return FoldLines(Markdown(raw, origin))
}

// withInserts returns the Markdown with its inserts applied.
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

// insertForOthers inserts a backslash before each dollar, tilde and sign of multiplication in the
// text, so that programs with other rules find no formulas and no emphasis there, and origin
// before paths of the site. It leaves code, addresses and link labels alone, where the backslash
// itself would count.
func (s *scanned) insertForOthers(document ast.Node, origin string) {
	if strings.ContainsAny(s.markdown, "$[*~") {
		_ = ast.Walk(document, (&inserter{scanned: s, origin: origin}).node) // node returns no error
	}
}

// inserter walks through a document in the order of its source.
type inserter struct {
	*scanned
	origin string
	read   int // offset up to which the Markdown has been read
}

func (w *inserter) insert(at int, text string) { w.inserts = append(w.inserts, insert{at, text}) }

// node is an ast.Walker.
func (w *inserter) node(n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.Text:
		for ; w.read < n.Segment.Stop; w.read++ {
			isShown := w.read >= n.Segment.Start && n.Parent().Kind() != ast.KindCodeSpan
			if isShown && w.isForeignMark(w.read) && !isEscaped(w.markdown, w.read) {
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

// isForeignMark reports whether the character at an offset, which is text here, may be a mark to
// other programs.
func (w *inserter) isForeignMark(at int) bool {
	switch w.markdown[at] {
	case '$', '~':
		return true
	case '*':
		return isProduct(w.markdown, at)
	}
	return false
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

// lead inserts the origin before the destination that follows mark in n, if the destination
// is a path.
func (w *inserter) lead(n ast.Node, mark string, destination []byte) {
	_, after, _ := strings.Cut(w.markdown[max(w.read, n.Pos()):], mark)
	after = strings.TrimLeft(after, " \t\n<")
	w.read = len(w.markdown) - len(after)
	if strings.HasPrefix(after, "/") && isPath(plain(string(destination))) {
		w.insert(w.read, w.origin)
	}
}

// oneLine returns the source of a formula on one line: in other programs $$ before a line
// break opens a block that $$ at the end of a line does not close. Comments are left out, as
// they would extend to the end of the formula.
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

// portableParser is the parser of answers for other programs.
var portableParser = sync.OnceValue(func() parser.Parser { return newAnswerParser(extension.Linkify) })
