package db

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"quicktakes/content"
)

// maxRelated is how many related questions a page shows, if the library has them.
const maxRelated = 5

// namedPaths returns the addresses that a post names as related, in order.
func namedPaths(p *content.Post) []string {
	paths := make([]string, len(p.Related))
	for i, related := range p.Related {
		paths[i] = related.Path
	}
	return paths
}

// readRelated returns the related questions of p, whose duplicate_key is key: those
// that the post names, in order and where they are now, then those that are most
// like it. None is dead, repeated or p itself. A post that is not listed, or that asks the
// same question as another, is there only if p names it: its editor wants that. named are
// the named posts that are still where p says.
func readRelated(ctx context.Context, snap *snapshot, p *content.Post, key string, named, alike []pageLink) ([]content.Link, error) {
	named, err := withMoved(ctx, snap, namedPaths(p), named)
	if err != nil {
		return nil, err
	}
	var links []content.Link
	seen := map[string]bool{p.Path: true, key: true}
	for _, r := range named {
		if !seen[r.Path] {
			links = append(links, r.Link)
		}
		seen[r.Path], seen[r.key] = true, true
	}
	for _, r := range alike {
		if !seen[r.key] && len(links) < maxRelated {
			seen[r.key] = true
			links = append(links, r.Link)
		}
	}
	return links, nil
}

// withMoved returns the posts at paths, in their order, including those that have moved.
// found are the posts that have not.
func withMoved(ctx context.Context, snap *snapshot, paths []string, found []pageLink) ([]pageLink, error) {
	byPath := map[string]pageLink{}
	for _, link := range found {
		byPath[link.Path] = link
	}
	dead := slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return byPath[path].Path != "" })
	moved, err := readMovedAmong(ctx, snap, dead)
	if err != nil || len(moved) == 0 {
		return found, err
	}
	wanted, err := json.Marshal(slices.Collect(maps.Values(moved)))
	if err != nil {
		return nil, err
	}
	more, err := collect(ctx, snap, scanPageLink, `
		SELECT `+linkColumns+`, '`+linkNamed+`', 0, p.duplicate_key
		FROM posts AS p
		WHERE path IN (SELECT value FROM json_each(?))`, string(wanted))
	if err != nil {
		return nil, err
	}
	for _, link := range more {
		byPath[link.Path] = link
	}
	var all []pageLink
	for _, path := range paths {
		link, ok := byPath[path]
		if !ok {
			link, ok = byPath[moved[path]]
		}
		if ok {
			all = append(all, link)
		}
	}
	return all, nil
}
