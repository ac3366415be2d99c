package picture

import (
	"embed"
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

var (
	serif = loadFont("SourceSerif4-Bold")
	sans  = loadFont("SourceSans3-Semibold")
	mono  = loadFont("SourceCodePro-Bold")
	signs = loadFont("STIXTwoMath")
)

// style is the list of fonts for a text. Each character is set in the first that has it.
type style []*sfnt.Font

var (
	headline = style{serif, signs, sans}
	code     = style{mono, signs, serif}
	label    = style{sans, serif, signs}
)

func loadFont(name string) *sfnt.Font {
	data, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
	if err != nil {
		panic(fmt.Errorf("picture: %w", err))
	}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		panic(fmt.Errorf("picture: font %s: %w", name, err))
	}
	return parsed
}

// glyph is a character in a font.
type glyph struct {
	font    *sfnt.Font
	index   sfnt.GlyphIndex
	advance float64 // to the next glyph, in ems
}

// appendGlyphs appends the glyph of a character, or the glyphs of those that it decomposes
// into, such as the R of ℝ. It reports whether the fonts have them.
func (s style) appendGlyphs(buffer *sfnt.Buffer, glyphs []glyph, r rune) ([]glyph, bool) {
	if g, ok := s.glyph(buffer, r); ok {
		return append(glyphs, g), true
	}
	parts := glyphs
	for _, part := range norm.NFKD.String(string(r)) {
		g, ok := s.glyph(buffer, part)
		if !ok {
			return glyphs, false
		}
		parts = append(parts, g)
	}
	return parts, true
}

func (s style) glyph(buffer *sfnt.Buffer, r rune) (glyph, bool) {
	for _, f := range s {
		index, err := f.GlyphIndex(buffer, r)
		if err != nil || index == 0 {
			continue
		}
		if advance, err := f.GlyphAdvance(buffer, index, em(f), font.HintingNone); err == nil {
			return glyph{f, index, float64(advance) / float64(em(f))}, true
		}
	}
	return glyph{}, false
}

// kern adjusts the distance between neighbouring glyphs of a font as that font asks.
func kern(buffer *sfnt.Buffer, glyphs []glyph) {
	for i := 1; i < len(glyphs); i++ {
		before, g := &glyphs[i-1], glyphs[i]
		if before.font != g.font {
			continue
		}
		if by, err := g.font.Kern(buffer, before.index, g.index, em(g.font), font.HintingNone); err == nil {
			before.advance += float64(by) / float64(em(g.font))
		}
	}
}

// em returns the size at which one unit of a font is one pixel.
func em(f *sfnt.Font) fixed.Int26_6 { return fixed.I(int(f.UnitsPerEm())) }
