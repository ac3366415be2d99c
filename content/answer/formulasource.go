package answer

import "strings"

// formulaSource returns the source of a formula, given the text between its delimiters.
func formulaSource(inner string, p piece) string {
	if !p.display {
		inner = withoutDoubled(inner)
	}
	source := arrays.Replace(unescapeMath(inner, p.display))
	if p.delimiter == 1 {
		source = escapeDollars(source)
	}
	return source
}

// withoutDoubled returns an inline formula with one backslash before each command that has two,
// as programs write it in JSON. In a formula that may have rows, two backslashes end one.
func withoutDoubled(inner string) string {
	if !strings.Contains(inner, `\\`) || strings.Contains(inner, `\begin{`) || strings.Contains(inner, `\substack`) {
		return inner
	}
	var out strings.Builder
	for i := 0; i < len(inner); {
		length := 1
		if inner[i] == '\\' {
			length = runLength(inner, i)
		}
		after := i + length
		if length == 2 && isKnownCommand(letters(inner[after:])) {
			i++
		}
		out.WriteString(inner[i:after])
		i = after
	}
	return out.String()
}

// isKnownCommand reports whether name is that of a common LaTeX command of two letters or more.
func isKnownCommand(name string) bool {
	return len(name) > 1 && (argumentCommands[name] || styleCommands[name] || wordCommands[name] || commandsWithN[name] ||
		letterSigns[name] != "" || operatorSigns[name] != "" || accents[name] != "" || name == "left" || name == "right")
}
