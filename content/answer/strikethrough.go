package answer

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// strikethroughParser is GitHub's, but reads only two tildes: one is the sign of a range or an
// approximation, as in 7~14 days. Next to Chinese, Japanese and Korean it reads them as
// emphasisParser reads asterisks.
type strikethroughParser struct{ parser.InlineParser }

func newStrikethroughParser() parser.InlineParser {
	return strikethroughParser{extension.NewStrikethroughParser()}
}

func (p strikethroughParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); !bytes.HasPrefix(line, []byte("~~")) {
		return nil
	}
	before := block.PrecendingCharacter()
	node := p.InlineParser.Parse(parent, block, pc)
	if delimiter, ok := node.(*parser.Delimiter); ok {
		openNextToCJK(delimiter, before, block)
	}
	return node
}
