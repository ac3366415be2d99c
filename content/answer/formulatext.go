package answer

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// formulaText returns a formula as a line of readable text, in Normalization Form C: x²,
// √(a + b), a/b. One that is too long for the engine stays as it is written.
func formulaText(source string) string {
	if len(source) > maxSourceBytes || !strings.ContainsAny(source, `\^_{}~&'%`) {
		return norm.NFC.String(strings.Join(strings.Fields(source), " "))
	}
	r := &texReader{source: source}
	var text strings.Builder
	for r.at < len(source) { // again after an unmatched closing brace
		text.WriteString(r.until(""))
	}
	line := strings.Join(strings.Fields(text.String()), " ")
	return norm.NFC.String(strings.TrimSpace(spaceTidier.Replace(line)))
}

var spaceTidier = strings.NewReplacer(fractionMark, "/", "( ", "(", " )", ")", "[ ", "[", " ]", "]", " ,", ",", " ;", ";")

// texReader reads LaTeX and writes text. At more than maxFormulaNesting levels it opens no further
// groups and environments, and reads what they hold as part of the last one.
type texReader struct {
	source string
	at     int
	depth  int
}

const maxFormulaNesting = 60

// until reads up to the closing brace or, given an environment, to its \end, and
// returns what it read as text.
func (r *texReader) until(environment string) string {
	r.depth++
	defer func() { r.depth-- }()
	var out strings.Builder
	for r.at < len(r.source) {
		c := r.source[r.at]
		if c == '}' {
			r.at++
			break
		}
		if environment != "" && strings.HasPrefix(r.source[r.at:], `\end{`) {
			r.at += len(`\end`)
			r.raw()
			break
		}
		atom := r.atom()
		if isFraction(atom) && r.at < len(r.source) && r.joins() || isFraction(atom) && endsInOperand(out.String()) {
			atom = "(" + atom + ")"
		}
		out.WriteString(atom)
	}
	return out.String()
}

// fractionMark begins the text of a fraction until it is known whether it needs
// parentheses.
const fractionMark = "\u2044"

func isFraction(atom string) bool {
	return strings.Contains(atom, fractionMark) && isBareFraction(atom)
}

// isBareFraction reports whether the fraction stands outside of parentheses.
func isBareFraction(atom string) bool {
	depth := 0
	for _, c := range atom {
		switch c {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case '\u2044':
			if depth == 0 {
				return true
			}
		}
	}
	return false
}

// joins reports whether what comes next would read as part of a fraction before it.
func (r *texReader) joins() bool {
	rest := strings.TrimLeft(r.source[r.at:], " ")
	if rest == "" {
		return false
	}
	if rest[0] == '\\' {
		name := letters(rest[1:])
		return letterSigns[name] != "" || wordCommands[name] || name == "sqrt" || name == "frac" ||
			name == "left" || name == "text" || name == "vec" || strings.HasPrefix(name, "math")
	}
	return isLetter(rest[0]) || isDigit(rest[0]) || rest[0] == '(' || rest[0] == '[' || rest[0] == '^'
}

// endsInOperand reports whether text ends in something that would read as part of a fraction
// right after it.
func endsInOperand(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(last) || unicode.IsDigit(last) || last == ')'
}

// atom reads the next character, command or group.
func (r *texReader) atom() string {
	switch c := r.source[r.at]; c {
	case '{':
		r.at++
		if r.depth > maxFormulaNesting {
			return ""
		}
		return r.until("")
	case '\\':
		return r.command()
	case '^', '_':
		r.at++
		return r.script(c)
	case '~', ' ', '\n', '\t', '&':
		r.at++
		return " "
	case '\'':
		r.at++
		return "′"
	case '%':
		_, end := comment(r.source[r.at:])
		r.at += end
		return ""
	}
	_, size := utf8.DecodeRuneInString(r.source[r.at:])
	r.at += size
	return r.source[r.at-size : r.at]
}

// comment returns where the first comment in LaTeX starts and ends. Its end is after the line
// break, as in the formula engine. Both are 0 if there is none.
func comment(source string) (start, end int) {
	for i := 0; i < len(source); i++ {
		switch source[i] {
		case '\\':
			i++
		case '%':
			if length := strings.IndexByte(source[i:], '\n'); length >= 0 {
				return i, i + length + 1
			}
			return i, len(source)
		}
	}
	return 0, 0
}

// argument reads the next argument of a command.
func (r *texReader) argument() string {
	for r.at < len(r.source) && isSpace(r.source[r.at]) {
		r.at++
	}
	if r.at == len(r.source) || r.source[r.at] == '}' {
		return ""
	}
	return strings.TrimSpace(r.atom())
}

// option reads an argument in brackets, if there is one.
func (r *texReader) option() string {
	if !strings.HasPrefix(r.source[r.at:], "[") {
		return ""
	}
	end := strings.IndexByte(r.source[r.at:], ']')
	if end < 0 {
		return ""
	}
	option := r.source[r.at+1 : r.at+end]
	r.at += end + 1
	return option
}

// raw reads an argument as it is written, without comments.
func (r *texReader) raw() string {
	raw := r.rawArgument()
	if strings.IndexByte(raw, '%') < 0 {
		return raw
	}
	var kept strings.Builder
	for {
		start, end := comment(raw)
		if end == 0 {
			kept.WriteString(raw)
			return kept.String()
		}
		kept.WriteString(raw[:start])
		raw = raw[end:]
	}
}

func (r *texReader) rawArgument() string {
	if !strings.HasPrefix(r.source[r.at:], "{") {
		return r.argument()
	}
	depth := 0
	for i := r.at; i < len(r.source); i++ {
		switch r.source[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			raw := r.source[r.at+1 : i]
			r.at = i + 1
			return raw
		}
	}
	raw := r.source[r.at+1:]
	r.at = len(r.source)
	return raw
}

// command reads a command and its arguments.
func (r *texReader) command() string {
	r.at++
	if r.at == len(r.source) {
		return ""
	}
	name := letters(r.source[r.at:])
	if name == "" {
		c := r.source[r.at]
		r.at++
		switch c {
		case '\\':
			r.option()
			return "; "
		case ',', ':', ';', ' ', '>':
			return " "
		case '!':
			return ""
		case '|':
			return "‖"
		}
		_, size := utf8.DecodeRuneInString(r.source[r.at-1:])
		r.at += size - 1
		return r.source[r.at-size : r.at]
	}
	r.at += len(name)
	if strings.HasPrefix(r.source[r.at:], "*") && (name == "operatorname" || name == "tag") {
		r.at++
	}
	name = cmp.Or(synonyms[name], name)
	if sign, ok := operatorSigns[name]; ok {
		return " " + sign + " "
	}
	if sign := cmp.Or(letterSigns[name], numberSets[name]); sign != "" {
		return sign + r.spaceAfterSign()
	}
	if accent, ok := accents[name]; ok {
		return accented(r.argument(), accent)
	}
	if wordCommands[name] {
		return name
	}
	return r.special(name)
}

func (r *texReader) skipSpace() {
	for r.at < len(r.source) && r.source[r.at] == ' ' {
		r.at++
	}
}

// spaceAfterSign reads the space after a letter's command and returns what remains of it. The
// space only ends the command, except where a writer would put one after any letter: before a
// relation or a function's name.
func (r *texReader) spaceAfterSign() string {
	start := r.at
	r.skipSpace()
	rest := r.source[r.at:]
	if r.at == start || rest == "" {
		return ""
	}
	isWord := rest[0] == '\\' && wordCommands[letters(rest[1:])]
	if isWord || strings.IndexByte("=<>+-*", rest[0]) >= 0 {
		return " "
	}
	return ""
}

// special reads the arguments of a command that stands for no sign.
func (r *texReader) special(name string) string {
	switch {
	case textCommands[name]:
		return formulaWords(r.raw())
	case delimiterSizes[name]:
		return r.sizedDelimiter()
	case unreadCommands[name]:
		r.raw()
		return ""
	case spaceCommands[name]:
		return " "
	case longArrows[name]:
		r.option()
		arrow := cmp.Or(longSigns[name], operatorSigns[name[1:]])
		return " " + arrow + "[" + r.argument() + "] "
	case styleCommands[name]:
		r.skipSpace()
		return "" // the argument that follows stands for itself
	}
	return r.composed(name)
}

// composed reads the arguments of a command with a rule of its own. Any other is its name.
func (r *texReader) composed(name string) string {
	switch name {
	case "frac", "dfrac", "tfrac", "cfrac":
		above, below := r.argument(), r.argument()
		return numerator(above) + fractionMark + grouped(below)
	case "binom", "dbinom", "tbinom":
		above, below := r.argument(), r.argument()
		return "C(" + above + ", " + below + ")"
	case "sqrt":
		degree := formulaText(r.option())
		root := map[string]string{"": "√", "2": "√", "3": "∛", "4": "∜"}[degree]
		if root == "" {
			root = scripted(degree, superscripts, "^") + "√"
		}
		return root + grouped(r.argument())
	case "ce", "pu":
		return chemistry(r.raw())
	case "mathbb":
		letter := r.argument()
		if sign, ok := blackboard[letter]; ok {
			return sign
		}
		return letter
	case "begin":
		return r.environment(r.raw())
	case "rule":
		r.option()
		r.raw()
		r.raw()
		return "__"
	case "not":
		return strings.TrimSpace(r.argument()) + "\u0338 "
	case "pmod":
		return " (mod " + r.argument() + ")"
	case "overset", "stackrel", "underset":
		over := r.argument()
		return r.argument() + "[" + over + "]"
	case "newcommand", "renewcommand", "providecommand":
		r.raw()
		r.option() // how many arguments
		r.option() // the value of the first one
		r.raw()
		return ""
	case "abs":
		return "|" + r.argument() + "|"
	case "norm":
		return "‖" + r.argument() + "‖"
	case "tag":
		return " (" + r.argument() + ")"
	case "textcolor":
		r.raw()
		return r.argument()
	}
	return name
}

// sizedDelimiter reads the delimiter after \left, \big and the like. A full stop is none.
func (r *texReader) sizedDelimiter() string {
	r.skipSpace()
	if strings.HasPrefix(r.source[r.at:], ".") {
		r.at++
		return ""
	}
	if r.at == len(r.source) {
		return ""
	}
	return strings.TrimSpace(r.atom())
}

// rowTidier removes the comma at the end of a row.
var rowTidier = strings.NewReplacer(" , ;", ";", " ,;", ";", ", ;", ";", ",;", ";")

// environment reads the rows of \begin{name}.
func (r *texReader) environment(name string) string {
	if name == "array" {
		r.option()
		r.raw()
	}
	if r.depth > maxFormulaNesting {
		return ""
	}
	rows := strings.Join(strings.Fields(r.until(name)), " ")
	rows = strings.Trim(rowTidier.Replace(rows), "; ")
	switch strings.TrimSuffix(name, "*") {
	case "pmatrix":
		return "(" + rows + ")"
	case "bmatrix", "Bmatrix":
		return "[" + rows + "]"
	case "vmatrix":
		return "|" + rows + "|"
	case "Vmatrix":
		return "‖" + rows + "‖"
	case "cases":
		return "{ " + rows
	}
	return rows
}

// script reads a superscript or subscript, after its mark.
func (r *texReader) script(mark byte) string {
	text := r.argument()
	space := ""
	if r.source[r.at-1] == ' ' { // it ends a command without an argument
		space = " "
	}
	if mark == '^' {
		return scripted(text, superscripts, "^") + space
	}
	return scripted(text, subscripts, "_") + space
}

// formulaWords returns the words of \text{…}, in which $…$ is a formula again.
func formulaWords(words string) string {
	return strings.NewReplacer("$", "", `\%`, "%", `\$`, "$", `\&`, "&", `\_`, "_", `\#`, "#", "~", " ", "{", "", "}", "").Replace(words)
}
