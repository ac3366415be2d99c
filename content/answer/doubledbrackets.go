package answer

import (
	"regexp"
	"strings"
)

// doubledBrackets finds formulas in \\(…\\) and \\[…\\]: programs write them so in JSON, and
// writers for other sites, whose Markdown takes one of the backslashes. As \\( could be meant
// literally, at least one of them in a text must hold a well-known command.
type doubledBrackets struct {
	raw           string
	blank         *finder // finds blank lines
	round, square *finder // find the closing brackets
	opening       *finder // finds \\(
	asked, areIn  bool    // whether there are any, once asked
}

func newDoubledBrackets(raw string, blank *finder) *doubledBrackets {
	find := func(bracket string) *finder { return &finder{text: raw, find: index(bracket)} }
	return &doubledBrackets{raw: raw, blank: blank, round: find(`\\)`), square: find(`\\]`), opening: find(`\\(`)}
}

var doubledBracket = regexp.MustCompile(`(?s)(?:^|[^\\])\\\\(?:\(.*?\\\\\)|\[.*?\\\\\])`)

// formula returns the formula that length backslashes at i open, or a zero piece if there is
// none. It must be called from left to right.
func (d *doubledBrackets) formula(i, length int) piece {
	if length != 2 || !strings.HasPrefix(d.raw[i+2:], "(") && !strings.HasPrefix(d.raw[i+2:], "[") {
		return piece{}
	}
	if !d.asked {
		d.asked = true
		for _, found := range doubledBracket.FindAllString(d.raw, -1) {
			d.areIn = d.areIn || holdsKnownCommand(found)
		}
	}
	if !d.areIn {
		return piece{}
	}
	const bracket = len(`\\(`)
	p := piece{start: i, display: d.raw[i+2] == '[', delimiter: bracket}
	end := d.round.from(i + bracket)
	if p.display {
		end = d.square.from(i + bracket)
	} else if d.opening.from(i+bracket) < end {
		return piece{}
	}
	if end == len(d.raw) || d.blank.from(i) < end || strings.TrimSpace(d.raw[i+bracket:end]) == "" {
		return piece{}
	}
	p.end = end + bracket
	return p
}

// holdsKnownCommand reports whether LaTeX holds a common command.
func holdsKnownCommand(source string) bool {
	for _, command := range commands.FindAllString(source, -1) {
		if isKnownCommand(command[1:]) && !strings.HasPrefix(command, `\n`) {
			return true
		}
	}
	return false
}
