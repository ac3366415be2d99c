package answer

import (
	"regexp"
	"strings"
)

// beforeProgram matches awk with its options, before its program.
var beforeProgram = regexp.MustCompile(`(?:^|[\s|;&(]|\\n)[gmn]?awk(?:[ \t]+-[A-Za-z][ \t]*(?:'[^']*'|"[^"]*"|[^\s'"])*)*[ \t]+$`)

// awkProgram returns the program of awk in the single quotes that begin at i, or "" if there is
// none. Unlike in other strings, a \n in it is a line break unless it is in a literal of awk's.
func (l language) awkProgram(code string, i int) string {
	const maxOptions = 100
	if l.family != shellFamily || !beforeProgram.MatchString(code[max(0, i-maxOptions):i]) {
		return ""
	}
	program, _, isClosed := strings.Cut(code[i+1:], "'")
	if !isClosed || !strings.Contains(program, "{") {
		return "" // the value of an option, such as -F '\n'
	}
	return program
}
