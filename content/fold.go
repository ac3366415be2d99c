package content

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the words of text without what people write in different ways: in
// lower case, without accents, apostrophes and punctuation, one space between them.
// The signs of C++ and C# are words. It is empty for text without a letter or digit.
func Fold(text string) string {
	if strings.Contains(text, "++") || strings.Contains(text, "#") {
		text = nameSigns.ReplaceAllStringFunc(text, signWords.Replace)
	}
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
			lower := unicode.ToLower(r)
			if latin, ok := latinLetters[lower]; ok {
				b.WriteString(latin)
			} else {
				b.WriteRune(lower)
			}
		default:
			separate = true
		}
	}
	return norm.NFC.String(b.String())
}

var (
	nameSigns = regexp.MustCompile(`\pL(\+\+|#)`)
	signWords = strings.NewReplacer("++", " plus plus ", "#", " sharp ")
)

// latinLetters are those that are no letter with an accent, as most keyboards write
// them.
var latinLetters = map[rune]string{'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'ı': "i"}

// isAccent reports whether r is one of the marks that letters of European scripts
// carry. In other scripts marks make other words.
func isAccent(r rune) bool { return r >= 0x300 && r <= 0x36f }
