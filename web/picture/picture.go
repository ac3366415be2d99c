// Package picture draws the pictures that link previews show of questions: the title in large
// letters, with the subject, in the site's colours.
package picture

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
)

// Width and Height are the size of a picture, in pixels.
const (
	Width  = 1200
	Height = 630
)

// Version changes whenever the way of drawing changes, so that the same Card gives a
// different picture. The package's tests say what to set.
const Version = "8fb7a6f15bf6"

// Card is what a picture shows besides the name of the site.
type Card struct {
	Title   []Passage
	Subject string
	Hue     int // of the subject's colour, in degrees of OKLCH
}

// Passage is a part of a title.
type Passage struct {
	Text string
	Code bool // set in the font for source code
}

// Painter draws the pictures of a site. It is safe for concurrent use.
type Painter struct {
	blank *canvas // what all pictures have in common
	brand typeset
}

// Where things are on a picture, in pixels.
const (
	margin      = 80
	measure     = Width - 2*margin
	markTop     = 56
	markSize    = 56
	brandLeft   = margin + markSize + 18
	brandLine   = 97 // baseline of the site's name
	titleTop    = 136
	titleBottom = 498
	barTop      = 526
	barHeight   = 12
	subjectLine = 588
	labelHeight = 50 // room for the names of site and subject
)

// NewPainter returns a Painter for the site named brand. A name that is not legible is left out.
func NewPainter(brand string) *Painter {
	blank := newCanvas()
	blank.mark(margin, markTop, markSize)
	blank.bar(image.Rect(margin, barTop, Width-margin, barTop+barHeight))
	space := block{width: Width - margin - brandLeft, height: labelHeight, sizes: []float64{36, 30, 24}, maxLines: 1}
	return &Painter{blank, fit(nameWords(brand), space)}
}

// Draw writes the picture of a card as a PNG file. A title that is too long for the
// smallest letters is cut, and ends in "…". A subject that is not legible is left out. Drawing takes about 4 MB of memory.
func (p *Painter) Draw(w io.Writer, card Card) error {
	title := fit(setWords(headline, card.Title...), block{
		width: measure, height: titleBottom - titleTop, sizes: titleSizes, minLines: 2, maxLines: 5,
	})
	subject := fit(nameWords(card.Subject), block{
		width: measure, height: labelHeight, sizes: []float64{32, 26, 22}, maxLines: 1,
	})
	above := (titleBottom - titleTop - title.height()) / 2
	c := p.blank.clone(markerColour(card.Hue))
	err := errors.Join(
		c.text(p.brand, brandLeft, brandLine),
		c.text(title, margin, titleTop+above+title.ascent()),
		c.text(subject, margin, subjectLine),
	)
	if err != nil {
		return fmt.Errorf("draw picture: %w", err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed} // half the time of the default, and small enough
	return encoder.Encode(w, c.image)
}

// nameWords returns the words of the name of a site or subject, none if it is not legible.
func nameWords(name string) []word {
	passage := Passage{Text: name}
	if !IsLegible(passage) {
		return nil
	}
	return setWords(label, passage)
}

// titleSizes are the font sizes that a title can have, in pixels, the largest first.
var titleSizes = []float64{112, 102, 92, 84, 76, 69, 63, 57, 52, 47, 43}
