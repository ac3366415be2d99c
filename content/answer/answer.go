// Package answer turns the raw answer text of a post into safe HTML and plain
// text: it unescapes line breaks, cuts out formulas, code and money, reads the
// rest as Markdown and writes formulas as MathML.
package answer

import (
	"strings"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// Version identifies the rendering rules. Answers and formulas stored by another version
// must be rendered again.
const Version = "8f30b0cf7fb7"

// Formula is one piece of LaTeX as it stands in a post, without its delimiters.
type Formula struct {
	Source  string
	Display bool // set on a line of its own, not inline
}

// MadeFormula is a formula and the MathML that the engine made from it. MathML is empty if
// the engine cannot read the source.
type MadeFormula struct {
	Formula
	MathML string
}

// FailedFormula is a formula that the engine cannot read.
type FailedFormula struct {
	Formula
	Reason string
}

// Heading is a heading of an answer. Links can lead to its ID.
type Heading struct {
	Level int // of its HTML element: 2 to 6
	ID    string
	Text  string
}

// Answer is a rendered answer.
type Answer struct {
	HTML     string // safe to embed in a page below an h1: headings start at h2
	Text     string // readable text: no Markdown, no markup, formulas as text; a row of a table ends with a space
	Headings []Heading
	HasMath  bool     // whether HTML holds MathML
	HasCode  bool     // whether HTML holds highlighted code
	Links    []string // destinations of its links in order, including those not allowed
	Failed   []FailedFormula
}

// Title is a rendered title.
type Title struct {
	HTML   string // safe to embed in a page: phrasing content, no links
	Text   string
	Failed []FailedFormula
}

// Renderer renders answers and titles. It is safe for concurrent use.
type Renderer struct {
	answers   parser.Parser
	bareLinks parser.Parser // for answers that may hold bare URLs or mail addresses
	titles    parser.Parser
	formulas  *formulas
}

// NewRenderer returns a Renderer. If known is not nil, it is called before a formula goes to
// the engine: it returns the MathML of the MadeFormula that this Version made earlier, and
// whether there is one. It must be safe for concurrent use.
func NewRenderer(known func(Formula) (mathML string, ok bool)) *Renderer {
	return &Renderer{
		answers:   newAnswerParser(),
		bareLinks: newAnswerParser(extension.Linkify),
		titles:    newTitleParser(),
		formulas:  newFormulas(known),
	}
}

// Close frees the idle formula engines. The Renderer can still be used: it starts new ones.
func (r *Renderer) Close() error { return r.formulas.engines.close() }

// Answer renders raw answer text. It returns an error only if the formula engine cannot be
// started; a formula that the engine cannot read is listed in Failed.
func (r *Renderer) Answer(raw string) (*Answer, error) {
	s := scan(raw)
	if err := r.formulas.makeAll(s); err != nil {
		return nil, err
	}
	document, source := parseAnswer(r.parserFor(s.markdown), s)
	joinLinesOf(document, source)
	w := &htmlWriter{source: source, scanned: s, headings: &headings{}}
	w.out.Grow(2 * len(source))
	w.node(document)
	w.answer.HTML = w.out.String()
	w.answer.Text = textOf(document, source, s)
	return &w.answer, nil
}

// Title renders inline Markdown. Errors and failed formulas are as for Answer.
func (r *Renderer) Title(raw string) (Title, error) {
	s := scan(raw)
	for i := range s.formulas {
		s.formulas[i].Display = false
	}
	if err := r.formulas.makeAll(s); err != nil {
		return Title{}, err
	}
	document, source := r.parseTitle(s)
	w := &htmlWriter{source: source, scanned: s, inTitle: true}
	w.node(document)
	text := strings.Join(strings.Fields(textOf(document, source, s)), " ")
	return Title{HTML: w.out.String(), Text: text, Failed: w.answer.Failed}, nil
}

// TakeMade returns the formulas that the engine has tried since the last call, so that they
// can be stored and known to a later Renderer. It leaves out those that reached a limit of the
// engine, which a later Renderer may be able to read. At most 32,768 are kept between calls.
func (r *Renderer) TakeMade() []MadeFormula { return r.formulas.takeMade() }
