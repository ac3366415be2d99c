package answer

import (
	"strconv"
	"strings"
)

// nextPlaceholder finds the first placeholder of text: where it starts and ends
// and the index that it holds. start is -1 if there is none.
func nextPlaceholder(text string) (start, end, formula int) {
	start = strings.IndexRune(text, placeholderStart)
	if start < 0 {
		return -1, -1, 0
	}
	length := strings.IndexRune(text[start:], placeholderEnd)
	if length < 0 {
		return -1, -1, 0
	}
	formula, err := strconv.Atoi(text[start+len(string(placeholderStart)) : start+length])
	if err != nil {
		return -1, -1, 0
	}
	return start, start + length + len(string(placeholderEnd)), formula
}

// expandPlaceholders returns text with what formula returns in the place of each
// placeholder.
func expandPlaceholders(text string, formula func(index int) string) string {
	start, end, i := nextPlaceholder(text)
	if start < 0 {
		return text
	}
	var out strings.Builder
	for start >= 0 {
		out.WriteString(text[:start])
		out.WriteString(formula(i))
		text = text[end:]
		start, end, i = nextPlaceholder(text)
	}
	out.WriteString(text)
	return out.String()
}
