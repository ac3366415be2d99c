package db

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
)

// foundPost is a post that a search found.
type foundPost struct {
	number  int64
	subject string  // slug
	key     string  // duplicate_key
	score   float64 // the higher the better
	title   string  // only of those that were compared with the query
}

// columnWeights are those of the columns of the search index: title, keywords,
// description, answer, subject.
const columnWeights = `10, 3, 2, 1, 0`

// find returns up to limit of the posts that an expression finds, in no order.
func find(ctx context.Context, snap *snapshot, expression string, limit int) ([]foundPost, error) {
	return collect(ctx, snap, scanFound, `
		SELECT p.number, p.subject, p.duplicate_key, found.score
		FROM (SELECT rowid AS number, -bm25(search, `+columnWeights+`) AS score FROM search WHERE search MATCH ? LIMIT ?) AS found
		CROSS JOIN posts AS p INDEXED BY posts_for_search ON p.number = found.number`, expression, limit)
}

func scanFound(row scanner) (foundPost, error) {
	var f foundPost
	return f, row.Scan(&f.number, &f.subject, &f.key, &f.score)
}

// rank returns what was found, best first and each question once.
func rank(ctx context.Context, snap *snapshot, s *search, found []foundPost) ([]foundPost, error) {
	slices.SortFunc(found, func(a, b foundPost) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.number, b.number))
	})
	if err := rerank(ctx, snap, s, found[:min(len(found), maxReranked)]); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(found, func(f foundPost) bool {
		known := seen[f.key]
		seen[f.key] = true
		return known
	}), nil
}

// rerank sorts the best posts again by how well their titles answer to the search: a
// title that says all of it and little else comes first. Of posts that are equal the
// primary comes first.
func rerank(ctx context.Context, snap *snapshot, s *search, posts []foundPost) error {
	ids := map[int64]int64{}
	for i := range posts {
		f := &posts[i]
		var id int64
		if err := snap.one(ctx, `SELECT title_text, id FROM posts WHERE number = ?`, f.number).Scan(&f.title, &id); err != nil {
			return err
		}
		ids[f.number] = id
		f.score *= s.fit(f.title)
	}
	slices.SortStableFunc(posts, func(a, b foundPost) int {
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
