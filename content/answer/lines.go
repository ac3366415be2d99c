package answer

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// CommonMark expects writers who wrap their lines by hand. Who writes each line break as
// \n does not: there, a line of its own is meant to be one.

var (
	scannedKey  = parser.NewContextKey() // the *scanned that is read
	keptKey     = parser.NewContextKey() // the last list that kept a line which stands outside of it
	nextItemKey = parser.NewContextKey() // the nextItem that was looked for last
)

// afterListParser reads a line that returns from a list to the margin, or to the item that
// holds the list, as a paragraph. CommonMark adds it to the last item of the list.
type afterListParser struct{ parser.BlockParser }

func newAfterListParser() parser.BlockParser { return afterListParser{parser.NewParagraphParser()} }

func (afterListParser) CanInterruptParagraph() bool { return true }

func (p afterListParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	s, isAnswer := pc.Get(scannedKey).(*scanned)
	last, isParagraph := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	if !isAnswer || !isParagraph {
		return nil, parser.NoChildren
	}
	list := listBelow(parent, last)
	if list == nil || pc.Get(keptKey) == list {
		return nil, parser.NoChildren
	}
	line, at := reader.PeekLine()
	lineBefore := last.Lines().At(last.Lines().Len() - 1)
	before := reader.Source()[:at.Start]
	prefix := before[bytes.LastIndexByte(before, '\n')+1:]
	if at.Start > s.unwrapped || !beginsSentence(line) || endsInColon(lineBefore.Value(reader.Source())) ||
		isTextOfItem(parent, last, line, len(prefix), itemBelow(reader.Source(), at, pc)) {
		pc.Set(keptKey, list)
		return nil, parser.NoChildren
	}
	s.inserts = append(s.inserts, insert{at.Start - len(prefix), strings.TrimRight(string(prefix), " \t") + "\n"})
	return p.BlockParser.Open(parent, reader, pc)
}

// listBelow returns the list among the children of parent that holds n, or nil.
func listBelow(parent, n ast.Node) *ast.List {
	for n != nil && n.Parent() != parent {
		n = n.Parent()
	}
	list, _ := n.(*ast.List)
	return list
}

// beginsSentence reports whether a line begins with a capital letter, behind marks and quotes.
func beginsSentence(line []byte) bool {
	return bytes.IndexFunc(bytes.TrimLeft(line, " \t*_\"'“‘("), unicode.IsUpper) == 0
}

func endsInColon(line []byte) bool {
	return bytes.HasSuffix(bytes.TrimRight(line, " \t\n*_"), []byte(":"))
}

// introduces reports whether a line says what the lines below it are.
func introduces(line []byte) bool {
	line = bytes.TrimSpace(line)
	strong := []byte("**")
	return endsInColon(line) || bytes.HasPrefix(line, strong) && bytes.HasSuffix(line, strong)
}

// isTextOfItem reports whether a line that returns to parent, which stands indent bytes
// deep, is more text of the item that holds last: next is the next item below the line.
func isTextOfItem(parent ast.Node, last *ast.Paragraph, line []byte, indent int, next nextItem) bool {
	if next.mark == nil || next.indent < indent {
		return false
	}
	inner := last.Parent().Parent()
	if next.needsList() {
		for n := inner; n != nil && n != parent; n = n.Parent() {
			if goesOn(n, next.mark) {
				return true
			}
		}
		return false
	}
	return parent.Kind() != ast.KindListItem && inner.Parent() == parent && goesOn(inner, next.mark) &&
		!introduces(line) && !introduces(next.lineBefore)
}

// goesOn reports whether n is a list that an item with a mark continues.
func goesOn(n ast.Node, mark []byte) bool {
	list, isList := n.(*ast.List)
	return isList && list.Marker == mark[len(mark)-1]
}

// nextItem is the item that follows lines of text, or the blank lines below them.
type nextItem struct {
	from, to   int    // the lines above it
	mark       []byte // nil if there is none
	indent     int    // bytes before the mark
	lineBefore []byte // the last line of the text
	isParted   bool   // by a blank line
}

// needsList reports whether the item is none unless its list goes on: in CommonMark only one
// with the number 1 begins a list right below text.
func (i nextItem) needsList() bool {
	number := i.mark[:len(i.mark)-1]
	return !i.isParted && len(number) > 0 && strings.TrimLeft(string(number), "0") != "1"
}

var itemMark = regexp.MustCompile(`^[ \t>]*([-*+]|\d{1,9}[.)])\s`)

// itemBelow returns the next item below a line. What was found is kept, as each of many lines
// may ask for the same.
func itemBelow(source []byte, line text.Segment, pc parser.Context) nextItem {
	if next, ok := pc.Get(nextItemKey).(nextItem); ok && next.from <= line.Stop && line.Stop <= next.to {
		return next
	}
	next := nextItem{from: line.Stop, to: line.Stop, lineBefore: line.Value(source)}
	for below := range bytes.Lines(source[line.Stop:]) {
		if m := itemMark.FindSubmatchIndex(below); m != nil {
			next.indent, next.mark = m[2], below[m[2]:m[3]]
			break
		}
		isBlank := len(bytes.TrimLeft(below, " \t>\n")) == 0
		if next.isParted && !isBlank {
			break
		}
		next.to += len(below)
		if next.isParted = isBlank; !isBlank {
			next.lineBefore = below
		}
	}
	pc.Set(nextItemKey, next)
	return next
}

// keepBreaks makes lines of a paragraph lines of their own on the page. A formula in display
// form is one anyway.
func keepBreaks(document ast.Node, source []byte, s *scanned) {
	keep := func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindHeading || n.Kind() == ast.KindImage {
			return ast.WalkSkipChildren, nil
		}
		t, isText := n.(*ast.Text)
		if !entering || !isText || !t.SoftLineBreak() || t.Segment.Stop >= s.unwrapped {
			return ast.WalkContinue, nil
		}
		next, isText := t.NextSibling().(*ast.Text)
		if s.endsInDisplay(t.Segment.Value(source)) || isText && s.beginsWithDisplay(next.Segment.Value(source)) {
			return ast.WalkContinue, nil
		}
		t.SetSoftLineBreak(false)
		t.SetHardLineBreak(true)
		s.inserts = append(s.inserts, insert{t.Segment.Stop, "  "})
		return ast.WalkContinue, nil
	}
	_ = ast.Walk(document, keep) // keep returns no error
}

// endsInDisplay reports whether the last of text, apart from signs, is a formula in display form.
func (s *scanned) endsInDisplay(text []byte) bool {
	text = bytes.TrimRight(text, " \t.,;:!?")
	last := bytes.LastIndex(text, []byte(string(slotStart)))
	if last < 0 {
		return false
	}
	_, end, i := nextSlot(string(text[last:]))
	return last+end == len(text) && s.formulas[i].Display
}

func (s *scanned) beginsWithDisplay(text []byte) bool {
	start, _, i := nextSlot(string(text))
	return start == 0 && s.formulas[i].Display
}
