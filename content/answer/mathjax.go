package answer

import "html"

// MathJax returns raw answer text as safe HTML for programs that typeset formulas themselves:
// a formula is LaTeX between \( and \), a display formula between \[ and \]
// (https://docs.mathjax.org/en/latest/input/tex/delimiters.html). Otherwise it is what
// Standalone makes of an Answer, but headings keep their levels and code has no colours.
func MathJax(raw, origin string) string {
	s := scan(raw)
	document, source := parseAnswer(portableParser(), s)
	joinLinesOf(document, source)
	w := &htmlWriter{source: source, scanned: s, forMathJax: true}
	w.out.Grow(2 * len(source))
	w.node(document)
	return Standalone(w.out.String(), origin)
}

// mathJax returns a formula as HTML for MathJax.
func mathJax(f Formula) string {
	source := html.EscapeString(f.Source)
	if f.Display {
		return `\[` + source + `\]`
	}
	return `\(` + source + `\)`
}
