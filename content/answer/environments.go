package answer

import (
	"regexp"
	"strings"
)

// MathJax reads the display environments of LaTeX without dollars around them, and so do these
// posts.

var (
	beginOfDisplay = regexp.MustCompile(`\\begin\{((?:flalign|align|equation|gather|multline|eqnarray)\*?)\}`)
	// signOfFormula matches what a formula in an environment holds, unlike words about one.
	signOfFormula = regexp.MustCompile(`[\d=&^_+<>\\]`)
)

// arrays replaces environments that the engine lacks with those that look like them.
var arrays = strings.NewReplacer(
	`\begin{eqnarray}`, `\begin{array}{rcl}`, `\end{eqnarray}`, `\end{array}`,
	`\begin{eqnarray*}`, `\begin{array}{rcl}`, `\end{eqnarray*}`, `\end{array}`,
	`\begin{flalign}`, `\begin{align}`, `\end{flalign}`, `\end{align}`,
	`\begin{flalign*}`, `\begin{align*}`, `\end{flalign*}`, `\end{align*}`,
)

// withEnvironments returns the pieces of raw, which are in order, with its environments. An
// environment takes the place of the pieces within it, but is part of a piece around it.
func withEnvironments(raw string, pieces []piece) []piece {
	environments := findEnvironments(raw)
	if len(environments) == 0 {
		return pieces
	}
	all := make([]piece, 0, len(pieces)+len(environments))
	next := 0 // of pieces
	for _, e := range environments {
		for next < len(pieces) && pieces[next].end <= e.start {
			all = append(all, pieces[next])
			next++
		}
		after := next
		for after < len(pieces) && e.start <= pieces[after].start && pieces[after].end <= e.end {
			after++
		}
		if after == len(pieces) || pieces[after].start >= e.end {
			all = append(all, e)
			next = after
		}
	}
	return append(all, pieces[next:]...)
}

// findEnvironments finds display environments, in order. They do not overlap.
func findEnvironments(raw string) []piece {
	var found []piece
	ends := map[string]*finder{}
	for at := 0; ; {
		m := beginOfDisplay.FindStringSubmatchIndex(raw[at:])
		if m == nil {
			return found
		}
		start, inner, closing := at+m[0], at+m[1], `\end{`+raw[at+m[2]:at+m[3]]+"}"
		at = inner
		if ends[closing] == nil {
			ends[closing] = &finder{text: raw, find: index(closing)}
		}
		end := ends[closing].from(inner)
		if isEscaped(raw, start) || end == len(raw) || !signOfFormula.MatchString(raw[inner:end]) {
			continue
		}
		at = end + len(closing)
		found = append(found, piece{start: start, end: at, display: true})
	}
}
