package answer

import (
	"regexp"
	"strings"
)

// commandsWithN are the LaTeX commands that begin with n, including those that the engine
// lacks: their formulas are shown as source. In a formula, \n with the rest of such a word is
// the command, not a line break.
var commandsWithN = setOf(`nabla napprox nasymp natnums natural ncong ne nearrow neg negmedspace
	negthickspace negthinspace neq nequiv neswarrow newcommand newline nexists ngeq
	ngeqq ngeqslant ngtr ngtrsim ni nicefrac nLeftarrow nleftarrow nLeftrightarrow
	nleftrightarrow nleq nleqq nleqslant nless nlesssim nmid nobreak nobreakspace
	nolimits nolinebreak nonscript nonumber norm normalfont normalsize not notag
	notin notni nparallel nprec npreccurlyeq npreceq nprecsim nRightarrow
	nrightarrow nshortmid nshortparallel nsim nsimeq nsqsubset nsqsubseteq
	nsqsupset nsqsupseteq nsubset nsubseteq nsubseteqq nsucc nsucccurlyeq nsucceq
	nsuccsim nsupset nsupseteq nsupseteqq ntriangleleft ntrianglelefteq
	ntrianglelefteqslant ntriangleright ntrianglerighteq ntrianglerighteqslant nu
	nVDash nVdash nvDash nvdash nwarrow nwsearrow`)

// documentCommandsWithN are the commands that begin with n only in LaTeX documents.
var documentCommandsWithN = setOf(`name nameref newacronym newblock newbox newcolumntype newcount newcounter newdimen
	newenvironment newfloat newfont newfontfamily newgeometry newglossaryentry newif newlabel
	newlength newlist newpage newpagestyle newread newsavebox newskip newtcolorbox newtheorem newtheoremstyle newtoks
	newwrite noalign nobibliography
	nocite node nodepart noexpand nofiles noindent nointerlineskip nonfrenchspacing nonstopmode nopagebreak normalcolor
	normalmarginpar note nth null nullfont num number numberline numberwithin numlist numrange`)

// isDocumentCommandWithN reports whether name, which begins with n, is that of a command of
// formulas or documents.
func isDocumentCommandWithN(name string) bool {
	return commandsWithN[name] || documentCommandsWithN[name]
}

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// letters returns the letters that text begins with.
func letters(text string) string {
	n := 0
	for n < len(text) && isLetter(text[n]) {
		n++
	}
	return text[:n]
}

// forgotten matches commands such as \nabla outside of dollars, which the writer forgot: they
// stay commands. \neq and \neg count only between spaces: elsewhere a new line that begins
// with "eq" or "eg" is more likely.
var forgotten = regexp.MustCompile(`\\n(?:abla|otin)\b|(?:^|\s)\\ne[qg](?:\s|$)`)

// unescapeWords returns text from outside code and formulas with each \n as a line break.
func unescapeWords(text string) string {
	// Nearly all texts have none, and looking for the words takes a fraction of the time
	// that the expression takes.
	if !strings.Contains(text, `\ne`) && !strings.Contains(text, `\nabla`) && !strings.Contains(text, `\notin`) {
		return strings.ReplaceAll(text, `\n`, "\n")
	}
	var out strings.Builder
	end := 0
	for _, at := range forgotten.FindAllStringIndex(text, -1) {
		out.WriteString(strings.ReplaceAll(text[end:at[0]], `\n`, "\n"))
		out.WriteString(text[at[0]:at[1]])
		end = at[1]
	}
	out.WriteString(strings.ReplaceAll(text[end:], `\n`, "\n"))
	return out.String()
}

// closerOnOwnLine matches a display formula whose closing delimiter stands on a
// line of its own.
var closerOnOwnLine = regexp.MustCompile(`(?:\\n|\n)[ \t]*$`)

// unescapeMath returns the source of a formula, given what stands between its
// delimiters.
func unescapeMath(inner string, display bool) string {
	return unescapeLaTeX(inner, IsCommandWithN, display)
}

// unescapeLaTeX is unescapeMath for LaTeX in which the commands that begin with n are those
// that isCommand reports.
func unescapeLaTeX(inner string, isCommand func(name string) bool, display bool) string {
	if !strings.Contains(inner, `\n`) {
		return inner
	}
	var out strings.Builder
	for i := 0; i < len(inner); {
		if inner[i] != '\\' {
			out.WriteByte(inner[i])
			i++
			continue
		}
		length := runLength(inner, i)
		after := i + length
		if after < len(inner) && inner[after] == 'n' {
			word := letters(inner[after:])
			switch {
			case length > 1: // \\ ends a row, and the rest is a line break
				out.WriteString(inner[i : after-1])
			case isCommand(word) && !beginsLine(inner, i, display):
				out.WriteString(inner[i : after+len(word)])
				i = after + len(word)
				continue
			}
			out.WriteByte('\n')
			i = after + 1
			continue
		}
		if length%2 == 1 && after < len(inner) {
			after++ // the character that the last backslash belongs to
		}
		out.WriteString(inner[i:after])
		i = after
	}
	return out.String()
}

// beginsLine reports whether the \n at i is a line break whatever letters follow: whether it
// comes right after the opening of a display formula whose delimiters have lines of their
// own, or right after \begin{…} with its argument.
func beginsLine(inner string, i int, display bool) bool {
	before := inner[:i]
	if strings.Trim(before, " \t") == "" {
		return display && closerOnOwnLine.MatchString(inner)
	}
	const maxBegin = 80
	before = before[max(0, len(before)-maxBegin):]
	return strings.HasSuffix(before, "}") && afterBegin.MatchString(before)
}

var afterBegin = regexp.MustCompile(`\\begin\{[a-z*]+\}(?:\{[^{}]*\})?$`)
