package content

import "quicktakes/content/answer"

// fieldProblem is what is wrong with a field.
type fieldProblem struct {
	name    string
	problem string
}

// textProblems finds what readers will not see of a post's Markdown.
func (d *document) textProblems(renderer *answer.Renderer) []fieldProblem {
	var found []fieldProblem
	add := func(name string, problems []string) {
		for _, problem := range problems {
			found = append(found, fieldProblem{name, problem})
		}
	}
	p := d.post
	add("title", renderer.TitleProblems(p.Title))
	if p.Question != p.Title {
		add("question", renderer.TitleProblems(p.Question))
	}
	add("answer", renderer.Problems(p.markdown()))
	return found
}
