package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// steps returns the ways to interpret a query, likeliest first: two words that titles
// write as one were split rather than both mistyped, and one word too many is likelier
// than a correctly spelt word that was not meant.
func (s *search) steps(query Query) []func(context.Context, *snapshot) (bool, error) {
	steps := []func(context.Context, *snapshot) (bool, error){s.finds}
	if !query.AsTyped {
		steps = append(steps, s.join, s.correctUnknown)
	}
	if !query.halfTyped {
		steps = append(steps, s.near)
	}
	if !query.AsTyped {
		steps = append(steps, s.correctKnown)
	}
	if !query.halfTyped {
		steps = append(steps, s.loosen, s.relax)
	}
	return steps
}

// complete lets the last word stand for those that begin with it, up to limit, unless
// something follows it.
func (s *search) complete(ctx context.Context, snap *snapshot, text string, limit int) error {
	last := &s.terms[len(s.terms)-1]
	all := words(text)
	if !endsInWord(text) || all[len(all)-1] != last.typed {
		return nil
	}
	forms := searchedForms(last.typed)
	longer, err := completions(ctx, snap, forms[len(forms)-1], limit)
	if err != nil {
		return err
	}
	if !isUnspaced(last.typed) {
		more, err := completions(ctx, snap, withOtherArticle(last.typed), limit-len(longer))
		last.options = append(last.options, newOptions(append(longer, more...)...)...)
		return err
	}
	for _, pair := range longer { // the last letter may get a vowel sign
		stems := append(slices.Clone(forms[:len(forms)-1]), pair)
		last.options = append(last.options, option{text: last.typed, stems: stems})
	}
	return nil
}

// finds reports whether a post has all terms.
func (s *search) finds(ctx context.Context, snap *snapshot) (bool, error) {
	return finds(ctx, snap, s.confined(s.all(inText)))
}

// finds reports whether an expression finds a post.
func finds(ctx context.Context, snap *snapshot, expression string) (bool, error) {
	var found bool
	err := snap.one(ctx, `SELECT 1 FROM search WHERE search MATCH ? LIMIT 1`, expression).Scan(&found)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return found, err
}

// meanings returns what a mistyped word may stand for. A word that stands for a sign or
// has synonyms is not mistyped, and text without spaces is not known to be one word.
func meanings(ctx context.Context, snap *snapshot, word string) ([]option, error) {
	if content.IsSign(word) || synonymsOf(word) != nil || isUnspaced(word) {
		return nil, nil
	}
	others, err := corrections(ctx, snap, word)
	if err != nil {
		return nil, err
	}
	phrases, err := splits(ctx, snap, word)
	return newOptions(append(others, phrases...)...), err
}

// correctUnknown corrects the words that the vocabulary lacks.
func (s *search) correctUnknown(ctx context.Context, snap *snapshot) (bool, error) {
	changed := false
	for i := range s.terms {
		t := &s.terms[i]
		if t.posts > 0 {
			continue
		}
		options, err := meanings(ctx, snap, t.typed)
		if err != nil {
			return false, err
		}
		if len(options) > 0 {
			t.options = append(options, t.options...)
			changed = true
		}
	}
	if !changed {
		return false, nil
	}
	others := slices.DeleteFunc(slices.Clone(s.terms), func(t term) bool { return stopWords[t.options[0].text] })
	if len(others) > 0 {
		s.terms = others // the rest are mistyped stop words
	}
	return s.finds(ctx, snap)
}

// join takes two words for one that was split, if that finds something.
func (s *search) join(ctx context.Context, snap *snapshot) (bool, error) {
	for i := range len(s.terms) - 1 {
		joined := s.terms[i].typed + s.terms[i+1].typed
		posts, err := countPosts(ctx, snap, joined)
		if err != nil {
			return false, err
		}
		if posts == 0 {
			continue
		}
		before := s.terms
		one := term{typed: s.terms[i].shown() + " " + s.terms[i+1].shown(), options: newOptions(joined), posts: posts}
		s.terms = slices.Concat(before[:i], []term{one}, before[i+2:])
		if found, err := s.finds(ctx, snap); err != nil || found {
			return found, err
		}
		s.terms = before
	}
	return false, nil
}

// correctKnown replaces one word of the vocabulary by another, the rarest first.
func (s *search) correctKnown(ctx context.Context, snap *snapshot) (bool, error) {
	rarestFirst := func(a, b term) int { return cmp.Compare(a.posts, b.posts) }
	for _, i := range s.order(rarestFirst) {
		t := &s.terms[i]
		if t.posts == 0 || utf8.RuneCountInString(t.typed) < 4 {
			continue
		}
		options, err := meanings(ctx, snap, t.typed)
		if err != nil {
			return false, err
		}
		if len(options) == 0 {
			continue
		}
		before := t.options
		t.options = options
		if found, err := s.finds(ctx, snap); err != nil || found {
			return found, err
		}
		t.options = before
	}
	return false, nil
}

// fewestForNear is the fewest words for which a title that lacks one is taken for what is
// meant.
const fewestForNear = 3

// near leaves out one word if a title has all the others.
func (s *search) near(ctx context.Context, snap *snapshot) (bool, error) {
	if len(s.terms) < fewestForNear {
		return false, nil
	}
	return s.dropOne(ctx, snap, inTitle)
}

// lacking returns the word of a search that a title lacks, "" if it has them all.
func (s *search) lacking(title string) string {
	stems := stemsOf(words(title))
	for _, t := range s.terms {
		if t.run == "" && !slices.ContainsFunc(t.options, func(o option) bool { return o.isIn(stems) }) {
			return t.shown()
		}
	}
	return ""
}

// loosen replaces text without spaces by its pairs of letters, some of which may be left out:
// it may be a question of which titles have only some words.
func (s *search) loosen(ctx context.Context, snap *snapshot) (bool, error) {
	var terms []term
	for _, t := range s.terms {
		forms := searchedForms(t.typed)
		if len(forms) == 1 {
			terms = append(terms, t)
			continue
		}
		s.loosened = append(s.loosened, t.typed)
		for _, form := range forms {
			pair, err := newTerm(ctx, snap, form)
			if err != nil {
				return false, err
			}
			pair.run = t.typed
			if !slices.ContainsFunc(terms, func(other term) bool { return other.typed == form }) {
				terms = append(terms, pair)
			}
		}
	}
	if len(s.loosened) == 0 {
		return false, nil
	}
	// If there are too many, those in no title or keyword are the first to go.
	inVocabulary := slices.DeleteFunc(slices.Clone(terms), func(t term) bool { return t.posts == 0 })
	if len(terms) > maxTerms && len(inVocabulary) > 0 {
		terms = inVocabulary
	}
	for s.terms = terms; len(s.terms) > maxTerms; {
		s.drop(s.dropOrder()[0])
	}
	if found, err := s.finds(ctx, snap); err != nil || found {
		return found, err
	}
	return s.near(ctx, snap)
}

// parts cuts a loosened text into what the search still has of it, which is as much of each
// word as its pairs make up, and what was left out.
func (s *search) parts(run string) (kept, dropped []string) {
	letters := answer.Letters(run)
	isKept := func(pair string) bool {
		return slices.ContainsFunc(s.terms, func(t term) bool { return t.typed == pair })
	}
	wasDropped := false
	for start := 0; start < len(letters); {
		end := start + 1
		for end < len(letters) && isKept(letters[end-1]+letters[end]) {
			end++
		}
		part := strings.Join(letters[start:end], "")
		switch {
		case end > start+1:
			kept = append(kept, part)
		case wasDropped:
			dropped[len(dropped)-1] += part
		default:
			dropped = append(dropped, part)
		}
		wasDropped = end == start+1
		start = end
	}
	return kept, dropped
}

// relax leaves words out until something is found: first those that no post
// has, then those that say least. If no word is left, it finds nothing.
func (s *search) relax(ctx context.Context, snap *snapshot) (bool, error) {
	var kept []term
	for _, t := range s.terms {
		alone := search{terms: []term{t}, subject: s.subject}
		found, err := alone.finds(ctx, snap)
		if err != nil {
			return false, err
		}
		if found {
			kept = append(kept, t)
		} else {
			s.noteDropped(t)
		}
	}
	for s.terms = kept; len(s.terms) > 1; {
		if found, err := s.finds(ctx, snap); err != nil || found {
			return found, err
		}
		if found, err := s.dropOne(ctx, snap, inText); err != nil || found {
			return found, err
		}
		s.drop(s.dropOrder()[0])
	}
	return len(s.terms) == 1, nil
}

// dropOne leaves out the first word for which some post has all the others in a field, if
// there is such a word.
func (s *search) dropOne(ctx context.Context, snap *snapshot, f field) (bool, error) {
	for _, i := range s.dropOrder() {
		rest := search{terms: s.without(i), subject: s.subject}
		found, err := finds(ctx, snap, rest.confined(rest.all(f)))
		if err != nil {
			return false, err
		}
		if found {
			s.drop(i)
			return true, nil
		}
	}
	return false, nil
}

// dropOrder returns the places of the words in the order in which they are left out:
// first those that are worth least, then those that most posts have.
func (s *search) dropOrder() []int {
	return s.order(func(a, b term) int {
		return cmp.Or(cmp.Compare(a.worth(), b.worth()), cmp.Compare(b.posts, a.posts))
	})
}

// order returns the places of the words as compare orders them; equal ones keep their order.
func (s *search) order(compare func(a, b term) int) []int {
	places := make([]int, len(s.terms))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return compare(s.terms[a], s.terms[b]) })
	return places
}

// drop leaves out the word at i.
func (s *search) drop(i int) {
	s.noteDropped(s.terms[i])
	s.terms = s.without(i)
}

// noteDropped notes that a term is left out. Of text without spaces, parts says what is left
// out: the neighbours of a pair may still have its letters.
func (s *search) noteDropped(t term) {
	if t.run == "" {
		s.dropped = append(s.dropped, t.shown())
	}
}
