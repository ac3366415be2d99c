package answer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// textWriter writes parsed Markdown as readable text: a line for each block,
// item and row, formulas in Unicode.
type textWriter struct {
	out     strings.Builder
	source  []byte
	scanned *scanned
}

// textOf returns n and all below it as readable text.
func textOf(n ast.Node, source []byte, s *scanned) string {
	w := &textWriter{source: source, scanned: s}
	w.node(n)
	return strings.TrimSpace(w.out.String())
}

func (w *textWriter) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

// line writes n's children on a line of their own.
func (w *textWriter) line(n ast.Node) {
	w.newLine()
	w.children(n)
	w.newLine()
}

// newLine ends the line if anything is on it.
func (w *textWriter) newLine() {
	text := w.out.String()
	if text != "" && !strings.HasSuffix(text, "\n") {
		w.out.WriteByte('\n')
	}
}

func (w *textWriter) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		text := n.Segment.Value(w.source)
		w.text(string(text))
		switch {
		case n.HardLineBreak(), n.SoftLineBreak() && w.scanned.endsInDisplay(text):
			w.out.WriteByte('\n')
		case n.SoftLineBreak():
			w.out.WriteByte(' ')
		}
	case *ast.String:
		w.text(string(n.Value))
	case *breakTag:
		if n.isInLine() {
			w.out.WriteByte(' ')
		} else {
			w.out.WriteByte('\n')
		}
	case *scriptTag:
		w.out.WriteString(n.readable(textOf(n.FirstChild(), w.source, w.scanned)))
	case *ast.CodeSpan:
		w.out.WriteString(codeSpanText(n, w.source, w.scanned))
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		w.newLine()
		w.out.WriteString(trailingSpace.ReplaceAllString(codeBlockText(n, w.source, w.scanned), ""))
		w.newLine()
	case *ast.AutoLink:
		w.out.WriteString(w.scanned.asWritten(string(n.Label(w.source))))
	case *ast.List:
		w.list(n)
	case *extast.TaskCheckBox:
		sign := "☐ "
		if n.IsChecked {
			sign = "☑ "
		}
		w.out.WriteString(sign)
	case *extast.TableHeader, *extast.TableRow:
		w.row(n)
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *ast.Blockquote, *summaryLine:
		w.line(n)
	default:
		w.children(n)
	}
}

// text writes Markdown text, with its formulas. A display formula without punctuation ends its
// line, as writers end sentences with it.
func (w *textWriter) text(markdown string) {
	for {
		start, end, i := nextSlot(markdown)
		if start < 0 {
			w.out.WriteString(plain(markdown))
			return
		}
		w.out.WriteString(plain(markdown[:start]))
		formula := w.scanned.formulas[i]
		w.out.WriteString(formula.text)
		markdown = markdown[end:]
		if rest, ok := strings.CutPrefix(markdown, " "); ok && formula.Display && !formula.closed {
			w.out.WriteByte('\n')
			markdown = rest
		}
	}
}

func (w *textWriter) list(n *ast.List) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		w.newLine()
		if n.IsOrdered() {
			w.out.WriteString(strconv.Itoa(number) + ". ")
			number++
		}
		// The first block of an item follows its number on the same line.
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			_, isParagraph := c.(*ast.Paragraph)
			_, isTextBlock := c.(*ast.TextBlock)
			if c == item.FirstChild() && (isParagraph || isTextBlock) {
				w.children(c)
				w.newLine()
				continue
			}
			w.node(c)
		}
	}
	w.newLine()
}

// rowEnd ends the line of a table's row: Summary ends a sentence there.
const rowEnd = " "

// row writes the cells of a table's row, without the empty ones.
func (w *textWriter) row(n ast.Node) {
	var cells []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if cell := strings.ReplaceAll(textOf(c, w.source, w.scanned), "\n", " "); cell != "" {
			cells = append(cells, cell)
		}
	}
	w.newLine()
	if len(cells) > 0 {
		w.out.WriteString(joinCells(cells) + rowEnd + "\n")
	}
}

// joinCells joins cells with commas, or with semicolons if a cell holds a comma itself.
// Punctuation at the end of a cell needs neither.
func joinCells(cells []string) string {
	separator := ","
	if slices.ContainsFunc(cells, func(cell string) bool { return strings.Contains(cell, ", ") }) {
		separator = ";"
	}
	var out strings.Builder
	for i, cell := range cells {
		if i > 0 {
			last, _ := utf8.DecodeLastRuneInString(cells[i-1])
			if !strings.ContainsRune(".!?:;,。！？：；，、؟؛،۔।॥", last) {
				out.WriteString(separator)
			}
			out.WriteByte(' ')
		}
		out.WriteString(cell)
	}
	return out.String()
}

// trailingSpace matches the white space at the ends of lines, which rowEnd would be taken for.
var trailingSpace = regexp.MustCompile(`(?m)[ \t]+$`)
