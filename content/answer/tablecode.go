package answer

import (
	"regexp"
	"strings"
)

// delimiterRow matches the row below a table's head.
var delimiterRow = regexp.MustCompile(`^[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*$`)

// otherBlock matches a line that ends a table, as it begins another block.
var otherBlock = regexp.MustCompile("^(?:#{1,6}[ \t]|[-*+][ \t]|\\d{1,9}[.)][ \t]|```|~~~)")

// tableRows returns the lines of raw text that are rows of tables, as pairs of offsets in order.
func tableRows(raw string) [][2]int {
	var rows [][2]int
	var head [2]int // the line before, if it can be a table's head, or zeros
	headCells, quotes, isTable := 0, 0, false
	for start := 0; start < len(raw); {
		end, next := len(raw), len(raw)
		if at := nextLineBreak(raw[start:]); at >= 0 {
			end = start + at
			next = end + lineBreak(raw[end:])
		}
		line := strings.TrimLeft(raw[start:end], " \t>")
		indent := raw[start : end-len(line)]
		isCode := strings.HasSuffix(indent, "    ") || strings.HasSuffix(indent, "\t")
		canBeRow := line != "" && !isCode && !otherBlock.MatchString(line)
		if !canBeRow || strings.Count(indent, ">") != quotes {
			isTable, head = false, [2]int{}
		}
		quotes = strings.Count(indent, ">")
		switch {
		case !isTable && head[1] > 0 && delimiterRow.MatchString(line):
			if isTable = countCells(line) == headCells; isTable {
				rows = append(rows, head)
			}
		case isTable:
			rows = append(rows, [2]int{start, next})
		}
		if head = [2]int{}; canBeRow {
			if headCells = countCells(line); headCells > 1 || line[0] == '|' {
				head = [2]int{start, next}
			}
		}
		start = next
	}
	return rows
}

// countCells returns how many cells a row of a table has if bars in its code end none.
func countCells(line string) int {
	line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "|"), "|")
	cells, isCode := 1, false
	for i := range len(line) {
		switch {
		case line[i] == '`':
			isCode = !isCode
		case line[i] == '|' && !isCode && (i == 0 || line[i-1] != '\\'):
			cells++
		}
	}
	return cells
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
