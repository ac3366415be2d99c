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

// CommonMark joins the lines of a paragraph, for writers who wrap them by hand. Writers who
// type each line break as \n do not: each of their lines is meant to be shown as one.

var (
	scannedKey  = parser.NewContextKey() // the *scanned being parsed
	keptKey     = parser.NewContextKey() // the last list that kept a line from outside its indent
	nextItemKey = parser.NewContextKey() // the last nextItem found
)

// afterListParser reads a line that follows a list, at the margin or at the indent of the item
// that holds the list, as a paragraph. CommonMark adds it to the last item of the list.
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
	s.part(reader.Source(), at.Start)
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

// beginsSentence reports whether a line begins with a capital letter, after any marks and quotes.
func beginsSentence(line []byte) bool {
	return bytes.IndexFunc(bytes.TrimLeft(line, " \t*_\"'“‘("), unicode.IsUpper) == 0
}

func endsInColon(line []byte) bool {
	return bytes.HasSuffix(bytes.TrimRight(line, " \t\n*_"), []byte(":"))
}

// introduces reports whether a line introduces those below it: ends in a colon or is bold.
func introduces(line []byte) bool {
	line = bytes.TrimSpace(line)
	strong := []byte("**")
	return endsInColon(line) || bytes.HasPrefix(line, strong) && bytes.HasSuffix(line, strong)
}

// isTextOfItem reports whether a line at the level of parent, after indent bytes, is more text
// of the item that holds last. next is the first item below the line.
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

// goesOn reports whether n is a list that an item with this mark continues.
func goesOn(n ast.Node, mark []byte) bool {
	list, isList := n.(*ast.List)
	return isList && list.Marker == mark[len(mark)-1]
}

// nextItem is the list item that follows lines of text, after blank lines or none.
type nextItem struct {
	from, to   int    // offsets of the lines above it
	mark       []byte // nil if there is none
	indent     int    // bytes before the mark
	lineBefore []byte // the last line of the text
	isParted   bool   // whether a blank line comes before it
}

// needsList reports whether the item can only continue a list: in CommonMark a numbered list
// that begins right below text must begin with 1.
func (i nextItem) needsList() bool {
	number := i.mark[:len(i.mark)-1]
	return !i.isParted && len(number) > 0 && strings.TrimLeft(string(number), "0") != "1"
}

var itemMark = regexp.MustCompile(`^[ \t>]*([-*+]|\d{1,9}[.)])\s`)

// itemBelow returns the next item below a line. It keeps the result in pc, since many lines may
// need the same one.
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

// keepBreaks turns the line breaks of paragraphs into hard ones. Next to a display formula none
// is needed: it stands on a line of its own anyway.
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

// endsInDisplay reports whether text ends in a display formula, apart from punctuation.
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
