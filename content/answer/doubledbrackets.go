package answer

import (
	"regexp"
	"strings"
)

// doubledBrackets finds formulas in \\(…\\) and \\[…\\]: programs write them so in JSON, and
// writers for other sites, whose Markdown takes one of the backslashes. As \\( could be meant
// literally, at least one of them in a text must hold a well-known command, and none is a
// formula if it holds only words.
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

// formula returns the formula that length backslashes at i open, or a zero piece if there is
// none. It must be called from left to right.
func (d *doubledBrackets) formula(i, length int) piece {
	p := d.bracketed(i, length)
	if p.end == 0 {
		return p
	}
	if !d.asked {
		d.asked, d.areIn = true, holdsDoubledCommand(d.raw)
	}
	if !d.areIn {
		return piece{}
	}
	return p
}

// onlyWords matches words of prose. Letters of formulas and of triangles are none.
var onlyWords = regexp.MustCompile(`^\s*(?:and|or|\pL\p{Ll}{3,}|\pL\p{Ll}{2,}(?:\s+\pL\p{Ll}{2,})+)\s*$`)

// bracketed is formula for a text that may have no command in its brackets.
func (d *doubledBrackets) bracketed(i, length int) piece {
	if length != 2 || !strings.HasPrefix(d.raw[i+2:], "(") && !strings.HasPrefix(d.raw[i+2:], "[") {
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
	if end == len(d.raw) || d.blank.from(i) < end {
		return piece{}
	}
	if inner := d.raw[i+bracket : end]; strings.TrimSpace(inner) == "" || onlyWords.MatchString(inner) {
		return piece{}
	}
	p.end = end + bracket
	return p
}

// holdsDoubledCommand reports whether one of the doubled brackets of raw holds a well-known command.
func holdsDoubledCommand(raw string) bool {
	d := newDoubledBrackets(raw, &finder{text: raw, find: blankLine})
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			i++
			continue
		}
		length := runLength(raw, i)
		p := d.bracketed(i, length)
		if p.end == 0 {
			i += length
			continue
		}
		if holdsKnownCommand(raw[p.start:p.end]) {
			return true
		}
		i = p.end
	}
	return false
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
