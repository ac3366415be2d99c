package answer

import "strings"

// Markdown is read in linear time except for a few things in masses that no real
// post has: quotes and lists that nest on one line, and brackets and marks of
// emphasis without a partner in one paragraph. Rows of a table get as many cells as
// it has columns, whether they have them or not. Text of boundedSize or more is
// bounded in them; in less there is no room for harm.
const (
	boundedSize    = 16 << 10
	mostContainers = 32   // quotes and lists that a line begins
	mostBrackets   = 300  // [ in a paragraph
	mostEmphases   = 2000 // *, _ and ~ in a paragraph
	mostCells      = 1 << 17
)

// bounds counts, from left to right, what has a bound.
type bounds struct {
	inLine     bool // past the marks of quotes and lists that a line begins with
	inWords    bool // past a first character of the line that is no space
	escaped    bool // after a backslash
	containers int
	brackets   int
	emphases   int
	bars       int // in the line
	columns    int // of a table that the paragraph may be
	cells      int // of all tables
}

// write writes Markdown with a backslash before each sign beyond its bound, and a blank
// line after each line of a table that is.
func (b *bounds) write(out *strings.Builder, markdown string) {
	for i := range len(markdown) {
		c := markdown[i]
		if !b.escaped && b.exceeds(c) {
			out.WriteByte('\\')
		}
		out.WriteByte(c)
		if c == '\n' && b.columns > 0 && b.cells > mostCells {
			out.WriteByte(c)
		}
		b.escaped = c == '\\' && !b.escaped
	}
}

// exceeds counts c and reports whether it is one too many.
func (b *bounds) exceeds(c byte) bool {
	if c == '\n' {
		if !b.inWords { // a blank line ends the paragraph
			b.brackets, b.emphases, b.columns = 0, 0, 0
		}
		b.columns = max(b.columns, b.bars)
		b.cells += b.columns
		b.bars = 0
		b.inLine, b.inWords, b.containers = false, false, 0
		return false
	}
	b.inWords = b.inWords || !isSpace(c)
	if !b.inLine && strings.IndexByte(">-*+.)", c) >= 0 {
		b.containers++
		b.inLine = b.containers > mostContainers
		return b.inLine
	}
	b.inLine = b.inLine || !isSpace(c) && !isDigit(c)
	switch c {
	case '|':
		b.bars++
	case '[':
		b.brackets++
		return b.brackets > mostBrackets
	case '*', '_', '~':
		b.emphases++
		return b.emphases > mostEmphases
	}
	return false
}
