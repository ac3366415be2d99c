package db

import (
	"context"
	"time"

	"quicktakes/content"
)

// FeedEntry is what a feed says about a post.
type FeedEntry struct {
	content.Link
	Author   string
	Text     string    // of the answer
	Modified time.Time // when the post's content last changed, never before Date
}

// maxFeed bounds the entries of a feed.
const maxFeed = 50

// Newest returns the newest listed posts of the library; with primary, only the
// first of those with the same question and answer.
func (s *Store) Newest(ctx context.Context, primary bool) ([]FeedEntry, error) {
	return read(ctx, s, "newest posts", func(snap *snapshot) ([]FeedEntry, error) {
		return readFeed(ctx, snap, primary, "listed")
	})
}

// NewestOf returns a subject and its newest listed posts, as Newest does. The error
// is ErrNotFound if there is no such subject.
func (s *Store) NewestOf(ctx context.Context, slug string, primary bool) (content.Subject, []FeedEntry, error) {
	var subject content.Subject
	entries, err := read(ctx, s, "newest posts of "+slug, func(snap *snapshot) (_ []FeedEntry, err error) {
		if subject, err = readSubject(ctx, snap, slug); err != nil {
			return nil, err
		}
		return readFeed(ctx, snap, primary, "listed AND subject = ?", slug)
	})
	return subject, entries, err
}

func readFeed(ctx context.Context, snap *snapshot, primary bool, condition string, args ...any) ([]FeedEntry, error) {
	if primary {
		condition += " AND " + isPrimary
	}
	return collect(ctx, snap, scanFeedEntry, `
		SELECT `+linkColumns+`, details.author, details.answer_text, p.modified
		FROM posts AS p
		CROSS JOIN details ON details.post = p.number
		WHERE `+condition+`
		ORDER BY date DESC, id DESC, path DESC
		LIMIT ?`, append(args, maxFeed)...)
}

func scanFeedEntry(row scanner) (FeedEntry, error) {
	var e FeedEntry
	var modified int64
	err := scanLinkAnd(row, &e.Link, &e.Author, &e.Text, &modified)
	e.Modified = fromUnix(modified)
	return e, err
}
