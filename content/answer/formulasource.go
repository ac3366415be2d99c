package answer

// formulaSource returns the source of a formula, given the text between its delimiters.
func formulaSource(inner string, p piece) string {
	source := unescapeMath(inner, p.display)
	if p.delimiter == 1 {
		source = escapeDollars(source)
	}
	return source
}
