package answer

import (
	"regexp"
	"strings"
)

// A dollar in a formula that an amount follows belongs to the amount, as in $P = $20$: writers
// forget to escape it.

// maxAmounts is how many such dollars a formula may hold, and maxAmount how many bytes may follow
// each.
const (
	maxAmounts = 8
	maxAmount  = 100
)

// leadsToDollar matches text that ends in an operand and in a sign that needs another.
var leadsToDollar = regexp.MustCompile(`[A-Za-z\d)}\]|]['^*]*\s*(?:[=≈<>+(×−-]|\\(?:approx|times|cdot|leq?|geq?|lt|gt|sim|to)\b)[ (−-]*$`)

// closeAfterAmounts returns the dollar that closes the formula opened at open if the dollar at
// first begins an amount within it, and -1 otherwise.
func closeAfterAmounts(raw string, open, first int) int {
	if beginsAsNumber.MatchString(raw[open+1:first]) || !beginsAmount(raw, open, first) {
		return -1
	}
	at := first
	for range maxAmounts {
		length := strings.IndexByte(raw[at+1:min(len(raw), at+1+maxAmount)], '$')
		if length < 0 {
			return -1
		}
		text, end := raw[at+1:at+1+length], at+1+length
		if isEscaped(raw, end) || strings.Contains(text, "|") || nextLineBreak(text) >= 0 || isProse(text) {
			return -1
		}
		if !beginsAmount(raw, at, end) {
			if isSpace(text[length-1]) || goesOnAfter(raw[end+1:]) {
				return -1
			}
			return end
		}
		at = end
	}
	return -1
}

// beginsAmount reports whether the dollar at i begins an amount in the formula that holds the
// text after the one at before.
func beginsAmount(raw string, before, i int) bool {
	if i+1 == len(raw) || !isDigit(raw[i+1]) {
		return false
	}
	text := raw[before+1 : i]
	return leadsToDollar.MatchString(text) && nextLineBreak(text) < 0 && !isProse(text)
}

// goesOnAfter reports whether text begins like what another formula begins with.
func goesOnAfter(text string) bool {
	return text != "" && (isDigit(text[0]) || isLetter(text[0]) || strings.IndexByte(`^_\({`, text[0]) >= 0)
}

// escapeDollars returns the source of a formula with a backslash before each of its dollars.
func escapeDollars(source string) string {
	if strings.IndexByte(source, '$') < 0 {
		return source
	}
	var out strings.Builder
	for i := range len(source) {
		if source[i] == '$' && !isEscaped(source, i) {
			out.WriteByte('\\')
		}
		out.WriteByte(source[i])
	}
	return out.String()
}

var (
	endsInEquals = regexp.MustCompile(`\S\s*=$`)
	threeWords   = regexp.MustCompile(`^[A-Za-z]{2,}(?:,? [A-Za-z]{2,}){2,}$`)
)

// lostDollar checks a formula for signs that a dollar was meant as money.
func (f *problemFinder) lostDollar(source string) {
	if endsInEquals.MatchString(source) {
		f.add(`formula ends in =: %s: write \$ for the dollar of an amount`, shortened(source))
	}
	if threeWords.MatchString(source) {
		f.add(`formula consists of words: %s: write \$ for the dollar of an amount`, shortened(source))
	}
}
