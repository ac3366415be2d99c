package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"quicktakes/content/answer"
)

// Fold returns the words of text in a form that is the same however people write
// them: in lower case, without accents, vowel signs of Arabic and Hebrew, apostrophes and
// punctuation, in hiragana instead of katakana, one space between words. C++ becomes
// "c plus plus", U.S. becomes "us", and x^2 becomes "x2", as does x².
// The result is empty for text without a letter or digit.
func Fold(text string) string { return strings.Map(hiragana, FoldWithKatakana(text)) }

// hiragana returns the hiragana for a katakana, and any other character as it is.
func hiragana(r rune) rune {
	if 'ァ' <= r && r <= 'ヶ' {
		return r - 'ァ' + 'ぁ'
	}
	return r
}

// FoldWithKatakana returns what Fold does, but with katakana as they are.
func FoldWithKatakana(text string) string {
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
		case r == '\'', isOptional(r), r == '.' && isBetweenInitials(text, i), r == '^' && isBeforePower(text, i):
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if separate && b.Len() > 0 {
				b.WriteByte(' ')
			}
			separate = false
			lower := unicode.ToLower(r)
			if lower >= utf8.RuneSelf && spelledLetters[lower] != "" {
				b.WriteString(spelledLetters[lower])
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

// spelledLetters are the Latin letters that are not a letter with an accent, spelled as on
// keyboards that lack them, and the sigma at the end of a word, which is σ in capitals.
var spelledLetters = map[rune]string{'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'ı': "i", 'ς': "σ"}

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

// isOptional reports whether the same word is written with r and without. In other scripts
// than these, marks make a different word.
func isOptional(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(optional, r) }

var optional = &unicode.RangeTable{R16: []unicode.Range16{
	{0x00AD, 0x00AD, 1}, // soft hyphen
	{0x02BB, 0x02BC, 1}, // apostrophes that are letters, as in Hawaiʻi
	{0x02BE, 0x02BF, 1}, // hamza and ayn in Latin letters, as in Qurʾān
	{0x0300, 0x036F, 1}, // accents of European scripts
	{0x0591, 0x05BD, 1}, // Hebrew vowel signs and accents
	{0x05BF, 0x05BF, 1},
	{0x05C1, 0x05C2, 1},
	{0x05C4, 0x05C5, 1},
	{0x05C7, 0x05C7, 1},
	{0x0610, 0x061A, 1}, // Arabic vowel signs, and hamza above and below letters
	{0x0640, 0x0640, 1}, // line that makes an Arabic word longer
	{0x064B, 0x065F, 1},
	{0x0670, 0x0670, 1},
	{0x06D6, 0x06DC, 1}, // Arabic signs for recitation
	{0x06DF, 0x06E8, 1},
	{0x06EA, 0x06ED, 1},
	{0x200B, 0x200F, 1}, // invisible spaces, joiners and marks of direction
	{0x2018, 0x2019, 1}, // single quotation marks: apostrophes
	{0x2060, 0x2060, 1}, // invisible joiner
	{0xFE00, 0xFE0F, 1}, // choose a form of the character before
	{0xFEFF, 0xFEFF, 1}, // byte order mark
}, R32: []unicode.Range32{
	{0xE0100, 0xE01EF, 1}, // choose a form of the ideograph before
}}

// FoldSpace returns text with one space for each run of white space, and none at its ends or
// for a line break between two characters of Chinese or Japanese. Most text already is in
// this form.
func FoldSpace(text string) string {
	last := ' '
	for _, r := range text {
		isPlain := r > ' ' && r < utf8.RuneSelf // most characters
		if !isPlain && unicode.IsSpace(r) && (r != ' ' || last == ' ') {
			return answer.FoldLines(text)
		}
		last = r
	}
	return strings.TrimSuffix(text, " ")
}
