package picture

import (
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// pen draws outlines in its own coordinates: their origin is at x and y, and their unit is
// scale pixels.
type pen struct {
	*vector.Rasterizer
	x, y, scale float64
}

// at returns a pen whose origin is at a point of p, and whose unit is scale units of p.
func (p pen) at(x, y, scale float64) pen {
	return pen{p.Rasterizer, p.x + x*p.scale, p.y + y*p.scale, p.scale * scale}
}

// on returns a point of p in the coordinates of the rasterizer.
func (p pen) on(x, y float64) (px, py float32) {
	return float32(p.x + x*p.scale), float32(p.y + y*p.scale)
}

func (p pen) move(x, y float64) { p.MoveTo(p.on(x, y)) }

func (p pen) line(x, y float64) { p.LineTo(p.on(x, y)) }

func (p pen) quad(x1, y1, x2, y2 float64) {
	bx, by := p.on(x1, y1)
	cx, cy := p.on(x2, y2)
	p.QuadTo(bx, by, cx, cy)
}

func (p pen) cube(x1, y1, x2, y2, x3, y3 float64) {
	bx, by := p.on(x1, y1)
	cx, cy := p.on(x2, y2)
	dx, dy := p.on(x3, y3)
	p.CubeTo(bx, by, cx, cy, dx, dy)
}

// glyph draws a glyph with its origin at that of p.
func (p pen) glyph(buffer *sfnt.Buffer, g glyph, size float64) error {
	segments, err := g.font.LoadGlyph(buffer, g.index, fixed.Int26_6(math.Round(size*64)), nil)
	if err != nil {
		return err
	}
	point := func(at fixed.Point26_6) (x, y float64) { return float64(at.X) / 64, float64(at.Y) / 64 }
	for _, segment := range segments {
		x1, y1 := point(segment.Args[0])
		x2, y2 := point(segment.Args[1])
		x3, y3 := point(segment.Args[2])
		switch segment.Op {
		case sfnt.SegmentOpMoveTo:
			p.ClosePath()
			p.move(x1, y1)
		case sfnt.SegmentOpLineTo:
			p.line(x1, y1)
		case sfnt.SegmentOpQuadTo:
			p.quad(x1, y1, x2, y2)
		case sfnt.SegmentOpCubeTo:
			p.cube(x1, y1, x2, y2, x3, y3)
		}
	}
	p.ClosePath()
	return nil
}

func (p pen) polygon(x, y float64, more ...float64) {
	p.move(x, y)
	for i := 0; i+1 < len(more); i += 2 {
		p.line(more[i], more[i+1])
	}
	p.ClosePath()
}

// arc is how far the control points of a quarter circle are from its ends, for a radius of 1.
const arc = 0.5523

// circle draws a circle, in the opposite direction if the radius is negative: that makes a
// hole within another circle.
func (p pen) circle(x, y, radius float64) {
	r, k, up := math.Abs(radius), math.Abs(radius)*arc, radius
	ku := radius * arc
	p.move(x+r, y)
	p.cube(x+r, y+ku, x+k, y+up, x, y+up)
	p.cube(x-k, y+up, x-r, y+ku, x-r, y)
	p.cube(x-r, y-ku, x-k, y-up, x, y-up)
	p.cube(x+k, y-up, x+r, y-ku, x+r, y)
	p.ClosePath()
}

// roundSquare draws a square with rounded corners.
func (p pen) roundSquare(side, radius float64) {
	far, bend := side-radius, radius*(1-arc)
	p.move(radius, 0)
	p.line(far, 0)
	p.cube(side-bend, 0, side, bend, side, radius)
	p.line(side, far)
	p.cube(side, side-bend, side-bend, side, far, side)
	p.line(radius, side)
	p.cube(bend, side, 0, side-bend, 0, far)
	p.line(0, radius)
	p.cube(0, bend, bend, 0, radius, 0)
	p.ClosePath()
}
