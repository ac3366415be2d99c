package picture

import (
	"math"
	"slices"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// word is what stands between two spaces. Its lengths are in ems.
type word struct {
	space  glyph // before it, unless it begins a line
	glyphs []glyph
	width  float64
}

// setWords returns the words of a text, with code in fonts of its own. Letters that no font
// has become "…", and other characters that none has are left out, so that nobody sees an
// empty box.
func setWords(s style, text ...Passage) []word {
	var buffer sfnt.Buffer
	var words []word
	var current word
	end := func() {
		if len(current.glyphs) > 0 {
			kern(&buffer, current.glyphs)
			current.width = width(current.glyphs)
			words = append(words, current)
			current = word{}
		}
	}
	leftOut := false // whether the last letter was
	for _, passage := range text {
		fonts := s
		if passage.Code {
			fonts = code
		}
		for _, r := range norm.NFC.String(passage.Text) {
			if unicode.IsSpace(r) {
				end()
				current.space, _ = fonts.glyph(&buffer, ' ')
				continue
			}
			if isTie(r) {
				continue
			}
			var ok bool
			current.glyphs, ok = fonts.appendGlyphs(&buffer, current.glyphs, r)
			isLetter := unicode.IsLetter(r) || unicode.IsNumber(r)
			if !ok && isLetter && !leftOut {
				current.glyphs, _ = fonts.appendGlyphs(&buffer, current.glyphs, '…')
			}
			leftOut = !ok && (isLetter || leftOut)
		}
	}
	end()
	return words
}

// isTie reports whether r is a mark over or under two letters, as in t͡ʃ. The fonts have
// some of them, but place them wrongly.
func isTie(r rune) bool { return '\u035C' <= r && r <= '\u0362' }

// IsLegible reports whether a picture can show all letters of a text: the fonts cover Latin,
// Greek and Cyrillic.
func IsLegible(text ...Passage) bool {
	var buffer sfnt.Buffer
	for _, passage := range text {
		for _, r := range norm.NFC.String(passage.Text) {
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
				continue
			}
			if _, ok := headline.appendGlyphs(&buffer, nil, r); !ok {
				return false
			}
		}
	}
	return true
}

// width returns the length of glyphs in ems.
func width(glyphs []glyph) float64 {
	sum := 0.0
	for _, g := range glyphs {
		sum += g.advance
	}
	return sum
}

// line is a line of words.
type line []word

func (l line) glyphs() []glyph {
	var glyphs []glyph
	for i, w := range l {
		if i > 0 {
			glyphs = append(glyphs, w.space)
		}
		glyphs = append(glyphs, w.glyphs...)
	}
	return glyphs
}

// typeset is a text broken into lines, and its font size in pixels.
type typeset struct {
	lines []line
	size  float64
}

// The heights of lines, as multiples of the font size.
const (
	leading   = 1.12 // from line to line
	ascending = 0.95 // above the line, with an accent
	deepest   = 0.33 // below it
)

func (t typeset) ascent() float64 { return ascending * t.size }

func (t typeset) height() float64 {
	return (float64(len(t.lines)-1)*leading + ascending + deepest) * t.size
}

// block is what a text has to fit into.
type block struct {
	width, height float64   // in pixels
	sizes         []float64 // that letters may have, the largest first
	minLines      int       // fewer if it has fewer words
	maxLines      int
}

// fit sets words in the largest size at which they fit into a block. If no size is small
// enough, long words are broken and the end is cut off.
func fit(words []word, b block) typeset {
	for _, size := range b.sizes {
		measure := b.width / size
		n := max(len(fill(words, measure)), min(b.minLines, len(words)))
		t := typeset{make([]line, n), size}
		if n > b.maxLines || t.height() > b.height || widest(words) > measure {
			continue
		}
		t.lines = balance(words, n, measure)
		return t
	}
	size := b.sizes[len(b.sizes)-1]
	measure := b.width / size
	return typeset{cut(fill(broken(words, measure), measure), b.maxLines, measure), size}
}

func widest(words []word) float64 {
	most := 0.0
	for _, w := range words {
		most = max(most, w.width)
	}
	return most
}

// fill puts as many words on each line as a measure in ems allows.
func fill(words []word, measure float64) []line {
	var lines []line
	used := 0.0
	for _, w := range words {
		if len(lines) == 0 || used+w.space.advance+w.width > measure {
			lines, used = append(lines, line{w}), w.width
			continue
		}
		last := len(lines) - 1
		lines[last] = append(lines[last], w)
		used += w.space.advance + w.width
	}
	return lines
}

// balance breaks words into n lines, as even as possible within a measure in ems, with more
// than one word on the last if possible. No word may be longer than the measure, and n lines
// must be enough for all.
func balance(words []word, n int, measure float64) []line {
	type choice struct {
		unevenness float64 // the least possible for the lines so far
		start      int     // first word of the last of them
	}
	best := make([][]choice, n+1) // by number of lines and of words on them
	for k := range best {
		best[k] = slices.Repeat([]choice{{unevenness: math.Inf(1)}}, len(words)+1)
	}
	best[0][0].unevenness = 0
	for k := 1; k <= n; k++ {
		for end := k; end <= len(words); end++ {
			length := 0.0
			for start := end - 1; start >= k-1; start-- {
				length += words[start].width
				if length > measure {
					break
				}
				rest := measure - length
				if isWidow := start == len(words)-1 && k > 1; isWidow {
					rest += measure
				}
				if sum := best[k-1][start].unevenness + rest*rest; sum < best[k][end].unevenness {
					best[k][end] = choice{sum, start}
				}
				length += words[start].space.advance
			}
		}
	}
	lines := make([]line, n)
	for k, end := n, len(words); k > 0; k-- {
		start := best[k][end].start
		lines[k-1], end = words[start:end], start
	}
	return lines
}

// broken breaks the words that are longer than a measure in ems.
func broken(words []word, measure float64) []word {
	var pieces []word
	for _, w := range words {
		piece := word{space: w.space}
		for _, g := range w.glyphs {
			if piece.width+g.advance > measure {
				pieces, piece = append(pieces, piece), word{}
			}
			piece.glyphs, piece.width = append(piece.glyphs, g), piece.width+g.advance
		}
		pieces = append(pieces, piece)
	}
	return pieces
}

// cut keeps the first n lines, and ends the last of them in "…" if there are more.
func cut(lines []line, n int, measure float64) []line {
	if len(lines) <= n {
		return lines
	}
	var buffer sfnt.Buffer
	ellipsis, _ := headline.appendGlyphs(&buffer, nil, '…')
	last := lines[n-1].glyphs()
	for width(last)+width(ellipsis) > measure {
		last = last[:len(last)-1]
	}
	return append(lines[:n-1], line{{glyphs: append(last, ellipsis...)}})
}
