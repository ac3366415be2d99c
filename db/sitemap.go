package db

import (
	"context"
	"math"
	"time"
)

// SitemapEntry is an address with the time when its page last changed, zero if
// that is not known.
type SitemapEntry struct {
	Path     string
	Modified time.Time
}

// SitemapSubject is a subject whose listed posts fill one or more sitemaps.
type SitemapSubject struct {
	Slug string
	// Parts has, for each of its sitemaps, when the newest post in it changed.
	Parts []time.Time
}

// SitemapSubjects returns the subjects that have sitemaps, by slug. A sitemap holds
// at most size posts; with primary, subjects in which every post is a duplicate
// have none.
func (s *Store) SitemapSubjects(ctx context.Context, size int, primary bool) ([]SitemapSubject, error) {
	return read(ctx, s, "sitemaps", func(snap *snapshot) ([]SitemapSubject, error) {
		type counted struct {
			slug  string
			count int
		}
		all, err := collect(ctx, snap, func(row scanner) (counted, error) {
			var c counted
			return c, row.Scan(&c.slug, &c.count)
		}, `
			SELECT subject, sum(listed)
			FROM subject_names AS s
			GROUP BY subject
			HAVING EXISTS (SELECT 1 FROM posts AS p WHERE p.subject = s.subject AND p.listed AND `+sitemapCondition(primary)+`)
			ORDER BY subject`)
		if err != nil {
			return nil, err
		}
		var subjects []SitemapSubject
		for _, c := range all {
			parts, err := readSitemapParts(ctx, snap, c.slug, c.count, size, s.changed.Load())
			if err != nil {
				return nil, err
			}
			subjects = append(subjects, SitemapSubject{c.slug, parts})
		}
		return subjects, nil
	})
}

// readSitemapParts returns when the newest posts of a subject's sitemaps changed.
// It steps from the end of one part to the next over the index alone. Posts with a time
// after loaded, that of the last load in Unix nanoseconds, count only if there are no others.
func readSitemapParts(ctx context.Context, snap *snapshot, subject string, count, size int, loaded int64) ([]time.Time, error) {
	var parts []time.Time
	modified, path := int64(math.MinInt64), ""
	for start := 0; start < count; start += size {
		firstModified, firstPath := modified, path // after these
		err := snap.one(ctx, `
			SELECT modified, path
			FROM posts
			WHERE subject = ? AND listed AND (modified, path) > (?, ?)
			ORDER BY modified, path
			LIMIT 1 OFFSET ?`, subject, modified, path, min(size, count-start)-1).Scan(&modified, &path)
		if err != nil {
			return nil, err
		}
		newest := modified
		if newest > loaded/int64(time.Second) {
			err := snap.one(ctx, `
				SELECT coalesce(max(modified), ?)
				FROM posts
				WHERE subject = ? AND listed AND (modified, path) > (?, ?) AND modified <= ?`,
				newest, subject, firstModified, firstPath, loaded/int64(time.Second)).Scan(&newest)
			if err != nil {
				return nil, err
			}
		}
		parts = append(parts, fromUnix(newest))
	}
	return parts, nil
}

// SitemapPosts returns what a sitemap of a subject lists: of its listed posts, those
// of part number part, from 1, where each part has size posts. The posts that
// changed last are in the last part. With primary, posts that follow another with the
// same question and answer are left out. The error is ErrNotFound if
// there is no such subject or part.
func (s *Store) SitemapPosts(ctx context.Context, subject string, part, size int, primary bool) ([]SitemapEntry, error) {
	return read(ctx, s, "sitemap of "+subject, func(snap *snapshot) ([]SitemapEntry, error) {
		counted, err := readSubject(ctx, snap, subject)
		if err != nil {
			return nil, err
		}
		if part < 1 || part > (counted.Count+size-1)/size {
			return nil, ErrNotFound
		}
		return collect(ctx, snap, scanSitemapEntry, `
			SELECT path, modified
			FROM (
				SELECT path, modified, duplicate_key, id
				FROM posts
				WHERE subject = ? AND listed
				ORDER BY modified, path
				LIMIT ? OFFSET ?
			) AS p
			WHERE `+sitemapCondition(primary)+`
			ORDER BY modified, path`, subject, size, (part-1)*size)
	})
}

// sitemapCondition holds for a listed post p that belongs in a sitemap.
func sitemapCondition(primary bool) string {
	if primary {
		return isPrimary
	}
	return "TRUE"
}

func scanSitemapEntry(row scanner) (SitemapEntry, error) {
	var entry SitemapEntry
	var modified int64
	err := row.Scan(&entry.Path, &modified)
	entry.Modified = fromUnix(modified)
	return entry, err
}
