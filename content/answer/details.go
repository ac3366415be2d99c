package answer

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// GitHub's Markdown has no marks for a part that readers can unfold: writers use HTML there.
// Here such a part is always open, below its summary in bold.

var (
	detailsStart = regexp.MustCompile(`^<details(?: open)?>[ \t]*(?:<summary>(?:<b>|<strong>)?(.+?)(?:</b>|</strong>)?</summary>)?\s*$`)
	detailsEnd   = regexp.MustCompile(`^</details>\s*$`)
	summaryMark  = regexp.MustCompile(`^<summary>(?:<b>|<strong>)?(.+?)(?:</b>|</strong>)?</summary>\s*$`)
	summaryLines = regexp.MustCompile(`^<summary>[ \t]*\n[ \t>]*(?:#{1,6}[ \t]+)?(?:<b>|<strong>)?([^\s<>].*?)(?:</b>|</strong>)?[ \t]*\n[ \t>]*</summary>[ \t]*(?:\n|$)`)
)

var (
	kindDetailsMark = ast.NewNodeKind("DetailsMark")
	kindSummaryLine = ast.NewNodeKind("SummaryLine")
	detailsKey      = parser.NewContextKey()
)

// detailsMark is the beginning or the end of a part that can be unfolded. It shows nothing.
type detailsMark struct{ ast.BaseBlock }

func (*detailsMark) Kind() ast.NodeKind { return kindDetailsMark }

func (n *detailsMark) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// summaryLine is the summary of such a part. Its tags may have lines of their own.
type summaryLine struct {
	ast.BaseBlock
	text      text.Segment
	linesLeft int // how many more lines belong to it
}

func (*summaryLine) Kind() ast.NodeKind { return kindSummaryLine }

func (n *summaryLine) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// details is what detailsParser knows about the text that is being parsed.
type details struct {
	lastEnd int // offset of the last end tag, or -1
	open    int // how many parts are open
}

// detailsParser parses the tags of parts that can be unfolded where they fill a line.
type detailsParser struct{}

func newDetailsParser() parser.BlockParser { return detailsParser{} }

func (detailsParser) Trigger() []byte { return []byte{'<'} }

func (detailsParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := reader.PeekLine()
	line = bytes.TrimLeft(line, " ")
	start := at.Stop - len(line)
	d, _ := pc.Get(detailsKey).(*details)
	if d == nil {
		d = &details{lastEnd: bytes.LastIndex(reader.Source(), []byte("</details>"))}
		pc.Set(detailsKey, d)
	}
	var summary []int
	linesLeft := 0
	switch {
	case d.open > 0 && detailsEnd.Match(line):
		d.open--
	case d.open > 0 && summaryMark.Match(line):
		summary = summaryMark.FindSubmatchIndex(line)
	case d.open > 0 && summaryLines.Match(reader.Source()[start:]):
		summary, linesLeft = summaryLines.FindSubmatchIndex(reader.Source()[start:]), 2
	case at.Start < d.lastEnd && detailsStart.Match(line):
		d.open++
		summary = detailsStart.FindSubmatchIndex(line)
	default:
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	if summary == nil || summary[2] < 0 {
		return &detailsMark{}, parser.NoChildren
	}
	n := &summaryLine{text: text.NewSegment(start+summary[2], start+summary[3]), linesLeft: linesLeft}
	return n, parser.NoChildren
}

func (detailsParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n, _ := node.(*summaryLine)
	if n == nil || n.linesLeft == 0 {
		return parser.Close
	}
	n.linesLeft--
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// Close removes a summary if its list or quotation has ended before its text.
func (detailsParser) Close(node ast.Node, _ text.Reader, _ parser.Context) {
	n, _ := node.(*summaryLine)
	switch {
	case n == nil:
	case n.linesLeft > 1:
		n.Parent().RemoveChild(n.Parent(), n)
	default:
		n.Lines().Append(n.text)
	}
}

func (detailsParser) CanInterruptParagraph() bool { return true }

func (detailsParser) CanAcceptIndentedLine() bool { return false }
