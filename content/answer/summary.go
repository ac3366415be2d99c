package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Summary returns the first sentences of an Answer's text on one line, at most
// limit characters in all. If the first sentence alone is longer, it is cut after a
// word, or after a letter where words have no spaces between them, and ends in "…".
// Summary returns "" if limit is less than 1.
func Summary(text string, limit int) string {
	if limit < 1 {
		return ""
	}
	line := joinLines(text)
	if utf8.RuneCountInString(line) <= limit {
		return withStops(line)
	}
	runes := []rune(line)
	for end := limit; end > 0; end-- {
		if endsSentence(runes, end) {
			return withStops(string(runes[:end]))
		}
	}
	hasSpace := slices.ContainsFunc(runes[limit/2:limit], unicode.IsSpace)
	for end := limit - 1; end > 0; end-- {
		if unicode.IsSpace(runes[end]) || !hasSpace && endsWithoutSpace(runes[end-1], runes[end]) {
			cut := lastNumber.ReplaceAllString(string(runes[:end]), "")
			cut = strings.TrimRightFunc(cut, func(r rune) bool {
				return unicode.IsSpace(r) || r == lineStop || strings.ContainsRune(",;:–—-(،؛、，；：・（「『", r)
			})
			if cut != "" {
				return withStops(cut) + "…"
			}
		}
	}
	return "…"
}

// endsWithoutSpace reports whether a text without spaces may be cut between two characters.
func endsWithoutSpace(before, after rune) bool {
	return !unicode.IsMark(after) && (isCJK(before) || IsUnspaced(before)) &&
		!unicode.Is(unicode.Logical_Order_Exception, before) // a vowel written before its consonant
}

// lastNumber matches the number of a list item whose text is cut off.
var lastNumber = regexp.MustCompile(` \d+\.$`)

// lineStop stands for a full stop that a line lacks, until withStops: a text may not be cut
// after it. No text holds this character, as it is refused in posts.
const lineStop = '\uE002'

// withStops returns the result of joinLines, or a part of it, with full stops for lineStops.
func withStops(line string) string { return strings.ReplaceAll(line, string(lineStop), ".") }

// joinLines joins the lines of text. A line without punctuation at its end, such as a
// heading, gets a lineStop if a new sentence follows or the line is a row of a table.
func joinLines(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	wasRow := false
	for line := range strings.SplitSeq(text, "\n") {
		begins := true
		for word := range strings.FieldsSeq(line) {
			if begins && out.Len() > 0 {
				first, _ := utf8.DecodeRuneInString(word)
				if isOpen(out.String()) && (wasRow || unicode.IsUpper(first) || unicode.IsDigit(first)) {
					out.WriteRune(lineStop)
				}
			}
			if out.Len() > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(word)
			begins = false
		}
		wasRow = strings.HasSuffix(line, rowEnd)
	}
	return out.String()
}

// isOpen reports whether no punctuation ends the text.
func isOpen(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, closingSigns+"%"))
	return !unicode.IsPunct(last)
}

// closingSigns may follow the punctuation that ends a sentence.
const closingSigns = `"')]”’»」』）】》`

// endsSentence reports whether a sentence ends before the character at end.
func endsSentence(runes []rune, end int) bool {
	last := end - 1
	if end < len(runes) && !unicode.IsSpace(runes[end]) {
		return isWideStop(runes[last]) && !isWideStop(runes[end]) && !strings.ContainsRune(closingSigns, runes[end])
	}
	for last > 0 && strings.ContainsRune(closingSigns, runes[last]) {
		last--
	}
	switch runes[last] {
	case '!', '?', '…', '؟', '۔', '।', '॥':
		return true
	case '.':
		return !isAbbreviation(runes[:last], runes[end:])
	}
	return isWideStop(runes[last])
}

// isWideStop reports whether r ends a sentence of Chinese or Japanese, which may have no space
// after it.
func isWideStop(r rune) bool { return strings.ContainsRune("。！？｡", r) }

// abbreviations are words whose full stop does not end a sentence.
var abbreviations = setOf("e.g i.e vs etc cf Dr Mr Mrs Ms Prof St Jr Sr Gov Sen Rep Gen Lt Col Capt Rev Hon No Fig Eq Vol Ch Sec approx U.S a.m p.m al c ca")

// initials matches the initials of a name or a term without the last full stop: J in
// "J. Smith", B.C and non-U.S.
var initials = regexp.MustCompile(`^([\p{Ll}-]+-)?\p{Lu}(\.\p{Lu})*$`)

// isAbbreviation reports whether the full stop between before and after belongs
// to an abbreviation, to initials or to the number of a list item.
func isAbbreviation(before, after []rune) bool {
	start := len(before)
	for start > 0 && !unicode.IsSpace(before[start-1]) {
		start--
	}
	word := strings.TrimLeft(string(before[start:]), `("'[“‘`)
	if abbreviations[word] || start > 0 && initials.MatchString(word) {
		return true
	}
	if len(after) > 1 && unicode.IsLower(after[1]) {
		return true
	}
	isNumber := word != "" && strings.Trim(word, "0123456789") == ""
	afterEnd := start < 2 || before[start-2] == lineStop || strings.ContainsRune(".:;!?"+closingSigns, before[start-2])
	return isNumber && afterEnd && len(after) > 0 // the number of an item
}
