package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Summary returns the first sentences of an Answer's text on one line, at most
// limit characters in all. Only if the first sentence alone is longer is it cut,
// after a word, and ends in "…". It returns "" if limit is less than 1.
func Summary(text string, limit int) string {
	if limit < 1 {
		return ""
	}
	line := joinLines(text)
	if utf8.RuneCountInString(line) <= limit {
		return line
	}
	runes := []rune(line)
	for end := limit; end > 0; end-- {
		if endsSentence(runes, end) {
			return string(runes[:end])
		}
	}
	for end := limit - 1; end > 0; end-- {
		if unicode.IsSpace(runes[end]) {
			cut := strings.TrimRightFunc(string(runes[:end]), func(r rune) bool {
				return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-(", r)
			})
			if cut != "" {
				return cut + "…"
			}
		}
	}
	return "…"
}

// joinLines joins the lines of text. A line without a sign at its end, such as a
// heading, gets a full stop if a new sentence follows.
func joinLines(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for line := range strings.SplitSeq(text, "\n") {
		begins := true
		for word := range strings.FieldsSeq(line) {
			if begins && out.Len() > 0 {
				first, _ := utf8.DecodeRuneInString(word)
				last, _ := utf8.DecodeLastRuneInString(out.String())
				if !unicode.IsPunct(last) && (unicode.IsUpper(first) || unicode.IsDigit(first)) {
					out.WriteByte('.')
				}
			}
			if out.Len() > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(word)
			begins = false
		}
	}
	return out.String()
}

// endsSentence reports whether a sentence ends before the character at end.
func endsSentence(runes []rune, end int) bool {
	if end < len(runes) && !unicode.IsSpace(runes[end]) {
		return false
	}
	last := end - 1
	for last > 0 && strings.ContainsRune(`"')]”’`, runes[last]) {
		last--
	}
	switch runes[last] {
	case '!', '?', '…', '。':
		return true
	case '.':
		return !isAbbreviation(runes[:last], runes[end:])
	}
	return false
}

// abbreviations are words whose full stop does not end a sentence.
var abbreviations = setOf("e.g i.e vs etc cf Dr Mr Mrs Ms Prof St No Fig Eq approx U.S a.m p.m al ca")

// isAbbreviation reports whether the full stop between before and after belongs
// to an abbreviation, an initial or the number of a list item.
func isAbbreviation(before, after []rune) bool {
	start := len(before)
	for start > 0 && !unicode.IsSpace(before[start-1]) {
		start--
	}
	word := strings.TrimLeft(string(before[start:]), `("'[“‘`)
	if abbreviations[word] {
		return true
	}
	if len([]rune(word)) == 1 && unicode.IsUpper([]rune(word)[0]) && start > 0 {
		return true // J. Smith
	}
	isNumber := word != "" && strings.Trim(word, "0123456789") == ""
	afterEnd := start < 2 || strings.ContainsRune(".:;!?", before[start-2])
	return isNumber && afterEnd && len(after) > 0 // the number of an item
}
