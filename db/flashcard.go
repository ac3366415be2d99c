package db

import (
	"context"

	"quicktakes/content"
)

// FlashcardsPageSize is the number of cards on a page of a subject's flashcards.
const FlashcardsPageSize = 20

// FlashcardsPage is one page of a subject's listed posts as flashcards, newest first.
type FlashcardsPage struct {
	Subject content.Subject
	Cards   []content.Flashcard
	Page    int // from 1
	Pages   int // at least 1
}

// FlashcardsPage returns a page of a subject's flashcards. The error is ErrNotFound
// if there is no such subject or page, or the subject has no listed posts.
func (s *Store) FlashcardsPage(ctx context.Context, slug string, page int) (*FlashcardsPage, error) {
	return read(ctx, s, "flashcards of "+slug, func(snap *snapshot) (result *FlashcardsPage, err error) {
		result = &FlashcardsPage{Page: page}
		if result.Subject, err = readSubject(ctx, snap, slug); err != nil {
			return nil, err
		}
		result.Pages = pagesOf(result.Subject.Count, FlashcardsPageSize)
		if page < 1 || page > result.Pages || result.Subject.Count == 0 {
			return nil, ErrNotFound
		}
		numbers, args, err := s.page(ctx, snap, subjectList, slug, page, FlashcardsPageSize, result.Subject.Count)
		if err != nil {
			return nil, err
		}
		result.Cards, err = collect(ctx, snap, scanFlashcard, `
			SELECT `+linkColumns+`, details.answer_text
			FROM posts AS p
			JOIN details ON details.post = p.number
			WHERE number IN (`+numbers+`)
			ORDER BY date DESC, id DESC, path DESC`, args...)
		return result, err
	})
}

func scanFlashcard(row scanner) (content.Flashcard, error) {
	var card content.Flashcard
	err := scanLinkAnd(row, &card.Link, &card.Answer)
	return card, err
}
