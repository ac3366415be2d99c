package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the words of text in a form that is the same however people write
// them: in lower case, without accents, apostrophes and punctuation, one space between
// words. C++ becomes "c plus plus", U.S. becomes "us", and x^2 becomes "x2", as does x².
// The result is empty for text without a letter or digit.
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
		case 'a' <= r && r <= 'z': // most are; the other rules take several times as long
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

// nameSigns matches the signs that Fold spells out by signWords: those after a letter, as C,
// C++ and C# are three names. In running text, a single + after a letter is mostly a sum.
var (
	nameSigns = regexp.MustCompile(`\pL(\+\+|#)`)
	signWords = strings.NewReplacer("++", " plus plus ", "#", " sharp ")
)

// spellSigns spells out the signs in a keyword. Unlike Fold, it spells out a single + too, and
// signs after any character but a space: a keyword is a name, and Na and Na+ are two topics.
func spellSigns(keyword string) string {
	if !strings.ContainsAny(keyword, "+⁺#") {
		return keyword
	}
	var b strings.Builder
	before := ' '
	for _, r := range keyword {
		switch {
		case before == ' ':
			b.WriteRune(r)
		case r == '+', r == '⁺':
			b.WriteString(" plus ")
		case r == '#':
			b.WriteString(" sharp ")
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// IsSign reports whether a word that Fold returned may stand for a sign.
func IsSign(word string) bool { return word == "plus" || word == "sharp" }

// latinLetters are the Latin letters that are not a letter with an accent, spelled as on
// keyboards that lack them.
var latinLetters = map[rune]string{'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'ı': "i"}

// isBetweenInitials reports whether the character at text[i] is between two single
// letters, as in U.S.
func isBetweenInitials(text string, i int) bool {
	return isLetterAt(text, i-1) && !isLetterAt(text, i-2) && isLetterAt(text, i+1) && !isLetterAt(text, i+2)
}

// isBeforePower reports whether the character at text[i] is between a letter and its
// exponent, as in x^2.
func isBeforePower(text string, i int) bool {
	return isLetterAt(text, i-1) && (isLetterAt(text, i+1) || i+1 < len(text) && '0' <= text[i+1] && text[i+1] <= '9')
}

// isLetterAt reports whether text[i] is an ASCII letter or part of a non-ASCII character.
func isLetterAt(text string, i int) bool {
	return i >= 0 && i < len(text) && (text[i] >= utf8.RuneSelf || 'a' <= text[i]|0x20 && text[i]|0x20 <= 'z')
}

// isAccent reports whether r is a combining mark of European scripts. In other scripts,
// marks make a different word.
func isAccent(r rune) bool { return r >= 0x300 && r <= 0x36f }

// FoldSpace returns text with one space for each run of white space, and none at its
// ends. Most text already is in this form.
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
