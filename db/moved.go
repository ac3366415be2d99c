package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"quicktakes/content"
)

// Moved says where the reader of an address without a page should go.
type Moved struct {
	Target    string // path, maybe with a query or fragment
	Permanent bool   // 308 rather than 301
}

// ErrGone says that an address had a page that was removed.
var ErrGone = errors.New("removed")

// Moved returns where a clean path that has no post moved: by an alias, by
// _redirects, or to the only post with the same slug in another subject. The
// error is ErrGone for an address that was removed and ErrNotFound for one that is
// unknown.
func (s *Store) Moved(ctx context.Context, path string) (*Moved, error) {
	var moved *Moved
	err := s.read(ctx, "moved "+path, func(snap *snapshot) error {
		var err error
		moved, err = readMoved(ctx, snap, path)
		return err
	})
	return moved, err
}

// maxHops bounds how many lines of _redirects are followed from one address.
const maxHops = 10

func readMoved(ctx context.Context, snap *snapshot, path string) (*Moved, error) {
	moved := &Moved{Target: path}
	for range maxHops {
		next, err := readStep(ctx, snap, moved.Target)
		if errors.Is(err, ErrNotFound) && moved.Target != path {
			return moved, nil
		}
		if err != nil {
			return nil, err
		}
		next.Permanent = next.Permanent || moved.Permanent
		if next.Target == path {
			return nil, ErrNotFound
		}
		moved = next
	}
	return nil, ErrNotFound
}

// readStep returns where path moved in one step.
func readStep(ctx context.Context, snap *snapshot, path string) (*Moved, error) {
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	if found, err := exists(ctx, snap, path); err != nil || found {
		return nil, errors.Join(err, ErrNotFound)
	}
	target, err := readAlias(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return &Moved{Target: target}, err
	}
	moved, err := readRedirect(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return moved, err
	}
	target, err = readOnlyBySlug(ctx, snap, path)
	if !errors.Is(err, sql.ErrNoRows) {
		return &Moved{Target: target}, err
	}
	var time int64
	err = snap.one(ctx, `SELECT time FROM removed WHERE path = ?`, path).Scan(&time)
	if err == nil {
		err = ErrGone
	}
	return nil, notFound(err)
}

// notFound makes ErrNotFound of the driver's word for it.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// exists reports whether path is that of a post.
func exists(ctx context.Context, snap *snapshot, path string) (bool, error) {
	var found bool
	err := snap.one(ctx, `SELECT EXISTS (SELECT 1 FROM posts WHERE path = ?)`, path).Scan(&found)
	return found, err
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

// readRedirect returns what the first line of _redirects that fits path says.
func readRedirect(ctx context.Context, snap *snapshot, path string) (*Moved, error) {
	var source, target string
	var status int
	err := snap.one(ctx, `
		SELECT line, source, target, status
		FROM redirects
		WHERE NOT prefix AND source = ?1
		UNION ALL
		SELECT line, source, target, status
		FROM redirects
		WHERE prefix AND substr(?1, 1, length(source)) = source
		ORDER BY line
		LIMIT 1`, path).Scan(new(int), &source, &target, &status)
	if err != nil {
		return nil, err
	}
	if status == 410 {
		return nil, ErrGone
	}
	// What * matched may begin with a slash; that must not make a target on another host.
	target = strings.ReplaceAll(target, ":splat", strings.TrimPrefix(path, source))
	target = "/" + strings.TrimLeft(target, `/\`)
	return &Moved{Target: target, Permanent: status == 308}, nil
}

// readOnlyBySlug returns the path of the post whose slug path ends in, if path is
// that of a question and exactly one post has the slug.
func readOnlyBySlug(ctx context.Context, snap *snapshot, path string) (string, error) {
	if !content.IsPostPath(path) {
		return "", sql.ErrNoRows
	}
	paths, err := collect(ctx, snap, scanText, `SELECT path FROM posts WHERE slug = ? LIMIT 2`, slugOf(path))
	if err == nil && len(paths) != 1 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

func slugOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// maxSuggestions bounds what is offered for an address that is unknown.
const maxSuggestions = 5

// minSharedWords is how many words a suggestion's slug begins with like the one
// that is unknown.
const minSharedWords = 3

// Suggestions returns listed posts whose slugs begin like the end of path, best
// first: those that share most words.
func (s *Store) Suggestions(ctx context.Context, path string) ([]content.Link, error) {
	var links []content.Link
	err := s.read(ctx, "suggestions for "+path, func(snap *snapshot) error {
		words := strings.Split(slugOf(path), "-")
		for n := len(words); n >= min(minSharedWords, len(words)) && len(links) < maxSuggestions; n-- {
			start := strings.Join(words[:n], "-")
			if start == "" {
				break
			}
			more, err := collect(ctx, snap, scanLink, `
				SELECT `+linkColumns+`
				FROM posts
				WHERE slug >= ?1 AND slug < ?1 || x'7f' AND listed
				ORDER BY slug, path
				LIMIT ?2`, start, maxSuggestions)
			if err != nil {
				return err
			}
			links = appendNew(links, more)
		}
		return nil
	})
	return links, err
}

// appendNew appends the links that are not there yet, as far as there is room.
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
