package db

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
)

// rankedPost is a post that a search found.
type rankedPost struct {
	number int64
	key    string  // duplicate_key
	score  float64 // the higher the better
	title  string  // only of those that were compared with the query
}

// columnWeights are those of the columns of the search index: title, keywords,
// description, answer, subject.
const columnWeights = `10, 3, 2, 1, 0`

// rank returns up to limit of the posts that an expression finds, best first and
// each question once. Only the first so many found are looked at.
func rank(ctx context.Context, snap *snapshot, s *search, expression string, looked, limit int) ([]rankedPost, error) {
	posts, err := collect(ctx, snap, scanRanked, `
		SELECT found.number, -found.score, p.duplicate_key
		FROM (
			SELECT number, score
			FROM (SELECT rowid AS number, bm25(search, `+columnWeights+`) AS score FROM search WHERE search MATCH ? LIMIT ?)
			ORDER BY score, number
			LIMIT ?
		) AS found
		CROSS JOIN posts AS p INDEXED BY posts_for_search ON p.number = found.number
		ORDER BY found.score, found.number`,
		inSubject(expression, s.subject), looked, limit)
	if err != nil {
		return nil, err
	}
	if err := rerank(ctx, snap, s, posts[:min(len(posts), maxReranked)]); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(posts, func(r rankedPost) bool {
		known := seen[r.key]
		seen[r.key] = true
		return known
	}), nil
}

func scanRanked(row scanner) (rankedPost, error) {
	var r rankedPost
	return r, row.Scan(&r.number, &r.score, &r.key)
}

// rerank sorts the best posts again by how well their titles answer to the search: a
// title that says all of it and little else comes first. Of posts that are equal the
// primary comes first.
func rerank(ctx context.Context, snap *snapshot, s *search, posts []rankedPost) error {
	ids := map[int64]int64{}
	for i := range posts {
		r := &posts[i]
		var id int64
		if err := snap.one(ctx, `SELECT title_text, id FROM posts WHERE number = ?`, r.number).Scan(&r.title, &id); err != nil {
			return err
		}
		ids[r.number] = id
		r.score *= s.fit(r.title)
	}
	slices.SortStableFunc(posts, func(a, b rankedPost) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(ids[a.number], ids[b.number]))
	})
	return nil
}

// How much it counts that a title has a word of a search.
const (
	asTyped     = 1
	otherForm   = 0.93 // the same word in another form
	otherOption = 0.8  // what the word may be completed to, or was perhaps meant by it
)

// fit returns how well a title answers to a search, from 0.5 to 2: by the share of the
// search that it has, rare words counting more, and by the share of the title that
// the search has.
func (s *search) fit(title string) float64 {
	forms := titleForms(title)
	stems := stemsOf(slices.Collect(maps.Keys(forms)))
	var found, all, matched float64
	for _, t := range s.terms {
		best := 0.0
		for i, o := range t.options {
			value := otherOption
			switch {
			case i == 0 && forms[o.text]:
				value = asTyped
			case !o.isIn(stems):
				value = 0
			case i == 0:
				value = otherForm
			}
			best = max(best, value)
		}
		weight := 1 / math.Log(float64(t.posts)+3)
		found += best * weight
		all += weight
		matched += best
	}
	return 0.5 + found/all + matched/float64(max(len(stems), 1))/2
}

// titleForms returns the words of a title that say something.
func titleForms(title string) map[string]bool {
	forms := map[string]bool{}
	for _, word := range words(title) {
		if !stopWords[word] {
			forms[word] = true
		}
	}
	return forms
}
