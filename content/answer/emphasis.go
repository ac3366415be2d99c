package answer

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/width"
)

// emphasisParser reads emphasis as CommonMark does, but next to Chinese, Japanese and Korean
// it lets asterisks open or close it on any side without white space: these languages have
// no space before punctuation at the beginning of emphasis, nor after that at its end
// (https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md).
type emphasisParser struct {
	parser.InlineParser
}

func newEmphasisParser() parser.InlineParser { return emphasisParser{parser.NewEmphasisParser()} }

// Parse reads the asterisks or underscores at the beginning of block.
func (p emphasisParser) Parse(parent ast.Node, block text.Reader, context parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	node := p.InlineParser.Parse(parent, block, context)
	delimiter, ok := node.(*parser.Delimiter)
	if ok && delimiter.Char == '*' {
		openNextToCJK(delimiter, before, block)
	}
	return node
}

// openNextToCJK lets a delimiter between the character before and the rest of block open or
// close on any side without white space if either is Chinese, Japanese or Korean.
func openNextToCJK(delimiter *parser.Delimiter, before rune, block text.Reader) {
	after := ' '
	if line, _ := block.PeekLine(); len(line) > 0 {
		after, _ = utf8.DecodeRune(line)
	}
	if isCJK(before) || isCJK(after) {
		delimiter.CanOpen, delimiter.CanClose = !unicode.IsSpace(after), !unicode.IsSpace(before)
	}
}

// isCJK reports whether r is a letter or a sign of Chinese, Japanese or Korean.
func isCJK(r rune) bool {
	const firstJamo, firstRadical = 0x1100, 0x2E80 // before them, wide characters are emoji
	const firstEmoji, lastEmoji = 0x1F000, 0x1FFFF
	switch {
	case r < firstJamo:
		return false
	case unicode.Is(unicode.Hangul, r):
		return true
	case r < firstRadical, firstEmoji <= r && r <= lastEmoji:
		return false
	case 0xE0100 <= r && r <= 0xE01EF: // choose a form of the ideograph before
		return true
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianHalfwidth:
		return true
	}
	return false
}
