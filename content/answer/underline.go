package answer

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// underlineParser is a parser of headings that are underlined. Three dashes right below text are
// a rule to it, as writers mean them who mark headings with #; CommonMark takes the text for a
// heading.
type underlineParser struct{ parser.BlockParser }

func newUnderlineParser() parser.BlockParser { return underlineParser{parser.NewSetextHeadingParser()} }

func (p underlineParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := reader.PeekLine()
	if string(bytes.TrimSpace(line)) != "---" {
		return p.BlockParser.Open(parent, reader, pc)
	}
	last, isParagraph := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	if s, isAnswer := pc.Get(scannedKey).(*scanned); isAnswer && isParagraph && last.Parent() == parent {
		s.part(reader.Source(), at.Start)
	}
	return nil, parser.NoChildren
}

// part inserts a blank line before the line that goes on at an offset, in the quotations and
// items that hold it.
func (s *scanned) part(source []byte, at int) {
	start := bytes.LastIndexByte(source[:at], '\n') + 1
	s.inserts = append(s.inserts, insert{start, strings.TrimRight(string(source[start:at]), " \t") + "\n"})
}
