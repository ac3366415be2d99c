package answer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headings gives the headings of an answer levels without gaps, starting at h2, and ids that
// are unique in the page.
type headings struct {
	open []int // levels in the post of the headings that may contain the next
	used map[string]int
}

// next returns the heading for a text that has the given level in the post.
func (h *headings) next(level int, text string) Heading {
	for len(h.open) > 0 && h.open[len(h.open)-1] >= level {
		h.open = h.open[:len(h.open)-1]
	}
	h.open = append(h.open, level)
	return Heading{Level: min(len(h.open)+1, 6), ID: h.id(text), Text: text}
}

// id returns an id that reads like text. The ids of the page itself begin with a lower-case
// letter; these never do, so the two cannot clash.
func (h *headings) id(text string) string {
	base := idOf(text)
	if h.used == nil {
		h.used = make(map[string]int)
	}
	id := base
	for h.used[id] > 0 {
		h.used[base]++
		id = base + "_" + strconv.Itoa(h.used[base])
	}
	h.used[id]++
	return id
}

// maxIDLength is how many characters an id may have before its number.
const maxIDLength = 80

// idOf returns the letters and digits of text, the first letter in upper case, with one
// underscore for anything between them.
func idOf(text string) string {
	var id strings.Builder
	gap := false
	count := 0
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if count++; count > maxIDLength {
			break
		}
		if gap && id.Len() > 0 {
			id.WriteByte('_')
		}
		gap = false
		if id.Len() == 0 {
			r = unicode.ToUpper(r)
		}
		id.WriteRune(r)
	}
	if id.Len() == 0 {
		return "Section"
	}
	if first, _ := utf8.DecodeRuneInString(id.String()); unicode.IsLower(first) {
		return "_" + id.String() // a lower-case letter without an upper-case form
	}
	return id.String()
}
