package answer

import (
	"regexp"
	"strings"
)

// delimiterRow matches the row below a table's head.
var delimiterRow = regexp.MustCompile(`^[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*$`)

// tableRows returns the lines of raw text that are rows of tables and begin with a bar, as
// pairs of offsets in order.
func tableRows(raw string) [][2]int {
	var rows [][2]int
	var head [2]int // the line before, if it begins with a bar, or zeros
	isTable := false
	for start := 0; start < len(raw); {
		end, next := len(raw), len(raw)
		if at := nextLineBreak(raw[start:]); at >= 0 {
			end = start + at
			next = end + lineBreak(raw[end:])
		}
		line := strings.TrimLeft(raw[start:end], " \t>")
		switch {
		case line == "":
			isTable = false
		case !isTable && delimiterRow.MatchString(line):
			if isTable = head[1] > 0; isTable {
				rows = append(rows, head)
			}
		case isTable && line[0] == '|':
			rows = append(rows, [2]int{start, next})
		}
		if head = [2]int{}; line != "" && line[0] == '|' {
			head = [2]int{start, next}
		}
		start = next
	}
	return rows
}

// barsInCode finds inline code that holds bars within a table, where a bar ends a cell.
type barsInCode struct {
	raw   string
	rows  [][2]int // those at or after the last piece
	asked bool
}

// escaped returns the inline code between start and end with a backslash before each bar that
// would end a cell. It must be called from left to right. Code that begins or ends with a space
// is more likely two lone backticks in different cells.
func (b *barsInCode) escaped(start, end int) string {
	written := b.raw[start:end]
	inner := strings.Trim(written, "`")
	if !strings.Contains(inner, "|") || strings.TrimSpace(inner) != inner {
		return written
	}
	if !b.asked {
		b.rows, b.asked = tableRows(b.raw), true
	}
	for len(b.rows) > 0 && b.rows[0][1] <= start {
		b.rows = b.rows[1:]
	}
	if len(b.rows) == 0 || start < b.rows[0][0] {
		return written
	}
	var out strings.Builder
	for i := range len(written) {
		if written[i] == '|' && written[i-1] != '\\' {
			out.WriteByte('\\')
		}
		out.WriteByte(written[i])
	}
	return out.String()
}
