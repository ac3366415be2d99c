package answer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// plain returns the characters that Markdown text stands for: backslash escapes
// and character references are resolved.
func plain(markdown string) string {
	if !strings.ContainsAny(markdown, `\&`) {
		return markdown
	}
	var out strings.Builder
	out.Grow(len(markdown))
	for i := 0; i < len(markdown); {
		switch c := markdown[i]; {
		case c == '\\' && i+1 < len(markdown) && util.IsPunct(markdown[i+1]):
			out.WriteByte(markdown[i+1])
			i += 2
		case c == '&':
			character, length := characterReference(markdown[i:])
			out.WriteString(character)
			i += length
		default:
			out.WriteByte(c)
			i++
		}
	}
	return out.String()
}

// maxReferenceLength is a little more than the length of the longest named character reference.
const maxReferenceLength = 40

// characterReference returns what the reference at the start of text stands for, and its
// length. If there is none, it returns the & that text begins with, and 1.
func characterReference(text string) (string, int) {
	end := strings.IndexByte(text[:min(len(text), maxReferenceLength)], ';')
	if end < 2 {
		return "&", 1
	}
	name := text[1:end]
	if name[0] == '#' {
		digits, base, maxDigits := name[1:], 10, 7
		if digits != "" && digits[0]|0x20 == 'x' {
			digits, base, maxDigits = digits[1:], 16, 6
		}
		code, err := strconv.ParseInt(digits, base, 32)
		if err != nil || len(digits) > maxDigits || digits[0] == '-' || digits[0] == '+' {
			return "&", 1
		}
		return clean(string(validRune(code))), end + 1
	}
	if entity, ok := util.LookUpHTML5EntityByName(name); ok {
		return string(entity.Characters), end + 1
	}
	return "&", 1
}

// validRune returns the character with the given code, or U+FFFD if there is none or it is for
// private use: some of those stand for formulas.
func validRune(code int64) rune {
	if code <= 0 || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) || unicode.Is(unicode.Co, rune(code)) {
		return utf8.RuneError
	}
	return rune(code)
}
