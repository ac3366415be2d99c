package db

import (
	"context"
	"time"
)

// SitemapEntry is an address with the time when its page last changed.
type SitemapEntry struct {
	Path     string
	Modified time.Time
}

// SitemapSubjects returns the subjects that have a sitemap, by slug, with the time
// when the newest of their posts changed.
func (s *Store) SitemapSubjects(ctx context.Context) ([]SitemapEntry, error) {
	var entries []SitemapEntry
	err := s.read(ctx, "sitemap", func(snap *snapshot) error {
		var err error
		entries, err = collect(ctx, snap, scanSitemapEntry, `
			SELECT subject, (SELECT max(modified) FROM posts AS p WHERE p.subject = s.subject AND listed)
			FROM subject_names AS s
			GROUP BY subject
			HAVING sum(listed) > 0
			ORDER BY subject`)
		return err
	})
	return entries, err
}

// SitemapPosts returns the listed posts of a subject, by path; with primary only
// those that no other post with the same question and answer goes before. The
// error is ErrNotFound if there is none.
func (s *Store) SitemapPosts(ctx context.Context, subject string, primary bool) ([]SitemapEntry, error) {
	var entries []SitemapEntry
	condition := "listed"
	if primary {
		condition += " AND " + isPrimary
	}
	err := s.read(ctx, "sitemap of "+subject, func(snap *snapshot) error {
		if _, err := readSubject(ctx, snap, subject); err != nil {
			return err
		}
		var err error
		entries, err = collect(ctx, snap, scanSitemapEntry, `
			SELECT path, modified
			FROM posts AS p
			WHERE subject = ? AND `+condition+`
			ORDER BY path`, subject)
		return err
	})
	return entries, err
}

func scanSitemapEntry(row scanner) (SitemapEntry, error) {
	var entry SitemapEntry
	var modified int64
	err := row.Scan(&entry.Path, &modified)
	entry.Modified = fromUnix(modified)
	return entry, err
}
