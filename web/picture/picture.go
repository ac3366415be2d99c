// Package picture draws the pictures that stand for questions where they are
// shared: a title, set large, with its subject, in the site's colours.
package picture

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
)

// Width and Height are those of a picture, in pixels.
const (
	Width  = 1200
	Height = 630
)

// Version is another text for every other way of drawing: the same Card then
// makes another picture.
const Version = "b7321fa5f526"

// Card is what a picture shows besides the name of the site.
type Card struct {
	Title   []Passage
	Subject string
	Hue     int // of the subject's colour, in degrees of OKLCH
}

// Passage is a part of a title.
type Passage struct {
	Text string
	Code bool // is set like a program's source
}

// Painter draws the pictures of a site. It is safe for use by many goroutines.
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
	brandLine   = 97 // the line that the name stands on
	titleTop    = 136
	titleBottom = 498
	barTop      = 526
	barHeight   = 12
	subjectLine = 588
	labelHeight = 50 // room for the names of site and subject
)

// NewPainter returns a Painter for the site of a name.
func NewPainter(brand string) *Painter {
	blank := newCanvas()
	blank.mark(margin, markTop, markSize)
	blank.bar(image.Rect(margin, barTop, Width-margin, barTop+barHeight))
	space := block{width: Width - margin - brandLeft, height: labelHeight, sizes: []float64{36, 30, 24}, maxLines: 1}
	return &Painter{blank, fit(setWords(label, Passage{Text: brand}), space)}
}

// Draw writes the picture of a card as a PNG file. A title that is too long for the
// smallest letters is cut, and ends in "…". It takes some 4 MB meanwhile.
func (p *Painter) Draw(w io.Writer, card Card) error {
	title := fit(setWords(headline, card.Title...), block{
		width: measure, height: titleBottom - titleTop, sizes: titleSizes, minLines: 2, maxLines: 5,
	})
	subject := fit(setWords(label, Passage{Text: card.Subject}), block{
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

// titleSizes are the sizes that a title can have, in pixels.
var titleSizes = []float64{112, 102, 92, 84, 76, 69, 63, 57, 52, 47, 43}
