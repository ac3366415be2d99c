package answer

import (
	"strconv"
	"strings"
)

// nextSlot returns the start and end of the first slot in text and the index that it holds.
// start is -1 if there is none.
func nextSlot(text string) (start, end, formula int) {
	start = strings.IndexRune(text, slotStart)
	if start < 0 {
		return -1, -1, 0
	}
	length := strings.IndexRune(text[start:], slotEnd)
	if length < 0 {
		return -1, -1, 0
	}
	formula, err := strconv.Atoi(text[start+len(string(slotStart)) : start+length])
	if err != nil {
		return -1, -1, 0
	}
	return start, start + length + len(string(slotEnd)), formula
}

// fillSlots returns text with each slot replaced by what formula returns for its index.
func fillSlots(text string, formula func(index int) string) string {
	start, end, i := nextSlot(text)
	if start < 0 {
		return text
	}
	var out strings.Builder
	for start >= 0 {
		out.WriteString(text[:start])
		out.WriteString(formula(i))
		text = text[end:]
		start, end, i = nextSlot(text)
	}
	out.WriteString(text)
	return out.String()
}
