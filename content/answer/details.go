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

// summaryLine is the summary of such a part.
type summaryLine struct{ ast.BaseBlock }

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
	d, _ := pc.Get(detailsKey).(*details)
	if d == nil {
		d = &details{lastEnd: bytes.LastIndex(reader.Source(), []byte("</details>"))}
		pc.Set(detailsKey, d)
	}
	var summary []int
	switch {
	case d.open > 0 && detailsEnd.Match(line):
		d.open--
	case d.open > 0 && summaryMark.Match(line):
		summary = summaryMark.FindSubmatchIndex(line)
	case at.Start < d.lastEnd && detailsStart.Match(line):
		d.open++
		summary = detailsStart.FindSubmatchIndex(line)
	default:
		return nil, parser.NoChildren
	}
	start := at.Stop - len(line)
	reader.AdvanceToEOL()
	if summary == nil || summary[2] < 0 {
		return &detailsMark{}, parser.NoChildren
	}
	n := &summaryLine{}
	n.Lines().Append(text.NewSegment(start+summary[2], start+summary[3]))
	return n, parser.NoChildren
}

func (detailsParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}

func (detailsParser) Close(ast.Node, text.Reader, parser.Context) {}

func (detailsParser) CanInterruptParagraph() bool { return true }

func (detailsParser) CanAcceptIndentedLine() bool { return false }
