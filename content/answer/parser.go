package answer

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newAnswerParser returns a parser of CommonMark with GitHub's tables, strikethrough and
// task lists, and with the extensions in more. lines.go says where it departs from
// CommonMark. It has no parser for HTML, which stays text, except the tags in tags.go
// and details.go.
func newAnswerParser(more ...goldmark.Extender) parser.Parser {
	extensions := append([]goldmark.Extender{extension.Table, extension.TaskList}, more...)
	return goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(newUnderlineParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(newDetailsParser(), 850),
			util.Prioritized(newAfterListParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(append(inlineParsers(), util.Prioritized(newTagParser(), 250))...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)), goldmark.WithExtensions(extensions...)).Parser()
}

// bareLinkSigns are strings of which every link without brackets holds at least one.
var bareLinkSigns = []string{"http:", "https:", "ftp:", "www.", "@"}

// parserFor returns the parser for the Markdown of an answer. Looking for links without brackets
// at each word takes a sixth of the rendering time.
func (r *Renderer) parserFor(markdown string) parser.Parser {
	if slices.ContainsFunc(bareLinkSigns, func(sign string) bool { return strings.Contains(markdown, sign) }) {
		return r.bareLinks
	}
	return r.answers
}

// newTitleParser returns a parser of inline Markdown: a title that begins like a
// list or a heading is still a title.
func newTitleParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(inlineParsers()...),
	)
}

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(newProductParser(newEmphasisParser()), 500),
		util.Prioritized(newStrikethroughParser(), 500),
	}
}

// parseAnswer parses the Markdown of an answer. The segments of the document refer to source.
func parseAnswer(p parser.Parser, s *scanned) (document ast.Node, source []byte) {
	source = []byte(s.markdown)
	context := parser.NewContext()
	context.Set(scannedKey, s)
	document = p.Parse(text.NewReader(source), parser.WithContext(context))
	keepBreaks(document, source, s)
	return document, source
}

// parseTitle is parseAnswer for a title, whose lines are joined.
func (r *Renderer) parseTitle(s *scanned) (document ast.Node, source []byte) {
	source = []byte(FoldLines(s.markdown))
	return r.titles.Parse(text.NewReader(source)), source
}
