package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"quicktakes/content"
)

// Moved says where to send the reader of an address that has no page.
type Moved struct {
	Path   string
	Rest   string // query and fragment with their ? and #, or empty
	Status int    // of the redirect: 301, or 308 if a line of _redirects on the way asks for it
}

// ErrGone says that an address had a page that was removed.
var ErrGone = errors.New("removed")

// Moved returns where a clean path without a page has moved: by an alias, by
// _redirects, to the only post with the same slug in another subject, or to the
// topic in its usual spelling. The error is ErrGone for an address that was removed
// and ErrNotFound for one that is unknown.
func (s *Store) Moved(ctx context.Context, path string) (*Moved, error) {
	return read(ctx, s, "moved "+path, func(snap *snapshot) (*Moved, error) {
		return readMoved(ctx, snap, path)
	})
}

// maxHops bounds how many lines of _redirects are followed from one address.
const maxHops = 10

func readMoved(ctx context.Context, snap *snapshot, path string) (*Moved, error) {
	moved := &Moved{Path: path}
	used := map[int]bool{} // lines of _redirects
	seen := map[string]bool{path: true}
	for range maxHops {
		next, line, err := readStep(ctx, snap, moved.Path)
		arrived := errors.Is(err, ErrNotFound) || line != 0 && used[line]
		switch {
		case arrived && moved.Path == path, err == nil && seen[next.Path]:
			return nil, ErrNotFound
		case arrived:
			return moved, nil
		case err != nil:
			return nil, err
		}
		used[line], seen[next.Path] = true, true
		next.Status = max(next.Status, moved.Status)
		moved = next
	}
	return nil, ErrNotFound
}

// readMovedAmong returns where posts moved, by their old path. Unknown paths, which are
// most of them, cost one query together.
func readMovedAmong(ctx context.Context, snap *snapshot, paths []string) (map[string]string, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	type candidate struct{ Path, Slug string }
	candidates := make([]candidate, len(paths))
	for i, path := range paths {
		candidates[i] = candidate{path, content.SlugOf(path)}
	}
	asked, err := json.Marshal(candidates)
	if err != nil {
		return nil, err
	}
	known, err := collect(ctx, snap, scanText, `
		SELECT value ->> 'Path' AS old
		FROM json_each(?)
		WHERE EXISTS (SELECT 1 FROM aliases WHERE path = old)
			OR EXISTS (SELECT 1 FROM posts WHERE slug = value ->> 'Slug')
			OR EXISTS (SELECT 1 FROM redirects WHERE prefix = 0 AND source = old)
			OR EXISTS (SELECT 1 FROM redirects WHERE prefix = 1 AND substr(old || '/', 1, length(source)) = source)`, string(asked))
	if err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, path := range known {
		moved, err := readMoved(ctx, snap, path)
		switch {
		case errors.Is(err, ErrNotFound), errors.Is(err, ErrGone):
		case err != nil:
			return nil, err
		default:
			targets[path] = moved.Path
		}
	}
	return targets, nil
}

// readStep returns where path moved in one step, and by which line of _redirects,
// 0 if by none.
func readStep(ctx context.Context, snap *snapshot, path string) (moved *Moved, line int, err error) {
	if served, err := isServed(ctx, snap, path); err != nil || served {
		return nil, 0, errors.Join(err, ErrNotFound)
	}
	target, err := readAlias(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return &Moved{Path: target, Status: 301}, 0, err
	}
	moved, line, err = readRedirect(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return moved, line, err
	}
	target, err = readOnlyBySlug(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return &Moved{Path: target, Status: 301}, 0, err
	}
	target, err = readTopicPath(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return &Moved{Path: target, Status: 301}, 0, err
	}
	var time int64
	err = snap.one(ctx, `SELECT time FROM removed WHERE path = ?`, path).Scan(&time)
	if err == nil {
		err = ErrGone
	}
	return nil, 0, notFound(err)
}

// notFound turns the error for no rows into ErrNotFound.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// isServed reports whether there is a page at path.
func isServed(ctx context.Context, snap *snapshot, path string) (bool, error) {
	if content.IsFixedPage(path) {
		return true, nil
	}
	path = content.CutForm(path)
	topic, err := readTopicPath(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return topic == path, err
	}
	var served bool
	err = snap.one(ctx, `
		SELECT EXISTS (SELECT 1 FROM posts WHERE path = ?1)
			OR EXISTS (SELECT 1 FROM subject_names WHERE '/learn/' || subject = ?1 AND subject = ?2)`, path, content.SlugOf(path)).Scan(&served)
	return served, err
}

func readAlias(ctx context.Context, snap *snapshot, path string) (string, error) {
	var target string
	err := snap.one(ctx, `
		SELECT posts.path
		FROM aliases
		JOIN posts ON posts.number = aliases.post
		WHERE aliases.path = ?
		ORDER BY posts.path
		LIMIT 1`, path).Scan(&target)
	return target, err
}

// readRedirect returns what the first line of _redirects that matches path says. Lines
// without * are found by an index, so that only those with * are read one by one.
func readRedirect(ctx context.Context, snap *snapshot, path string) (moved *Moved, line int, err error) {
	var source, target string
	var status int
	err = snap.one(ctx, `
		SELECT line, source, target, status
		FROM redirects
		WHERE line = (
			SELECT min(line)
			FROM (
				SELECT min(line) AS line FROM redirects WHERE prefix = 0 AND source = ?1
				UNION ALL
				SELECT min(line) FROM redirects WHERE prefix = 1 AND substr(?1 || '/', 1, length(source)) = source
			)
		)`, path).Scan(&line, &source, &target, &status)
	if err != nil {
		return nil, 0, err
	}
	if status == 410 {
		return nil, 0, ErrGone
	}
	splat := content.Splat(path, source)
	to, rest := content.SplitTarget(target)
	// What * matched may begin with a slash; that must not lead to another host.
	to = "/" + strings.TrimLeft(strings.ReplaceAll(to, ":splat", splat), `/\`)
	return &Moved{
		Path:   content.CleanPath(to),
		Rest:   strings.ReplaceAll(rest, ":splat", url.QueryEscape(splat)),
		Status: status,
	}, line, nil
}

// readOnlyBySlug returns the path of the post whose slug path ends in, if path is
// that of a question and exactly one post has the slug.
func readOnlyBySlug(ctx context.Context, snap *snapshot, path string) (string, error) {
	if !content.IsPostPath(path) {
		return "", sql.ErrNoRows
	}
	paths, err := collect(ctx, snap, scanText, `SELECT path FROM posts WHERE slug = ? LIMIT 2`, content.SlugOf(path))
	if err == nil && len(paths) != 1 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

// maxSuggestions bounds the links that are offered for an unknown address.
const maxSuggestions = 5

// minSharedWords is how many words a suggestion's slug must share with the unknown one,
// from the start.
const minSharedWords = 3

// maxSlugWords bounds the work on an address that somebody made up.
const maxSlugWords = 30

// Suggestions returns listed posts whose slugs begin like the end of path, those that
// share the most words first.
func (s *Store) Suggestions(ctx context.Context, path string) ([]content.Link, error) {
	return read(ctx, s, "suggestions for "+path, func(snap *snapshot) ([]content.Link, error) {
		var links []content.Link
		words := strings.Split(content.SlugOf(path), "-")
		words = words[:min(len(words), maxSlugWords)]
		for n := len(words); n >= min(minSharedWords, len(words)) && len(links) < maxSuggestions; n-- {
			start := strings.Join(words[:n], "-")
			if start == "" {
				break
			}
			more, err := collect(ctx, snap, scanLink, `
				SELECT `+linkColumns+`
				FROM posts AS p
				WHERE slug >= ? AND slug < ? AND listed
				ORDER BY slug, path
				LIMIT ?`, start, afterPrefix(start), maxSuggestions)
			if err != nil {
				return nil, err
			}
			links = appendNew(links, more)
		}
		return links, nil
	})
}

// appendNew appends the links whose titles are new, up to maxSuggestions in all.
func appendNew(links, more []content.Link) []content.Link {
	seen := map[string]bool{}
	for _, link := range links {
		seen[link.Title] = true
	}
	for _, link := range more {
		if !seen[link.Title] && len(links) < maxSuggestions {
			seen[link.Title] = true
			links = append(links, link)
		}
	}
	return links
}
