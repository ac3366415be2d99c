package answer

import "strings"

// Markdown is parsed in linear time, except for input that no real post has: many quotes and
// lists nested on one line, and many unmatched brackets or emphasis marks in one paragraph.
// Besides, each row of a table is padded to the number of columns. Text of boundedSize bytes
// or more is limited in these; shorter text cannot do harm.
const (
	boundedSize   = 16 << 10
	maxContainers = 32   // quotes and lists opened on one line
	maxBrackets   = 300  // [ in a paragraph
	maxEmphases   = 2000 // *, _ and ~ in a paragraph
	maxCells      = 1 << 17
)

// bounds counts what is limited, from left to right.
type bounds struct {
	inLine     bool // past the quote and list marks at the start of the line
	inWords    bool // past the first character of the line that is not a space
	escaped    bool // after a backslash
	last       byte // the character before
	containers int
	brackets   int
	emphases   int
	bars       int // in the line
	columns    int // of the paragraph, if it is a table
	cells      int // of all tables
}

// write writes Markdown with a backslash before each character beyond its limit, and a blank
// line after each row of a table once there are too many cells.
func (b *bounds) write(out *strings.Builder, markdown string) {
	for i := range len(markdown) {
		c := markdown[i]
		if !b.escaped && b.exceeds(c) {
			out.WriteByte('\\')
		}
		out.WriteByte(c)
		if c == '\n' && b.columns > 0 && b.cells > maxCells {
			out.WriteByte(c)
		}
		b.escaped = c == '\\' && !b.escaped
		b.last = c
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
	isRepeated := c == b.last && c != '>' // as in a rule: only > nests without a space
	if !b.inLine && !isRepeated && strings.IndexByte(">-*+.)", c) >= 0 {
		b.containers++
		b.inLine = b.containers > maxContainers
		return b.inLine
	}
	b.inLine = b.inLine || !isSpace(c) && !isDigit(c)
	switch c {
	case '|':
		b.bars++
	case '[':
		b.brackets++
		return b.brackets > maxBrackets
	case '*', '_', '~':
		b.emphases++
		return b.emphases > maxEmphases
	}
	return false
}
