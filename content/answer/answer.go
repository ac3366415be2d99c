// Package answer turns the raw answer text of a post into safe HTML and plain
// text: it unescapes line breaks, cuts out formulas, code and money, reads the
// rest as Markdown and writes formulas as MathML.
package answer

// Version names the rendering rules. Stored answers that another version made
// are rendered again.
const Version = "0"

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
	HasMath  bool // holds MathML
	HasCode  bool // holds highlighted code
	Links    []string
	Failed   []FailedFormula
}

// Title is a rendered title.
type Title struct {
	HTML string // safe to embed in a page: phrasing content, no links
	Text string
}

// Renderer renders answers. It is safe for use by many goroutines.
type Renderer struct {
	known func(Formula) (mathML string, ok bool)
}

// NewRenderer returns a Renderer. Before the engine is asked for a formula,
// known, if not nil, is asked whether an earlier load made it.
func NewRenderer(known func(Formula) (mathML string, ok bool)) *Renderer {
	return &Renderer{known: known}
}

// Close frees the engines.
func (r *Renderer) Close() error { return nil }

// Answer renders raw answer text.
func (r *Renderer) Answer(raw string) (*Answer, error) {
	return &Answer{HTML: "<p>" + raw + "</p>", Text: raw}, nil
}

// Title renders inline Markdown.
func (r *Renderer) Title(raw string) (Title, error) {
	return Title{HTML: raw, Text: raw}, nil
}

// TakeMade returns the formulas that the engine was asked for since the last
// call, so that a later load need not ask again.
func (r *Renderer) TakeMade() []MadeFormula { return nil }

// Summary returns the first sentences of text, at most limit characters long.
func Summary(text string, limit int) string { return text[:min(limit, len(text))] }
