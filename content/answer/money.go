package answer

import (
	"regexp"
	"strings"
)

// findDollarPairs returns the formulas between single dollars that lie outside
// the given pieces. A dollar pairs with the next one in the same block; if the text
// between them is not a formula, the first is money and the second may open one.
func findDollarPairs(raw string, pieces []piece) []piece {
	var pairs []piece
	open, openPiece := -1, -1
	next := 0 // of pieces
	inTable := beginsRow(raw)
	for i := 0; i < len(raw); i++ {
		if next < len(pieces) && i == pieces[next].start {
			i = pieces[next].end - 1
			next++
			continue
		}
		if length := lineBreak(raw[i:]); length > 0 {
			inTable = beginsRow(raw[i+length:])
		}
		if raw[i] != '$' || isEscaped(raw, i) {
			continue
		}
		if open >= 0 && openPiece == next && !(inTable && holdsCellEnd(raw, open, i)) {
			limit := len(raw)
			if next < len(pieces) {
				limit = pieces[next].start
			}
			end := closeAfterAmounts(raw[:limit], open, i)
			if end < 0 && isFormula(raw, open, i) {
				end = i
			}
			if end >= 0 {
				pairs = append(pairs, piece{start: open, end: end + 1, delimiter: 1})
				open, i = -1, end
				continue
			}
		}
		open, openPiece = i, next
	}
	return pairs
}

// beginsRow reports whether a line is a row of a table.
func beginsRow(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t>"), "|") }

// isEscaped reports whether the byte at i follows an odd number of backslashes.
func isEscaped(text string, i int) bool {
	start := i
	for start > 0 && text[start-1] == '\\' {
		start--
	}
	return (i-start)%2 == 1
}

var (
	// A block ends here: a blank line, a list item, a heading, a table row.
	blockEnd = regexp.MustCompile(`(?:\\n|\n)[ \t]*(?:\\n|\n|\* |\d+[.)] |#{1,6} |\|)`)
	// A list item or a term of a formula begins here.
	signedLine = regexp.MustCompile(`(?:\\n|\n)[ \t]*[-+] `)

	// A single bar between two cells, unlike the bars of P(A|B), |\psi\rangle and f|_0.
	loneBar = regexp.MustCompile(`^[^|\\(\[{]*\|(?:[^|\\_][^|\\]*)?$`)

	// The column of a spreadsheet cell, before the dollar of its row: $B$1.
	namesColumn = regexp.MustCompile(`\$[A-Z]{1,3}$`)

	beginsAsNumber   = regexp.MustCompile(`^ ?[-−+(~]? ?\.?\d`)
	beginsAsAmount   = regexp.MustCompile(`^ ?\d`)
	namesCurrency    = regexp.MustCompile(`(?:^|[^A-Za-z\\])(?:US|USD|C|CA|CAD|Can|A|AU|NZ|HK|S|R)$`)
	beginsAsSentence = regexp.MustCompile(`^[,.;:]? ?(?:and|is|where|to|or|for|per)\b`)

	isRelation = regexp.MustCompile(`^\s*[<>=≈]\s*$`)

	// The text between two dollars that are money: in $ 5 - $ 6, $5/$x$, 5$, 6$ and
	// $1 = €0.9; 1$.
	leadsToAmount = regexp.MustCompile(`^ \d[\d\s.,%()KMBkm*/+=<>≈×÷−–—-]*[-+*/=<>≈×÷−–—,;:.&(]\s*$`)
	leadsToRatio  = regexp.MustCompile(`^ ?\d[\d.,]*[*_]*/[*_]*$`)
	leavesAmount  = regexp.MustCompile(`^ ?(?:[=<>≈,;:.] ?[^A-Za-z\\ ]|[，、。；：？！،؛])`)
	namesRate     = regexp.MustCompile(`^[^\\]*[€£¥₹][^\\]*[^€£¥₹\\\s]$`)
)

// isFormula reports whether the dollars at open and end enclose a formula.
func isFormula(raw string, open, end int) bool {
	inner := raw[open+1 : end]
	if strings.TrimSpace(inner) == "" || nextLineBreak(inner) >= 0 && holdsBlockEnd(inner) {
		return false
	}
	if open > 0 && isDigit(raw[open-1]) && leavesAmount.MatchString(inner) {
		return false
	}
	isNumber := beginsAsNumber.MatchString(inner)
	if isNumber || !isRelation.MatchString(inner) && !holdsLaTeX(inner) {
		closesAfterSpace := isSpace(inner[len(inner)-1]) && !strings.HasSuffix(inner, `\ `)
		if closesAfterSpace && !isSpace(inner[0]) { // $HOME or $PATH, $600 - $
			return false
		}
		if end+1 < len(raw) && isDigit(raw[end+1]) { // $10-$12
			return false
		}
	}
	if !isNumber {
		return !beginsAsSentence.MatchString(inner)
	}
	if isForeignAmount(raw, open) || isForeignAmount(raw, end) { // US$ 5
		return false
	}
	if leadsToAmount.MatchString(inner) && beginsAsAmount.MatchString(raw[end+1:]) {
		return false
	}
	if isProse(inner) || !holdsLaTeX(inner) && isOtherProse(inner, raw[end+1:]) || leadsToRatio.MatchString(inner) || namesRate.MatchString(inner) {
		return false
	}
	return !namesColumn.MatchString(raw[max(0, open-4):open])
}

// holdsLaTeX reports whether text holds a command or a superscript, which amounts and the
// names in programs never do.
func holdsLaTeX(text string) bool {
	for i, c := range text {
		name := ""
		if c == '\\' {
			name = letters(text[i+1:])
		}
		if c == '^' || name != "" && (name[0] != 'n' || commandsWithN[name]) {
			return true
		}
	}
	return false
}

// holdsBlockEnd reports whether the text between two dollars extends over several blocks.
func holdsBlockEnd(inner string) bool {
	return blockEnd.MatchString(inner) ||
		signedLine.MatchString(inner) && (isSpace(inner[len(inner)-1]) || word.MatchString(withoutLaTeX(inner)))
}

// holdsCellEnd reports whether the dollars at open and end, in a row of a table, belong to
// different cells.
func holdsCellEnd(raw string, open, end int) bool {
	fillsCell := strings.HasSuffix(strings.TrimRight(raw[:open], " \t"), "|") &&
		strings.HasPrefix(strings.TrimLeft(raw[end+1:], " \t"), "|")
	return loneBar.MatchString(raw[open+1:end]) && !fillsCell
}

// isForeignAmount reports whether the dollar at i follows the letters of a country, as in
// US$ 5, and stands before an amount.
func isForeignAmount(raw string, i int) bool {
	return beginsAsAmount.MatchString(raw[i+1:]) && namesCurrency.MatchString(raw[max(0, i-4):i])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

var (
	wordsOfFormula = regexp.MustCompile(`\\(?:text|textrm|textbf|textit|mathrm|mathbf|mathit|mathsf|mbox|operatorname|ce)\s*\{[^{}]*\}`)
	breaksOfLine   = regexp.MustCompile(`\\n([ \t]|\\n|$)`)
	commands       = regexp.MustCompile(`\\[A-Za-z]+`)
	scripts        = regexp.MustCompile(`[_^]\s*\{[^{}]*\}`)
	word           = regexp.MustCompile(`[A-Za-z]{2,}`)
	twoWords       = regexp.MustCompile(`[A-Za-z]{2,}[,;:]?\s+[A-Za-z]{2,}`)
	smallWord      = regexp.MustCompile(`(?:^|[^A-Za-z])(?:and|the|to|per|for|with|from|of|in|is|or|million|billion|trillion|thousand|each|would|if|by|at|on)(?:[^A-Za-z(]|$)`)
)

// isProse reports whether text, apart from the words that a formula may hold,
// reads as a sentence.
func isProse(text string) bool {
	text = withoutLaTeX(text)
	return twoWords.MatchString(text) || smallWord.MatchString(text)
}

// otherLetter matches a letter of a script other than Latin and Greek, which formulas consist of.
const otherLetter = `(?:(?:[^\P{L}\p{Latin}\p{Greek}\p{Common}]|ー)\p{M}*)`

var (
	otherPause   = regexp.MustCompile(otherLetter + `[，、。；：？！،؛]|[，、。；：？！،؛]\s*` + otherLetter + `|[，、。；：،؛]\s*$`)
	otherWords   = regexp.MustCompile(otherLetter + `{2}[,;:.]?\s+` + otherLetter)
	otherWord    = regexp.MustCompile(otherLetter)
	opensFormula = regexp.MustCompile(`^(?:[A-Za-z]|\\[^n])`)
)

// isOtherProse is isProse for other scripts than Latin, given what follows the text and a dollar.
// One word may be a unit, as in $5 км$, unless the dollar opens a formula: in scripts without
// spaces, it may be a sentence.
func isOtherProse(text, after string) bool {
	text = withoutLaTeX(text)
	return otherPause.MatchString(text) || otherWords.MatchString(text) ||
		otherWord.MatchString(text) && opensFormula.MatchString(after)
}

// withoutLaTeX returns text without commands and without the words that a formula may hold.
func withoutLaTeX(text string) string {
	text = wordsOfFormula.ReplaceAllString(text, " ")
	text = breaksOfLine.ReplaceAllString(text, " $1")
	text = commands.ReplaceAllString(text, " ")
	return scripts.ReplaceAllString(text, " ")
}
