package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the words of text without what people write in different ways: in
// lower case, without accents, apostrophes and punctuation, one space between them.
// The signs of C++ and C# are words, U.S. is US, and x^2 is x². It is empty for text
// without a letter or digit.
func Fold(text string) string {
	if strings.Contains(text, "++") || strings.Contains(text, "#") {
		text = nameSigns.ReplaceAllStringFunc(text, signWords.Replace)
	}
	var b strings.Builder
	b.Grow(len(text))
	separate := false
	text = norm.NFKD.String(text)
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z': // most are; the rest of the rules takes several times as long
			if separate && b.Len() > 0 {
				b.WriteByte(' ')
			}
			separate = false
			b.WriteByte(byte(r))
		case isAccent(r), r == '\'', r == '’', r == '.' && isBetweenInitials(text, i), r == '^' && isBeforePower(text, i):
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if separate && b.Len() > 0 {
				b.WriteByte(' ')
			}
			separate = false
			lower := unicode.ToLower(r)
			if lower >= utf8.RuneSelf && latinLetters[lower] != "" {
				b.WriteString(latinLetters[lower])
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

// IsSign reports whether a folded word may be what Fold makes of a sign.
func IsSign(word string) bool { return word == "plus" || word == "sharp" }

// latinLetters are those that are no letter with an accent, as most keyboards write
// them.
var latinLetters = map[rune]string{'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'ı': "i"}

// isBetweenInitials reports whether what text has at i stands between two single
// letters, as in U.S.
func isBetweenInitials(text string, i int) bool {
	return isLetterAt(text, i-1) && !isLetterAt(text, i-2) && isLetterAt(text, i+1) && !isLetterAt(text, i+2)
}

// isBeforePower reports whether what text has at i stands between a letter and the power
// that it is raised to, as in x^2.
func isBeforePower(text string, i int) bool {
	return isLetterAt(text, i-1) && (isLetterAt(text, i+1) || i+1 < len(text) && '0' <= text[i+1] && text[i+1] <= '9')
}

// isLetterAt reports whether text has a Latin letter or a part of any other at i.
func isLetterAt(text string, i int) bool {
	return i >= 0 && i < len(text) && (text[i] >= utf8.RuneSelf || 'a' <= text[i]|0x20 && text[i]|0x20 <= 'z')
}

// isAccent reports whether r is one of the marks that letters of European scripts
// carry. In other scripts marks make other words.
func isAccent(r rune) bool { return r >= 0x300 && r <= 0x36f }

// FoldSpace returns text with one space for each run of white space, and none at its
// ends. Most text is that way already.
func FoldSpace(text string) string {
	last := ' '
	for _, r := range text {
		isPlain := r > ' ' && r < utf8.RuneSelf // most characters
		if !isPlain && unicode.IsSpace(r) && (r != ' ' || last == ' ') {
			return strings.Join(strings.Fields(text), " ")
		}
		last = r
	}
	return strings.TrimSuffix(text, " ")
}
