package db

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"quicktakes/content"
)

// maxRelated is how many related questions a page shows, if the library has them.
const maxRelated = 5

// relatedLink is a related post with its duplicate_key.
type relatedLink struct {
	content.Link
	key string
}

func scanRelatedLink(row scanner) (relatedLink, error) {
	var r relatedLink
	var date int64
	err := row.Scan(&r.Path, &r.Title, &r.TitleHTML, &r.Subject, &date, &r.key)
	r.Date = fromUnix(date)
	return r, err
}

// readRelated returns the related questions of p, whose duplicate_key is key: those
// that the post names, in order and where they are now, then those that are likest
// to it. None is dead, doubled or p itself. One that is not listed, or the same question
// as another, is only there if p names it: its editor wants it so.
func readRelated(ctx context.Context, snap *snapshot, p *content.Post, key []byte) ([]content.Link, error) {
	named, err := readNamed(ctx, snap, p)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{string(key): true}
	named = slices.DeleteFunc(named, func(r relatedLink) bool {
		doubled := seen[r.Path] || r.Path == p.Path
		seen[r.Path], seen[r.key] = true, true
		return doubled
	})
	var links []content.Link
	for _, r := range named {
		links = append(links, r.Link)
	}
	if len(links) >= maxRelated {
		return links, nil
	}
	alike, err := collect(ctx, snap, scanRelatedLink, `
		SELECT `+linkColumns+`, p.duplicate_key
		FROM related, json_each(related.posts) AS other
		JOIN posts AS p ON p.number = other.value
		WHERE related.post = (SELECT number FROM posts WHERE path = ?) AND p.listed
		ORDER BY other.key`, p.Path)
	for _, r := range alike {
		if !seen[r.key] && len(links) < maxRelated {
			seen[r.key] = true
			links = append(links, r.Link)
		}
	}
	return links, err
}

// readNamed returns the posts that p names, those that have moved too.
func readNamed(ctx context.Context, snap *snapshot, p *content.Post) ([]relatedLink, error) {
	if len(p.Related) == 0 {
		return nil, nil
	}
	var paths []string
	for _, related := range p.Related {
		paths = append(paths, related.Path)
	}
	found, err := readRelatedLinks(ctx, snap, paths)
	if err != nil {
		return nil, err
	}
	anyMoved := false
	for i, path := range paths {
		if _, ok := found[path]; ok {
			continue
		}
		moved, err := readMoved(ctx, snap, path)
		if errors.Is(err, ErrNotFound) || errors.Is(err, ErrGone) {
			continue
		}
		if err != nil {
			return nil, err
		}
		paths[i] = moved.Path
		anyMoved = true
	}
	if anyMoved {
		if found, err = readRelatedLinks(ctx, snap, paths); err != nil {
			return nil, err
		}
	}
	var named []relatedLink
	for _, path := range paths {
		if link, ok := found[path]; ok {
			named = append(named, link)
		}
	}
	return named, nil
}

// readRelatedLinks returns the posts at paths, by path.
func readRelatedLinks(ctx context.Context, snap *snapshot, paths []string) (map[string]relatedLink, error) {
	wanted, err := json.Marshal(paths)
	if err != nil {
		return nil, err
	}
	links, err := collect(ctx, snap, scanRelatedLink, `
		SELECT `+linkColumns+`, p.duplicate_key
		FROM posts AS p
		WHERE path IN (SELECT value FROM json_each(?))`, string(wanted))
	found := map[string]relatedLink{}
	for _, link := range links {
		found[link.Path] = link
	}
	return found, err
}
