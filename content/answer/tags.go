package answer

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// These are the only HTML tags that are read in answers: Markdown has no marks for what they do.

var (
	breakMark  = regexp.MustCompile(`^<[bB][rR] ?/?> *`)
	scriptMark = regexp.MustCompile("^<(?:sub>([^<>\n|`]+)</sub|sup>([^<>\n|`]+)</sup)>")
)

var (
	kindBreakTag  = ast.NewNodeKind("BreakTag")
	kindScriptTag = ast.NewNodeKind("ScriptTag")
)

// breakTag is a line break: <br>.
type breakTag struct{ ast.BaseInline }

func (*breakTag) Kind() ast.NodeKind { return kindBreakTag }

func (n *breakTag) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// isInLine reports whether the block that holds the break is one line of readable text.
func (n *breakTag) isInLine() bool {
	block := n.Parent()
	for block.Type() == ast.TypeInline {
		block = block.Parent()
	}
	return block.Kind() == ast.KindHeading || block.Kind() == extast.KindTableCell
}

// scriptTag is a subscript or a superscript. Its only child is its text, which holds no Markdown.
type scriptTag struct {
	ast.BaseInline
	element string // sub or sup
}

func (*scriptTag) Kind() ast.NodeKind { return kindScriptTag }

func (n *scriptTag) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// readable returns the text of n as readable text, in small characters where there are some. A
// superscript of letters, such as that of an ordinal number, needs none.
func (n *scriptTag) readable(text string) string {
	if n.element == "sub" {
		return scripted(text, subscripts, "_")
	}
	isWord := strings.IndexFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }) < 0
	if form := scripted(text, superscripts, "^"); !isWord || !strings.HasPrefix(form, "^") {
		return form
	}
	return text
}

// tagParser parses <br>, and <sub> and <sup> that end on their line. They have no attributes.
type tagParser struct{}

func newTagParser() parser.InlineParser { return tagParser{} }

func (tagParser) Trigger() []byte { return []byte{'<'} }

func (tagParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, at := block.PeekLine()
	if tag := breakMark.Find(line); tag != nil {
		rest := line[len(tag):]
		if parent.Kind() != extast.KindTableCell && isMentioned(block.PrecendingCharacter(), tag, rest) {
			return nil
		}
		block.Advance(len(tag))
		if string(rest) == "\n" { // it is this break
			block.AdvanceLine()
		}
		return &breakTag{}
	}
	m := scriptMark.FindSubmatchIndex(line)
	if m == nil {
		return nil
	}
	element, start, end := "sub", m[2], m[3]
	if start < 0 {
		element, start, end = "sup", m[4], m[5]
	}
	if bytes.Contains(line[start:end], []byte("](")) { // a link is worth more
		return nil
	}
	n := &scriptTag{element: element}
	n.AppendChild(n, ast.NewTextSegment(text.NewSegment(at.Start+start, at.Start+end)))
	block.Advance(m[1])
	return n
}

// isMentioned reports whether a sentence goes on around a tag: the <br> tag breaks lines.
func isMentioned(before rune, tag, rest []byte) bool {
	next, _ := utf8.DecodeRune(rest)
	return before == ' ' && bytes.HasSuffix(tag, []byte(" ")) && unicode.IsLower(next)
}
