package answer

// Markdown returns raw answer text as ordinary Markdown: with real line breaks,
// and formulas in LaTeX between $ or $$.
func Markdown(raw string) string {
	s := scan(raw)
	return expandPlaceholders(s.markdown, func(i int) string {
		formula := s.formulas[i].Formula
		if formula.Display {
			return "$$" + formula.Source + "$$"
		}
		return "$" + formula.Source + "$"
	})
}
