package db

import (
	"context"
	"strconv"

	"quicktakes/content"
)

// searched is what a post is found by, folded.
type searched struct {
	title       string
	keywords    string
	description string
	answer      string
}

func searchedOf(p *content.Post, r *content.Rendered) *searched {
	return &searched{
		title:       content.Fold(r.Title.Text),
		keywords:    content.Fold(p.SEO.Keywords),
		description: content.Fold(p.SEO.Description),
		answer:      content.Fold(r.Answer.Text),
	}
}

// index lets searches find the listed post of a job under its number.
func (w *writer) index(ctx context.Context, number int64, j *job) error {
	w.countWords(vocabularyOf(j.searched.title, j.searched.keywords), 1)
	return w.exec(ctx, `
		INSERT INTO search (rowid, title, keywords, description, answer, subject)
		VALUES (?, ?, ?, ?, ?, ?)`,
		number, j.searched.title, j.searched.keywords, j.searched.description, j.searched.answer,
		subjectWord(j.post.SubjectSlug()))
}

// unindex lets searches find a post no more.
func (w *writer) unindex(ctx context.Context, r *row) error {
	if !r.listed {
		return nil
	}
	w.countWords(vocabularyOf(content.Fold(r.title), content.Fold(r.keywords)), -1)
	return w.exec(ctx, `DELETE FROM search WHERE rowid = ?`, r.number)
}

// subjectWord returns the one word under which the search index has a subject:
// digits, which the stemmer leaves alone.
func subjectWord(slug string) string {
	return strconv.FormatInt(textKey(slug), 10)
}
