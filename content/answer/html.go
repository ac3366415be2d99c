package answer

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// htmlWriter writes parsed Markdown as HTML and collects the other fields of an Answer.
type htmlWriter struct {
	out        strings.Builder
	source     []byte
	scanned    *scanned
	headings   *headings
	answer     Answer
	inTitle    bool // phrasing content only
	forMathJax bool // formulas as LaTeX, headings at their own levels, code without colours
	links      int  // how many links it is inside
	depth      int  // how many nodes it is inside
	coloured   int  // bytes of code given to lexers so far
}

func (w *htmlWriter) write(parts ...string) {
	for _, part := range parts {
		w.out.WriteString(part)
	}
}

func (w *htmlWriter) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

// element writes n's children between the tags of an element.
func (w *htmlWriter) element(name string, n ast.Node) {
	w.write("<", name, ">")
	w.children(n)
	w.write("</", name, ">")
}

// block is element with a line break at the end.
func (w *htmlWriter) block(name string, n ast.Node) {
	w.element(name, n)
	w.write("\n")
}

// maxNesting is how deep elements may nest: browsers have limits somewhat above it.
const maxNesting = 100

func (w *htmlWriter) node(n ast.Node) {
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > maxNesting && n.HasChildren() && n.Kind() != ast.KindCodeSpan {
		w.children(n)
		return
	}
	if n.Type() == ast.TypeInline {
		w.inlineNode(n)
	} else {
		w.blockNode(n)
	}
}

// blockNode writes a node of block level.
func (w *htmlWriter) blockNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		if w.inTitle {
			w.children(n)
			return
		}
		w.block("p", n)
	case *ast.TextBlock:
		w.children(n)
		if n.NextSibling() != nil {
			w.write("\n")
		}
	case *summaryLine:
		w.write("<p>")
		w.element("strong", n)
		w.write("</p>\n")
	case *ast.Heading:
		w.heading(n)
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.block("li", n)
	case *ast.Blockquote:
		w.block("blockquote", n)
	case *ast.ThematicBreak:
		w.write("<hr>\n")
	case *ast.FencedCodeBlock:
		w.codeBlock(string(n.Language(w.source)), n)
	case *ast.CodeBlock:
		w.codeBlock("", n)
	case *extast.Table:
		w.table(n)
	default:
		w.children(n)
	}
}

// inlineNode writes a node within a line.
func (w *htmlWriter) inlineNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.textNode(n)
	case *ast.String:
		w.text(string(n.Value))
	case *ast.CodeSpan:
		w.write(`<code translate="no">`, html.EscapeString(codeSpanText(n, w.source, w.scanned)), "</code>")
	case *ast.Emphasis:
		if n.Level == 2 {
			w.element("strong", n)
		} else {
			w.element("em", n)
		}
	case *extast.Strikethrough:
		w.element("del", n)
	case *ast.Link:
		w.link(plain(string(n.Destination)), n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image: // images are not shown: their alternative text is
		w.links++
		w.children(n)
		w.links--
	case *extast.TaskCheckBox:
		w.checkBox(n)
	case *breakTag:
		w.write("<br>\n")
	case *scriptTag:
		w.element(n.element, n)
	default:
		w.children(n)
	}
}

// textNode writes text and the line break after it.
func (w *htmlWriter) textNode(n *ast.Text) {
	w.text(string(n.Segment.Value(w.source)))
	switch {
	case n.HardLineBreak() && !w.inTitle:
		w.write("<br>\n")
	case n.HardLineBreak(), n.SoftLineBreak():
		w.write("\n")
	}
}

// text writes Markdown text, with its formulas.
func (w *htmlWriter) text(markdown string) {
	for {
		start, end, i := nextSlot(markdown)
		if start < 0 {
			w.write(html.EscapeString(plain(markdown)))
			return
		}
		f := w.scanned.formulas[i]
		before, after := "", ""
		if !f.Display || w.inTitle {
			before, after = attached(markdown[:start], markdown[end:])
		}
		w.write(html.EscapeString(plain(markdown[:start-len(before)])))
		w.formula(f, plain(before), plain(after))
		markdown = markdown[end+len(after):]
	}
}

// maxAttached is how many characters are kept with a formula on either side: enough for
// brackets, a full stop or "-dimensional", but not for text of any length without a space.
const maxAttached = 16

// attached returns the end of the text before a formula and the start of the text after it, up
// to the nearest spaces where a line may end. Browsers would break the line next to the
// formula even without a space. Emphasised or linked text is not kept with it.
func attached(textBefore, textAfter string) (before, after string) {
	before, after = textBefore, textAfter
	if edge := strings.LastIndexFunc(textBefore, isEdge); edge >= 0 {
		_, size := utf8.DecodeRuneInString(textBefore[edge:])
		before = textBefore[edge+size:]
	}
	if edge := strings.IndexFunc(textAfter, isEdge); edge >= 0 {
		after = textAfter[:edge]
	}
	if utf8.RuneCountInString(plain(before)) > maxAttached {
		before = ""
	}
	if utf8.RuneCountInString(plain(after)) > maxAttached {
		after = ""
	}
	return before, after
}

// isEdge reports whether a line may end at r, or another formula begins there.
func isEdge(r rune) bool {
	const noBreak, narrowNoBreak = '\u00a0', '\u202f'
	return r == slotStart || unicode.IsSpace(r) && r != noBreak && r != narrowNoBreak
}

// formula writes a formula as MathML, or its source if the engine cannot read
// it, with the text that is attached to it. The keyboard must reach a box that
// scrolls, and no other.
func (w *htmlWriter) formula(f placedFormula, before, after string) {
	wide := isWide(before + f.text + after)
	before, after = html.EscapeString(before), html.EscapeString(after)
	if w.forMathJax {
		w.write(before, mathJax(f.Formula), after)
		return
	}
	if f.mathML == "" {
		w.answer.Failed = append(w.answer.Failed, FailedFormula{f.Formula, f.reason})
		w.write(before, `<code class="tex" translate="no">`, html.EscapeString(f.Source), "</code>", after)
		return
	}
	w.answer.HasMath = true
	attributes := ""
	if wide && w.links == 0 { // the keyboard reaches a link anyway
		attributes = scrollable("Formula")
	}
	switch {
	case f.Display && !w.inTitle:
		w.write(`<span class="formula"`, attributes, ">", f.mathML, "</span>")
	case wide && w.inTitle, !wide && before+after == "":
		w.write(before, f.mathML, after)
	case wide:
		w.write(`<span class="formula-inline"`, attributes, ">", before, f.mathML, after, "</span>")
	default:
		w.write(`<span class="unbroken">`, before, f.mathML, after, "</span>")
	}
}

// scrollable returns the attributes of a box that scrolls.
func scrollable(name string) string {
	return ` tabindex="0" role="group" aria-label="` + html.EscapeString(name) + `"`
}

func (w *htmlWriter) list(n *ast.List) {
	if !n.IsOrdered() {
		w.write("<ul>\n")
		w.children(n)
		w.write("</ul>\n")
		return
	}
	w.write("<ol")
	if n.Start != 1 {
		w.write(` start="`, strconv.Itoa(n.Start), `"`)
	}
	w.write(">\n")
	w.children(n)
	w.write("</ol>\n")
}

// heading writes a heading as a link to itself, unless it holds a link already: links do not
// nest. It leaves out a heading without words, which would be a link without a name.
func (w *htmlWriter) heading(n *ast.Heading) {
	if w.forMathJax { // an h1 is for the program around it
		w.block("h"+strconv.Itoa(max(n.Level, 2)), n)
		return
	}
	text := textOf(n, w.source, w.scanned)
	if text == "" {
		return
	}
	heading := w.headings.next(n.Level, text)
	w.answer.Headings = append(w.answer.Headings, heading)
	level := strconv.Itoa(heading.Level)
	id := html.EscapeString(heading.ID)
	w.write("<h", level, ` id="`, id, `">`)
	if holdsLink(n) {
		w.children(n)
	} else {
		w.write(`<a href="#`, id, `"`, w.label(n), ">")
		w.links++
		w.children(n)
		w.links--
		w.write("</a>")
	}
	w.write("</h", level, ">\n")
}

// holdsLink reports whether there is a link below n.
func holdsLink(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindLink || c.Kind() == ast.KindAutoLink || holdsLink(c) {
			return true
		}
	}
	return false
}

// label returns an aria-label for an element that holds n, if there is a formula in it:
// browsers leave formulas out of a name that they make of its content.
func (w *htmlWriter) label(n ast.Node) string {
	if w.forMathJax || !w.holdsFormula(n) {
		return ""
	}
	return ` aria-label="` + html.EscapeString(textOf(n, w.source, w.scanned)) + `"`
}

func (w *htmlWriter) holdsFormula(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.CodeSpan:
		case *ast.Text:
			if bytes.ContainsRune(c.Segment.Value(w.source), slotStart) {
				return true
			}
		default:
			if w.holdsFormula(c) {
				return true
			}
		}
	}
	return false
}

// checkBox writes the state of a task as a character with an accessible name.
func (w *htmlWriter) checkBox(n *extast.TaskCheckBox) {
	sign, name := "☐", "To do"
	if n.IsChecked {
		sign, name = "☑", "Done"
	}
	w.write(`<span role="img" aria-label="`, name, `">`, sign, "</span> ")
}

// table writes a table in a box of its own that scrolls.
func (w *htmlWriter) table(n *extast.Table) {
	w.write(`<div class="table"`, scrollable("Table"), "><table>\n")
	inBody := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, ok := row.(*extast.TableHeader); ok {
			w.write("<thead>\n")
			w.row(row, true)
			w.write("</thead>\n")
			continue
		}
		if !inBody {
			inBody = true
			w.write("<tbody>\n")
		}
		w.row(row, false)
	}
	if inBody {
		w.write("</tbody>\n")
	}
	w.write("</table></div>\n")
}

func (w *htmlWriter) row(row ast.Node, inHead bool) {
	w.write("<tr>")
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		name, attributes := "td", ""
		if inHead && c.HasChildren() { // an empty header cell heads nothing
			name, attributes = "th", ` scope="col"`+w.label(c)
		}
		if cell, ok := c.(*extast.TableCell); ok && cell.Alignment != extast.AlignNone {
			attributes += ` class="` + cell.Alignment.String() + `"`
		}
		w.write("<", name, attributes, ">")
		w.children(c)
		w.write("</", name, ">")
	}
	w.write("</tr>\n")
}

// codeSpanText returns the characters of inline code, where nothing is a formula.
func codeSpanText(n ast.Node, source []byte, s *scanned) string {
	var code strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			code.Write(c.Segment.Value(source))
		case *ast.String:
			code.Write(c.Value)
		}
	}
	return s.asWritten(strings.ReplaceAll(code.String(), "\n", " "))
}

// codeBlockText returns the lines of a block of code.
func codeBlockText(n ast.Node, source []byte, s *scanned) string {
	return s.asWritten(string(n.Lines().Value(source)))
}

// asWritten returns text from the Markdown with its formulas as the post writes
// them.
func (s *scanned) asWritten(text string) string {
	return fillSlots(text, func(i int) string { return s.formulas[i].written })
}
