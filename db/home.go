package db

import (
	"context"
	"slices"

	"quicktakes/content"
)

// Home is what the home page shows.
type Home struct {
	Subjects []content.Subject // by name
	Newest   []content.Link    // newest first, each question once, of several subjects
	Topics   []string          // names, the most used first
	Posts    int               // listed posts
}

// The bounds of what the home page shows.
const (
	maxNewest     = 12  // questions
	maxOfSubject  = 3   // of these, unless other subjects have too few
	newestWindow  = 100 // questions that they are chosen from
	maxHomeTopics = 24
)

// Home returns what the home page shows.
func (s *Store) Home(ctx context.Context) (*Home, error) {
	return read(ctx, s, "home", func(snap *snapshot) (home *Home, err error) {
		home = &Home{}
		if home.Subjects, err = readSubjects(ctx, snap); err != nil {
			return nil, err
		}
		for _, subject := range home.Subjects {
			home.Posts += subject.Count
		}
		home.Topics, err = collect(ctx, snap, scanText, `SELECT name FROM topics ORDER BY posts DESC, topic LIMIT ?`, maxHomeTopics)
		if err != nil {
			return nil, err
		}
		newest, err := collect(ctx, snap, scanLink, `
			SELECT `+linkColumns+`
			FROM posts AS p
			WHERE listed AND `+isPrimary+`
			ORDER BY date DESC, id DESC, path DESC
			LIMIT ?`, newestWindow)
		home.Newest = ofSeveralSubjects(newest)
		return home, err
	})
}

// ofSeveralSubjects returns maxNewest of the links, in their order: the first
// maxOfSubject of each subject, then as many again.
func ofSeveralSubjects(links []content.Link) []content.Link {
	seen := make(map[string]int)
	rounds := make([]int, len(links))
	order := make([]int, len(links))
	for i, link := range links {
		rounds[i] = seen[link.Subject] / maxOfSubject
		seen[link.Subject]++
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rounds[a] - rounds[b] })
	order = order[:min(maxNewest, len(order))]
	slices.Sort(order)
	var chosen []content.Link
	for _, i := range order {
		chosen = append(chosen, links[i])
	}
	return chosen
}
