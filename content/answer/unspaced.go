package answer

import "unicode"

// unspaced are the scripts that have no spaces between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, kanaSigns,
}

// kanaSigns are letters that both Japanese scripts use, in full and half width: the sign
// that makes a vowel longer, and the voicing signs of half width.
var kanaSigns = &unicode.RangeTable{R16: []unicode.Range16{{0x30FC, 0x30FC, 1}, {0xFF70, 0xFF70, 1}, {0xFF9E, 0xFF9F, 1}}}

// firstUnspaced is the first letter of the first of the scripts.
const firstUnspaced = 0x0E01

// IsUnspaced reports whether r belongs to a script that has no spaces between words.
func IsUnspaced(r rune) bool { return r >= firstUnspaced && unicode.In(r, unspaced...) }

// Letters cuts a text into its characters, each with the marks and invisible characters
// that follow it.
func Letters(text string) []string {
	var list []string
	start := 0
	for i, r := range text {
		if i > 0 && !isAttached(r) {
			list = append(list, text[start:i])
			start = i
		}
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// isAttached reports whether r belongs to the letter before it.
func isAttached(r rune) bool {
	return unicode.In(r, unicode.M, unicode.Cf) || r == '\uFF9E' || r == '\uFF9F'
}
