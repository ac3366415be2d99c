package content

import (
	"fmt"

	"quicktakes/content/answer"
)

// Rendered is what readers see of a post's Markdown. It is made once, when the
// post is loaded.
type Rendered struct {
	Title    answer.Title
	Question answer.Title
	Answer   answer.Answer // the answer, followed by the body if there is one
}

// Render renders the post's title, question, answer and body.
func (p *Post) Render(renderer *answer.Renderer) (*Rendered, error) {
	title, err := renderer.Title(p.Title)
	if err != nil {
		return nil, fmt.Errorf("render %s: title: %w", p.File, err)
	}
	question := title
	if p.Question != p.Title {
		if question, err = renderer.Title(p.Question); err != nil {
			return nil, fmt.Errorf("render %s: question: %w", p.File, err)
		}
	}
	rendered, err := renderer.Answer(p.markdown())
	if err != nil {
		return nil, fmt.Errorf("render %s: answer: %w", p.File, err)
	}
	return &Rendered{Title: title, Question: question, Answer: *rendered}, nil
}

// CountFailed returns how many formulas of the post, rendered as r, cannot be read. Those of a
// question that equals the title count once.
func (p *Post) CountFailed(r *Rendered) int {
	count := len(r.Title.Failed) + len(r.Answer.Failed)
	if p.Question != p.Title {
		count += len(r.Question.Failed)
	}
	return count
}

// markdown returns the answer, followed by the body if there is one.
func (p *Post) markdown() string {
	if p.Body == "" {
		return p.Answer
	}
	return p.Answer + "\n\n" + p.Body
}
