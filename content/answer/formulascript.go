package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scripted returns text in superscript or subscript characters, or after the mark if some have
// no such form or if text is a word, which would be hard to read in them.
func scripted(text string, small map[rune]rune, mark string) string {
	var out strings.Builder
	text = strings.TrimSpace(text)
	word := 0
	for _, c := range strings.ReplaceAll(text, " ", "") {
		s, ok := small[c]
		if unicode.IsLetter(c) {
			word++
		}
		if !ok || word > 2 {
			if isPlainWord(text) && (mark == "_" || utf8.RuneCountInString(text) == 1 || strings.Trim(text, "0123456789.") == "") {
				return mark + text
			}
			return mark + "(" + text + ")"
		}
		out.WriteRune(s)
	}
	return out.String()
}

func isPlainWord(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool { return !isPlain(c) }) < 0
}

// isPlain reports whether c can be part of a single number or name.
func isPlain(c rune) bool {
	return unicode.In(c, unicode.Letter, unicode.Digit, unicode.Mark, unicode.No) || strings.ContainsRune(".,′∞°%⁺⁻₊₋", c)
}

// numerator returns text in parentheses unless it is a single number or name, or a product.
func numerator(text string) string {
	depth := 0
	for _, c := range text {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && c != '√' && !isPlain(c):
			return "(" + text + ")"
		}
	}
	return text
}

// grouped returns text in parentheses unless it has them or is a single number or name.
func grouped(text string) string {
	if strings.HasPrefix(text, "(") && strings.IndexByte(text, ')') == len(text)-1 || isPlainWord(text) {
		return text
	}
	return "(" + text + ")"
}

func accented(text, accent string) string {
	if utf8.RuneCountInString(text) == 1 {
		return text + accent
	}
	if accent == "̄" || accent == "⃗" || accent == "̂" {
		var out strings.Builder
		for _, c := range text {
			out.WriteRune(c)
			if unicode.IsLetter(c) {
				out.WriteString(accent)
			}
		}
		return out.String()
	}
	return text
}
