package picture

import (
	"errors"
	"image"
	"image/color"
	"math"
	"slices"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// The site's colours, as css/site.css in package assets has them for light pages.
var (
	paper  = color.RGBA{0xfd, 0xfd, 0xfb, 0xff}
	ink    = color.RGBA{0x17, 0x19, 0x1f, 0xff}
	yellow = color.RGBA{0xff, 0xe1, 0x4a, 0xff}
)

// markerColour returns the colour of a highlighter pen with a hue in degrees of OKLCH.
func markerColour(hue int) color.RGBA { return oklch(.87, .12, float64(hue)) }

// oklch converts a colour from OKLCH to sRGB (https://bottosson.github.io/posts/oklab/).
func oklch(lightness, chroma, hue float64) color.RGBA {
	a, b := chroma*math.Cos(hue*math.Pi/180), chroma*math.Sin(hue*math.Pi/180)
	l := math.Pow(lightness+.3963377774*a+.2158037573*b, 3)
	m := math.Pow(lightness-.1055613458*a-.0638541728*b, 3)
	s := math.Pow(lightness-.0894841775*a-1.2914855480*b, 3)
	channel := func(linear float64) uint8 {
		linear = min(max(linear, 0), 1)
		if linear <= .0031308 {
			return uint8(math.Round(255 * 12.92 * linear))
		}
		return uint8(math.Round(255 * (1.055*math.Pow(linear, 1/2.4) - .055)))
	}
	return color.RGBA{
		channel(4.0767416621*l - 3.3077115913*m + .2309699292*s),
		channel(-1.2684380046*l + 2.6097574011*m - .3413193965*s),
		channel(-.0041960863*l - .7034186147*m + 1.7076147010*s),
		0xff,
	}
}

// ramp is a part of the palette: the steps from one colour to another, by how much
// of a pixel the second covers.
type ramp uint8

const (
	inkOnPaper ramp = levels * iota
	yellowOnPaper
	inkOnYellow
	marker // a single colour
)

// levels is the number of steps of a ramp: enough for smooth edges, and few enough
// for a small file.
const levels = 16

// canvas is a picture in the making.
type canvas struct{ image *image.Paletted }

// newCanvas returns an empty canvas.
func newCanvas() *canvas {
	palette := make(color.Palette, 0, marker+1)
	for _, ends := range [][2]color.RGBA{{paper, ink}, {paper, yellow}, {yellow, ink}} {
		for level := range levels {
			palette = append(palette, mix(ends[0], ends[1], float64(level)/(levels-1)))
		}
	}
	return &canvas{image.NewPaletted(image.Rect(0, 0, Width, Height), append(palette, paper))}
}

// mix returns the colour of a pixel of which share is other and the rest base.
func mix(base, other color.RGBA, share float64) color.RGBA {
	channel := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-share) + float64(b)*share)) }
	return color.RGBA{channel(base.R, other.R), channel(base.G, other.G), channel(base.B, other.B), 0xff}
}

// clone returns a copy whose marker has the given colour.
func (c *canvas) clone(colour color.RGBA) *canvas {
	palette := slices.Clone(c.image.Palette)
	palette[marker] = colour
	return &canvas{&image.Paletted{Pix: slices.Clone(c.image.Pix), Stride: c.image.Stride, Rect: c.image.Rect, Palette: palette}}
}

// bar fills a rectangle with the marker.
func (c *canvas) bar(area image.Rectangle) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := c.image.Pix[c.image.PixOffset(area.Min.X, y):c.image.PixOffset(area.Max.X, y)]
		for x := range row {
			row[x] = uint8(marker)
		}
	}
}

// fill colours the part of area that an outline encloses.
func (c *canvas) fill(area image.Rectangle, colours ramp, outline func(p pen)) {
	area = area.Intersect(c.image.Rect)
	rasterizer := vector.NewRasterizer(area.Dx(), area.Dy())
	outline(pen{rasterizer, float64(-area.Min.X), float64(-area.Min.Y), 1})
	coverage := image.NewAlpha(image.Rect(0, 0, area.Dx(), area.Dy()))
	rasterizer.Draw(coverage, coverage.Rect, image.Opaque, image.Point{})
	for y := range area.Dy() {
		row := c.image.Pix[c.image.PixOffset(area.Min.X, area.Min.Y+y):]
		for x, alpha := range coverage.Pix[y*coverage.Stride:][:area.Dx()] {
			if level := alpha / (256 / levels); level > 0 {
				row[x] = uint8(colours) + level
			}
		}
	}
}

// text draws a text whose first line stands on baseline.
func (c *canvas) text(t typeset, left, baseline float64) error {
	top := baseline - t.ascent()
	area := image.Rect(0, int(top-t.size), Width, int(top+t.height()+t.size)) // with room for unusually tall characters
	var buffer sfnt.Buffer
	var failure error
	c.fill(area, inkOnPaper, func(p pen) {
		for i, line := range t.lines {
			x := left
			for _, g := range line.glyphs() {
				failure = errors.Join(failure, p.at(x, baseline+float64(i)*t.size*leading, 1).glyph(&buffer, g, t.size))
				x += g.advance * t.size
			}
		}
	})
	return failure
}

// mark draws the site's mark, which views/frame.templ defines on a square of 32 units.
func (c *canvas) mark(left, top, size int) {
	area := image.Rect(left, top, left+size, top+size)
	onMark := func(p pen) pen { return p.at(float64(left), float64(top), float64(size)/32) }
	c.fill(area, yellowOnPaper, func(p pen) { onMark(p).roundSquare(32, 7) })
	c.fill(area, inkOnYellow, func(p pen) {
		p = onMark(p)
		p.circle(15.5, 15.5, 10)
		p.circle(15.5, 15.5, -5)
		p.polygon(20.5, 24.16, 26.5, 26.5, 24.16, 20.5)
	})
}
