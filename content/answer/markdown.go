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

// newAnswerMarkdown returns a reader of CommonMark with GitHub's tables, strikethrough and
// task lists, and with the extensions in more. lines.go says where it departs from
// CommonMark. It has no parser for HTML, which stays text.
func newAnswerMarkdown(more ...goldmark.Extender) goldmark.Markdown {
	extensions := append([]goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList}, more...)
	return goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(newAfterListParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)), goldmark.WithExtensions(extensions...))
}

// bareLinkSigns are strings of which every link without brackets holds at least one.
var bareLinkSigns = []string{"http:", "https:", "ftp:", "www.", "@"}

// mayHoldBareLinks reports whether a text may hold such links. Looking for them at each word
// takes a sixth of the rendering time.
func mayHoldBareLinks(text string) bool {
	return slices.ContainsFunc(bareLinkSigns, func(sign string) bool { return strings.Contains(text, sign) })
}

// newTitleParser returns a parser of inline Markdown: a title that begins like a
// list or a heading is still a title.
func newTitleParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(append(inlineParsers(),
			util.Prioritized(extension.NewStrikethroughParser(), 500))...),
	)
}

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(newEmphasisParser(), 500),
	}
}

// parseAnswer reads the Markdown of an answer.
func parseAnswer(p parser.Parser, source []byte, s *scanned) ast.Node {
	context := parser.NewContext()
	context.Set(scannedKey, s)
	document := p.Parse(text.NewReader(source), parser.WithContext(context))
	keepBreaks(document, source, s)
	return document
}

func parse(p parser.Parser, source []byte) ast.Node {
	return p.Parse(text.NewReader(source))
}
