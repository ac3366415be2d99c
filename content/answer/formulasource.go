package answer

import "strings"

// formulaSource returns the source of a formula, given the text between its delimiters. Programs
// that write JSON may have doubled its backslashes.
func formulaSource(inner string, p piece) string {
	source := ""
	if p.display || strings.Contains(inner, `\begin{`) || strings.Contains(inner, `\substack`) {
		source = halved(inner, p.display)
	} else {
		inner = withoutDoubled(inner)
	}
	if source == "" {
		source = unescapeMath(inner, p.display)
	}
	source = arrays.Replace(source)
	if p.delimiter == 1 {
		source = escapeDollars(source)
	}
	return source
}

// withoutDoubled returns a formula without rows with one backslash before each command that has
// two.
func withoutDoubled(inner string) string {
	if !strings.Contains(inner, `\\`) {
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

// halved returns the source of a formula that may have rows, in which two backslashes end one, if
// every command has two backslashes. It returns "" if one has not.
func halved(inner string, display bool) string {
	if !strings.Contains(inner, `\\`) {
		return ""
	}
	hasCommand := false
	var out strings.Builder
	for i := 0; i < len(inner); {
		if inner[i] != '\\' {
			out.WriteByte(inner[i])
			i++
			continue
		}
		length := runLength(inner, i)
		start, after := i, i+length
		for ; length > 2; length -= 4 { // the end of a row, whose own backslashes may be single
			out.WriteString(`\\`)
		}
		i = after
		name := letters(inner[after:])
		isCommand := len(name) > 1 && (name[0] != 'n' || IsCommandWithN(name))
		switch {
		case length == 2 && (isCommand || after < len(inner) && strings.IndexByte(`,;:!{}|%#_$`, inner[after]) >= 0):
			out.WriteByte('\\')
			hasCommand = hasCommand || isKnownCommand(name) && name[0] != 'n'
		case name != "" && name[0] == 'n' && (length != 1 || !isCommand || beginsLine(inner, start, display)):
			out.WriteByte('\n')
			i++
		case length == 2:
			out.WriteString(`\\`)
		case length != 0:
			return ""
		}
	}
	if !hasCommand {
		return ""
	}
	return out.String()
}

// isKnownCommand reports whether name is that of a common LaTeX command of two letters or more.
func isKnownCommand(name string) bool {
	return len(name) > 1 && (argumentCommands[name] || styleCommands[name] || wordCommands[name] || commandsWithN[name] ||
		letterSigns[name] != "" || operatorSigns[name] != "" || accents[name] != "" || name == "left" || name == "right")
}
