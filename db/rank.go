package db

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
)

// foundPost is a post that a search found.
type foundPost struct {
	number     int64
	subject    string  // slug
	key        string  // duplicate_key
	titleWords int     // in the title, without stop words
	words      int     // in all that the post is found by, without stop words
	tier       int     // in tiers
	score      float64 // higher is better; set only for posts compared with the query
	title      string  // set with score
	id         int64   // set with score
}

// tier is a place where posts have the words of a search, and what that is worth.
type tier struct {
	expression func(*search) string // leaves out posts of better tiers
	worth      float64
	isNear     bool // its posts lack a word
}

// tiers are the places where posts have the words of a search, best first. Short titles
// come first because thousands of titles may have a common word: those that say little else
// must be among the ones looked at. What is in a short title is also in the title, what is
// in the title also in the head, and what is in the head also in the text. A title that
// lacks just one word is worth more than a text that happens to have them all.
var tiers = []tier{
	{expression: func(s *search) string { return s.all(inShort) }, worth: 1},
	{expression: func(s *search) string { return s.all(inTitle) + " NOT " + s.all(inShort) }, worth: 1},
	{expression: func(s *search) string { return s.all(inHead) + " NOT " + s.all(inTitle) }, worth: 0.8},
	{expression: func(s *search) string {
		return "(" + s.all(inText) + " AND " + s.any(inTitle) + ") NOT " + s.all(inHead)
	}, worth: 0.7},
	{expression: func(s *search) string {
		return s.all(inText) + " NOT " + s.any(inTitle) + " NOT " + s.all(inHead)
	}, worth: 0.6},
	{expression: func(s *search) string { return s.allButOne(inTitle) + " NOT " + s.all(inText) }, worth: 0.7, isNear: true},
}

const (
	titleTiers = 2 // how many of the tiers, from the first, are titles
	headTiers  = 3 // how many are heads
)

// few is the number of results below which posts that lack a word are shown too, if none
// has all words in its head.
const few = 10

// mostForNear is the most words for which posts that lack one are looked for: the time
// grows with the square of their number, and no post has many words by chance.
const mostForNear = 8

// find returns posts that a search finds, those of the first tiers first, until there
// are limit. Some lack a word if few have them all.
func (s *search) find(ctx context.Context, snap *snapshot, tiers []tier, limit int) ([]foundPost, error) {
	var found []foundPost
	for i, tier := range tiers {
		if tier.isNear && !s.wantsNear(found) {
			break
		}
		posts, err := findPosts(ctx, snap, s.confined("("+tier.expression(s)+")"), limit-len(found))
		if err != nil {
			return nil, err
		}
		for _, post := range posts {
			post.tier = i
			found = append(found, post)
		}
		if len(found) >= limit {
			break
		}
	}
	return found, nil
}

// wantsNear reports whether so little was found that posts that lack a word are wanted
// too.
func (s *search) wantsNear(found []foundPost) bool {
	return len(s.terms) >= fewestForNear && len(s.terms) <= mostForNear && len(found) < few && (len(found) == 0 || found[0].tier >= headTiers)
}

// findPosts returns up to limit of the posts that an expression finds, by number.
func findPosts(ctx context.Context, snap *snapshot, expression string, limit int) ([]foundPost, error) {
	return collect(ctx, snap, scanFound, `
		SELECT p.number, p.subject, p.duplicate_key, p.title_words, p.words
		FROM (SELECT rowid AS number FROM search WHERE search MATCH ? LIMIT ?) AS found
		CROSS JOIN posts AS p INDEXED BY posts_for_search ON p.number = found.number`, expression, limit)
}

func scanFound(row scanner) (foundPost, error) {
	var f foundPost
	return f, row.Scan(&f.number, &f.subject, &f.key, &f.titleWords, &f.words)
}

// rank returns what was found, best first and each question once: within a tier,
// those that say the least besides come first.
func rank(ctx context.Context, snap *snapshot, s *search, found []foundPost) ([]foundPost, error) {
	slices.SortFunc(found, func(a, b foundPost) int {
		order := cmp.Compare(a.tier, b.tier)
		if a.tier < titleTiers {
			order = cmp.Or(order, cmp.Compare(a.titleWords, b.titleWords))
		}
		return cmp.Or(order, cmp.Compare(a.words, b.words), cmp.Compare(a.number, b.number))
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

// rerank sorts the best posts again by how well their titles match the search: a
// title that says all of it and little else comes first. Among equals, the primary comes
// first.
func rerank(ctx context.Context, snap *snapshot, s *search, posts []foundPost) error {
	places := map[int64]*foundPost{}
	numbers := make([]int64, len(posts))
	for i := range posts {
		numbers[i] = posts[i].number
		places[numbers[i]] = &posts[i]
	}
	wanted, err := json.Marshal(numbers)
	if err != nil {
		return err
	}
	err = each(ctx, snap, func(row scanner) error {
		var number, id int64
		var title string
		if err := row.Scan(&number, &title, &id); err != nil {
			return err
		}
		f := places[number]
		f.title, f.id, f.score = title, id, tiers[f.tier].worth*s.fit(title)
		return nil
	}, `SELECT number, title_text, id FROM posts WHERE number IN (SELECT value FROM json_each(?))`, string(wanted))
	if err != nil {
		return err
	}
	slices.SortStableFunc(posts, func(a, b foundPost) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.titleWords, b.titleWords), cmp.Compare(a.id, b.id))
	})
	return nil
}

// How much it counts that a title has a word of a search.
const (
	asTyped     = 1
	otherForm   = 0.93 // the same word in another form
	otherOption = 0.8  // a completion or correction of the word
)

// isWithin reports whether one of the words of a title has text within it.
func isWithin(forms map[string]bool, text string) bool {
	for form := range forms {
		if strings.Contains(form, text) {
			return true
		}
	}
	return false
}

// fit returns how well a title matches a search, from 0.5 to 2: by the share of the
// search's words that it has, rare words counting more, and by the share of its own words
// that the search has.
func (s *search) fit(title string) float64 {
	forms := setOf(meaningfulWords(title))
	stems := stemsOf(slices.Collect(maps.Keys(forms)))
	var found, all, matched float64
	for _, t := range s.terms {
		best := 0.0
		for i, o := range t.options {
			value := otherOption
			switch {
			case i == 0 && (forms[o.text] || isUnspaced(o.text) && isWithin(forms, o.text)):
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
	return 0.5 + found/all + matched/float64(max(countStems(maps.Keys(stems)), 1))/2
}
