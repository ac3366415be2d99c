package answer

import (
	"regexp"
	"strings"
)

// fence is a fenced block of code, as offsets into the raw text.
type fence struct {
	start    int // of the opening marks
	body     int // of the line break after the opening line
	bodyEnd  int // of the line break before the closing marks
	end      int // of the closing marks
	prefix   string
	marks    string
	language string
}

var (
	fenceOpening = regexp.MustCompile("^((?:[ \t]|>|[-*+][ \t]+|[0-9]{1,9}[.)][ \t]+)*)(`{3,}|~{3,})([^`]*)$")
	fenceClosing = regexp.MustCompile("^[ \t>]*(`{3,}|~{3,})[ \t]*$")
)

// findFences returns the fenced code blocks of raw text. A block that is never closed ends
// with the text.
func findFences(raw string) []fence {
	if !strings.Contains(raw, "```") && !strings.Contains(raw, "~~~") {
		return nil
	}
	var fences []fence
	var open *fence
	var start int // of the next line
	for lineStart := 0; lineStart <= len(raw); lineStart = start {
		lineEnd, breakLength := len(raw), 1
		if at := nextLineBreak(raw[lineStart:]); at >= 0 {
			lineEnd = lineStart + at
			breakLength = lineBreak(raw[lineEnd:])
		}
		start = lineEnd + breakLength
		line := raw[lineStart:lineEnd]
		if open == nil {
			if m := fenceOpening.FindStringSubmatch(line); m != nil {
				open = &fence{
					start: lineStart + len(m[1]), body: lineEnd,
					prefix: m[1], marks: m[2], language: strings.TrimSpace(m[3]),
				}
			}
			continue
		}
		m := fenceClosing.FindStringSubmatch(line)
		if m != nil && m[1][0] == open.marks[0] && len(m[1]) >= len(open.marks) {
			open.bodyEnd, open.end = max(open.body, lineStart-lastBreak(raw, lineStart)), lineEnd
			fences = append(fences, *open)
			open = nil
		}
	}
	if open != nil {
		open.bodyEnd, open.end = len(raw), len(raw)
		fences = append(fences, *open)
	}
	return fences
}

// lastBreak returns the length of the line break that ends at end.
func lastBreak(raw string, end int) int {
	if raw[end-1] == '\n' {
		return 1
	}
	return 2
}

// fence writes a code block. It indents each line at least as far as the opening marks: a
// line with less would end the list item that holds the block.
func (s *scanner) fence(raw string, f fence) {
	s.noteBreaks(raw[f.start:f.end])
	s.out.WriteString(f.marks)
	s.out.WriteString(f.language)
	code := raw[f.body:f.bodyEnd]
	if strings.HasPrefix(code, `\n`) { // else its lines are real and each \n is its own
		code = unescapeCode(code, languageOf(f.language))
	}
	indent := strings.Repeat(" ", len(f.prefix))
	if strings.Contains(f.prefix, ">") {
		indent = ""
	}
	first := true
	for line := range strings.SplitSeq(code, "\n") {
		if !first {
			s.out.WriteByte('\n')
			s.indented(line, indent)
		}
		first = false
	}
	if f.bodyEnd == f.end {
		return
	}
	s.out.WriteByte('\n')
	s.indented(strings.TrimSpace(raw[f.bodyEnd+lineBreak(raw[f.bodyEnd:]):f.end]), indent)
}

// indented writes line with at least the given indent.
func (s *scanner) indented(line, indent string) {
	content := strings.TrimLeft(line, " ")
	if len(line)-len(content) < len(indent) && strings.TrimSpace(content) != "" {
		s.out.WriteString(indent)
		line = content
	}
	s.out.WriteString(line)
}

// unescapeCode returns code with real line breaks. A \n is a line break unless it is inside a
// string literal.
func unescapeCode(code string, in language) string {
	if in.family == latexFamily {
		// What begins with \n, the end of the opening line, is never a command.
		return "\n" + unescapeLaTeX(code[len(`\n`):], isDocumentCommandWithN, false)
	}
	var out strings.Builder
	out.Grow(len(code))
	for i := 0; i < len(code); {
		length := 1
		switch c := code[i]; {
		case strings.HasPrefix(code[i:], `\n`):
			out.WriteByte('\n')
			i += 2
			continue
		case strings.HasPrefix(code[i:], `\\n`): // a backslash that ends its line
			out.WriteString("\\\n")
			i += 3
			continue
		case c == '\\' && i+1 < len(code) && code[i+1] != '\\':
			length = 2
		case in.beginsComment(code, i):
			if length = strings.Index(code[i:], `\n`); length < 0 {
				length = len(code) - i
			}
		case strings.HasPrefix(code[i:], `"""`), strings.HasPrefix(code[i:], `'''`):
			length = tripleQuoted(code[i:])
			out.WriteString(strings.ReplaceAll(code[i:i+length], `\n`, "\n"))
			i += length
			continue
		case c == '/' && in.regexLength(code, i) > 0:
			length = in.regexLength(code, i)
		case c == '\'' && in.awkProgram(code, i) != "":
			program := in.awkProgram(code, i)
			out.WriteString("'" + unescapeCode(program, languages["awk"]) + "'")
			i += len(program) + len("''")
			continue
		case c == '"', c == '\'' && in.singleQuotes == stringQuotes && !in.isApostrophe(code, i):
			length = max(1, quoted(code[i:]))
			if c == '\'' && in.names == "" && quotesSymbols(code[i:], length) {
				length = 1
			}
		case c == '\'' && in.singleQuotes == characterQuotes && !in.isApostrophe(code, i):
			length = max(1, len(quotedCharacter.FindString(code[i:])))
		}
		out.WriteString(code[i : i+length])
		i += length
	}
	return out.String()
}

// beginsComment reports whether a comment begins at i.
func (l language) beginsComment(code string, i int) bool {
	for _, mark := range l.comments {
		if !strings.HasPrefix(code[i:], mark) {
			continue
		}
		switch {
		case mark == "#": // not a part of a word such as C# or $#
			return i == 0 || isSpace(code[i-1]) || strings.HasSuffix(code[:i], `\n`)
		case mark == "//" && i > 0 && code[i-1] == ':': // https://
			return false
		}
		return true
	}
	return false
}

// isApostrophe reports whether the single quote at i is an apostrophe or a prime: whether it
// follows a bracket, or a word that is not the prefix of a literal.
func (l language) isApostrophe(code string, i int) bool {
	start := i - len(lastWord(code[:i]))
	if start == i {
		return i > 0 && (code[i-1] == ')' || code[i-1] == ']')
	}
	if l.family == shellFamily && optionBefore.MatchString(code[max(0, start-len(`\n-`)):start]) {
		return false // awk -F'|'
	}
	if l.prefixes[strings.ToLower(code[start:i])] && i+1 < len(code) {
		next := code[i+1]
		return l.names == "" && !isLetter(next) && next != '{' // a derivative: f'(x) = f' + 1
	}
	return true
}

// optionBefore matches the hyphen that makes the word behind it an option.
var optionBefore = regexp.MustCompile(`(?:^|\s|\\n)-$`)

var quotedCharacter = regexp.MustCompile(`^'(?:[^\\']|\\[^ux0-9]|\\[ux0-9][^\s']{1,8})'`)

// tripleQuoted returns the length of the literal that begins with three quotes.
func tripleQuoted(code string) int {
	end := strings.Index(code[3:], code[:3])
	if end < 0 {
		return len(code)
	}
	return end + 6
}

// maxBreaks is how many line breaks a literal may hold. One with more is taken for none: its
// first mark means something else.
const maxBreaks = 3

// quoted returns the length of the string literal that code begins with, or 0 if its quote
// is not closed within maxBreaks line breaks.
func quoted(code string) int {
	breaks := 0
	for i := 1; i < len(code) && breaks <= maxBreaks; i++ {
		switch code[i] {
		case '\\':
			if i++; i < len(code) && code[i] == 'n' {
				breaks++
			}
		case code[0]:
			return i + 1
		}
	}
	return 0
}

// quotesSymbols reports whether the quotes at both ends of a supposed literal of this length
// begin Lisp symbols instead, as in 'a)\n(f 'b.
func quotesSymbols(code string, length int) bool {
	return strings.Contains(code[:length], `\n`) && length < len(code) && (isLetter(code[length]) || code[length] == '(')
}
