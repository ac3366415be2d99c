package answer

import "strings"

// regexWords are the words after which a slash begins a regular expression, by family. In the
// other families none does.
var regexWords = map[family]map[string]bool{
	javaScriptFamily: setOf("case return typeof"),
	perlFamily:       setOf("and grep if m not or qr return s split tr unless until when while y"),
	rubyFamily:       setOf("and gsub if match not or return scan split sub unless until when while"),
	awkFamily:        setOf("in return"),
}

// replacingOperators are those of Perl whose regular expression is followed by a replacement.
var replacingOperators = setOf("s tr y")

// regexLength returns the length of the regular expression that begins with the slash at i,
// with its replacement, or 0 if none does. A slash after an operand is a division.
func (l language) regexLength(code string, i int) int {
	words, ok := regexWords[l.family]
	if !ok || i+1 == len(code) || strings.IndexByte(" \t>=*", code[i+1]) >= 0 {
		return 0
	}
	before := strings.TrimRight(code[:i], " \t")
	word := lastWord(before)
	switch {
	case before == "", strings.HasSuffix(before, `\n`), strings.HasSuffix(before, "=>"):
	case strings.IndexByte("(,=:~[!&|?{;", before[len(before)-1]) >= 0:
	case !words[word], isName(before[:len(before)-len(word)]):
		return 0
	}
	length := untilSlash(code[i+1:], true)
	if length == 0 || l.family != perlFamily || !replacingOperators[word] {
		return min(length, 1) + length
	}
	if replacement := untilSlash(code[i+1+length:], false); replacement > 0 {
		return 1 + length + replacement
	}
	return 0
}

// lastWord returns the letters and digits that code ends with, apart from the n of a line break.
func lastWord(code string) string {
	start := len(code)
	for start > 0 && (isLetter(code[start-1]) || isDigit(code[start-1])) {
		start--
	}
	if start > 0 && start < len(code) && code[start-1] == '\\' && code[start] == 'n' {
		start++
	}
	return code[start:]
}

// isName reports whether what comes before a word makes it the name of a variable or method.
func isName(before string) bool {
	return before != "" && strings.IndexByte("$@%&_", before[len(before)-1]) >= 0 || strings.HasSuffix(before, "->")
}

// maxRegex is how many bytes of code are searched for the end of a regular expression.
const maxRegex = 500

// untilSlash returns the length of code up to and including the first slash that has no
// backslash before it and is not in brackets, if brackets count. It returns 0 if there is none
// within maxBreaks line breaks.
func untilSlash(code string, hasBrackets bool) int {
	breaks, inBrackets := 0, false
	code = code[:min(len(code), maxRegex)]
	for i := 0; i < len(code) && breaks <= maxBreaks && code[i] != '\n'; i++ {
		switch code[i] {
		case '\\':
			if i++; i < len(code) && code[i] == 'n' {
				breaks++
			}
		case '[':
			inBrackets = hasBrackets
		case ']':
			inBrackets = false
		case '/':
			if !inBrackets {
				return i + 1
			}
		}
	}
	return 0
}
