package content

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the words of text without what people write in different ways: in
// lower case, without accents, apostrophes and punctuation, one space between them.
// It is empty for text without a letter or digit.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	separate := false
	for _, r := range norm.NFKD.String(text) {
		switch {
		case isAccent(r), r == '\'', r == '’':
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if separate && b.Len() > 0 {
				b.WriteByte(' ')
			}
			separate = false
			b.WriteRune(unicode.ToLower(r))
		default:
			separate = true
		}
	}
	return norm.NFC.String(b.String())
}

// isAccent reports whether r is one of the marks that letters of European scripts
// carry. In other scripts marks make other words.
func isAccent(r rune) bool { return r >= 0x300 && r <= 0x36f }
