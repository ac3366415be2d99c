// Package answer turns the raw answer text of a post into safe HTML and plain
// text: it unescapes line breaks, cuts out formulas, code and money, reads the
// rest as Markdown and writes formulas as MathML.
package answer

import (
	"strings"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// Version names the rendering rules. Stored answers and formulas that another
// version made must be made again.
const Version = "e662928e406a"

// Formula is one piece of LaTeX as it stands in a post, without its delimiters.
type Formula struct {
	Source  string
	Display bool // on a line of its own rather than within one
}

// MadeFormula is a formula with the MathML that the engine made of it. MathML is
// empty when the engine cannot read the source.
type MadeFormula struct {
	Formula
	MathML string
}

// FailedFormula is a formula that the engine cannot read.
type FailedFormula struct {
	Formula
	Reason string
}

// Heading is a heading of an answer that can be linked to.
type Heading struct {
	Level int // of its h element: 2 to 6
	ID    string
	Text  string
}

// Answer is a rendered answer.
type Answer struct {
	HTML     string // safe to embed in a page; its headings continue from an h1
	Text     string // readable text: no Markdown, no markup, formulas as text
	Headings []Heading
	HasMath  bool     // holds MathML
	HasCode  bool     // holds highlighted code
	Links    []string // where its links lead, in order, also those that are not allowed
	Failed   []FailedFormula
}

// Title is a rendered title.
type Title struct {
	HTML string // safe to embed in a page: phrasing content, no links
	Text string
}

// Renderer renders answers. It is safe for use by many goroutines.
type Renderer struct {
	answers   parser.Parser
	bareLinks parser.Parser // of answers that may hold links without brackets
	titles    parser.Parser
	formulas  *formulas
}

// NewRenderer returns a Renderer. Before the engine is asked for a formula,
// known, if not nil, is asked whether this Version made it before: it returns
// what MadeFormula held. It must be safe for use by many goroutines.
func NewRenderer(known func(Formula) (mathML string, ok bool)) *Renderer {
	return &Renderer{
		answers:   newAnswerMarkdown().Parser(),
		bareLinks: newAnswerMarkdown(extension.Linkify).Parser(),
		titles:    newTitleParser(),
		formulas:  newFormulas(known),
	}
}

// Close frees the engines.
func (r *Renderer) Close() error { return r.formulas.engines.close() }

// Answer renders raw answer text. The error says that no formula can be made at
// all; a formula that is wrong is listed in Failed instead.
func (r *Renderer) Answer(raw string) (*Answer, error) {
	s := scan(raw)
	if err := r.formulas.makeAll(s); err != nil {
		return nil, err
	}
	source := []byte(s.markdown)
	chosen := r.answers
	if mayHoldBareLinks(s.markdown) {
		chosen = r.bareLinks
	}
	document := parseAnswer(chosen, source, s)
	w := &htmlWriter{source: source, scanned: s, headings: &headings{}}
	w.out.Grow(2 * len(source))
	w.node(document)
	w.answer.HTML = w.out.String()
	w.answer.Text = textOf(document, source, s)
	return &w.answer, nil
}

// Title renders inline Markdown. The error is that of Answer.
func (r *Renderer) Title(raw string) (Title, error) {
	s := scan(raw)
	for i := range s.formulas {
		s.formulas[i].Display = false
	}
	if err := r.formulas.makeAll(s); err != nil {
		return Title{}, err
	}
	source := []byte(strings.Join(strings.Fields(s.markdown), " "))
	document := parse(r.titles, source)
	w := &htmlWriter{source: source, scanned: s, inTitle: true}
	w.node(document)
	text := strings.Join(strings.Fields(textOf(document, source, s)), " ")
	return Title{HTML: w.out.String(), Text: text}, nil
}

// TakeMade returns the formulas that the engine was asked for since the last
// call, so that a later load need not ask again. Beyond some ten thousand they
// are not remembered.
func (r *Renderer) TakeMade() []MadeFormula { return r.formulas.takeMade() }
