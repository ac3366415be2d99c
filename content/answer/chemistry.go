package answer

import (
	"slices"
	"strings"
	"unicode"
)

var reactionArrows = strings.NewReplacer("<=>", " ⇌ ", "<->", " ↔ ", "->", " → ", "<-", " ← ", "=>", " ⇒ ")

// chemistry returns the text of \ce{…}: counts as subscripts, charges as superscripts.
func chemistry(source string) string {
	source = reactionArrows.Replace(source)
	var out strings.Builder
	var before rune
	runes := []rune(source)
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		switch {
		case c == '^' || c == '_':
			script, length := chemicalScript(runes[i+1:])
			i += length
			if c == '^' {
				out.WriteString(scripted(script, superscripts, "^"))
			} else {
				out.WriteString(scripted(script, subscripts, "_"))
			}
		case '0' <= c && c <= '9' && (unicode.IsLetter(before) || before == ')' || before == ']' || unicode.Is(unicode.No, before)):
			c = subscripts[c]
			out.WriteRune(c)
		case (c == '+' || c == '-') && before != ' ' && before != 0 && (i+1 == len(runes) || runes[i+1] == ' ' || runes[i+1] == ')'):
			c = superscripts[c]
			out.WriteRune(c)
		case c == '{' || c == '}' || c == '$' || c == '\\':
		default:
			out.WriteRune(c)
		}
		before = c
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// chemicalScript returns the superscript or subscript at the start of source, which is a group
// or digits and signs, and how many characters it takes there.
func chemicalScript(source []rune) (script string, length int) {
	if len(source) > 0 && source[0] == '{' {
		end := slices.Index(source, '}')
		if end < 0 {
			return string(source[1:]), len(source)
		}
		return string(source[1:end]), end + 1
	}
	for length < len(source) && (unicode.IsDigit(source[length]) || source[length] == '+' || source[length] == '-') {
		length++
	}
	return string(source[:length]), length
}
