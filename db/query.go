package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quicktakes/content"
)

// term is one word of a search with what it may stand for.
type term struct {
	typed   string   // folded
	phrase  string   // what was typed, if typed stands for a phrase
	options []option // likeliest first
	posts   int      // that have the typed word, in other spellings too, in title or keywords
}

// newTerm returns a word that was typed, with its American spelling and its synonyms if
// posts have them.
func newTerm(ctx context.Context, snap *snapshot, word string) (term, error) {
	t := term{typed: word, options: newOptions(word)}
	var err error
	if t.posts, err = countPosts(ctx, snap, word); err != nil {
		return t, err
	}
	others := newSynonyms(word)
	if spelling := american(word); spelling != word {
		others = append(others, newOption(spelling))
	}
	for _, other := range others {
		posts, err := countRarest(ctx, snap, other)
		if err != nil {
			return t, err
		}
		if posts > 0 {
			t.options = append(t.options, other)
			t.posts += posts
		}
	}
	return t, nil
}

// countRarest returns how many posts have the rarest word of an option in title or
// keywords.
func countRarest(ctx context.Context, snap *snapshot, o option) (int, error) {
	fewest := math.MaxInt
	for _, word := range words(o.text) {
		posts, err := countPosts(ctx, snap, word)
		if err != nil {
			return 0, err
		}
		fewest = min(fewest, posts)
	}
	return fewest, nil
}

// shown is the term as it was typed.
func (t term) shown() string { return cmp.Or(t.phrase, t.typed) }

// worth orders words by what they say: a guess at a word least, then a single letter
// or digit.
func (t term) worth() int {
	switch {
	case t.options[0].text != t.typed:
		return 0
	case utf8.RuneCountInString(t.typed) == 1:
		return 1
	}
	return 2
}

// option is a word or a phrase that a term may stand for.
type option struct {
	text  string
	stems []string // of its words
}

func newOption(text string) option {
	o := option{text: text}
	for _, word := range searchWords(text) {
		o.stems = append(o.stems, stem(word))
	}
	return o
}

func newOptions(texts ...string) []option {
	options := make([]option, len(texts))
	for i, text := range texts {
		options[i] = newOption(text)
	}
	return options
}

// isIn reports whether all words of the option are among stems.
func (o option) isIn(stems map[string]bool) bool {
	return !slices.ContainsFunc(o.stems, func(stem string) bool { return !stems[stem] })
}

// search is a query as it is understood.
type search struct {
	terms   []term
	subject string
	dropped []string
}

// corrected returns the words of a search as a title that it found has them, nothing
// if they are those that were typed.
func (s *search) corrected(title string) string {
	stems := stemsOf(words(title))
	meant := make([]string, len(s.terms))
	changed := false
	for i, t := range s.terms {
		if meant[i] = t.options[0].text; meant[i] == t.typed {
			meant[i] = t.shown()
			continue
		}
		changed = true
		most := 0 // of the words that the title has
		for _, o := range t.options {
			if len(o.stems) > most && o.isIn(stems) {
				meant[i], most = o.text, len(o.stems)
			}
		}
	}
	if !changed {
		return ""
	}
	return strings.Join(meant, " ")
}

// marker returns a function that tells the words of a search apart from others: it
// gives the same text for all words that match one term, and none for one that
// matches no term.
func (s *search) marker() func(word string) string {
	terms := map[string]string{}
	initials := map[rune]bool{} // a stem begins as its words do
	for _, t := range s.terms {
		for _, o := range t.options {
			for _, stem := range o.stems {
				terms[stem] = t.typed
				initial, _ := utf8.DecodeRuneInString(stem)
				initials[initial] = true
			}
		}
	}
	known := map[string]string{} // a text says the same words again and again
	return func(word string) string {
		first, _ := utf8.DecodeRuneInString(word)
		if initial := unicode.ToLower(first); initial < utf8.RuneSelf && !initials[initial] {
			return ""
		}
		term, ok := known[word]
		if !ok {
			term = terms[stem(content.Fold(word))]
			known[word] = term
		}
		return term
	}
}

// all returns an expression, in the language of the index
// (https://www.sqlite.org/fts5.html#full_text_query_syntax), that finds the posts
// that have all terms in a field. Stems hold letters and digits only, so none can be
// taken for a sign of that language.
func (s *search) all(f field) string { return "(" + s.each(f, " AND ") + ")" }

// any returns an expression that finds the posts that have some term in a field.
func (s *search) any(f field) string { return "(" + s.each(f, " OR ") + ")" }

// each returns what finds the terms in a field, joined by an operator.
func (s *search) each(f field, operator string) string {
	var terms []string
	for _, t := range s.terms {
		var options []string
		for _, o := range t.options {
			if option := f.allOf(o.stems); !slices.Contains(options, option) {
				options = append(options, option)
			}
		}
		terms = append(terms, "("+strings.Join(options, " OR ")+")")
	}
	return strings.Join(terms, operator)
}

// allButOne returns an expression that finds the posts that have all terms, or all but
// one, in a field.
func (s *search) allButOne(f field) string {
	var some []string
	for i := range s.terms {
		rest := search{terms: s.without(i)}
		some = append(some, rest.all(f))
	}
	return "(" + strings.Join(some, " OR ") + ")"
}

// without returns the terms but the one at i.
func (s *search) without(i int) []term { return slices.Concat(s.terms[:i], s.terms[i+1:]) }

// allOf returns what finds all stems in a field.
func (f field) allOf(stems []string) string {
	return `("` + string(f) + strings.Join(stems, `" AND "`+string(f)) + `")`
}

// confined confines an expression to the subject of the search, if there is one.
func (s *search) confined(expression string) string {
	if s.subject == "" {
		return expression
	}
	return `"` + subjectWord(s.subject) + `" AND ` + expression
}

// interpret returns how a query is to be understood. It has no terms if the query has
// no words, or none that is found.
func interpret(ctx context.Context, snap *snapshot, query Query) (*search, error) {
	s := &search{subject: query.Subject}
	text, phrases := shortened(cut(query.Text, MaxQueryLength))
	for _, word := range searchWords(text) {
		t, err := newTerm(ctx, snap, word)
		if err != nil {
			return nil, err
		}
		t.phrase = phrases[word]
		s.terms = append(s.terms, t)
	}
	if len(s.terms) == 0 {
		return s, nil
	}
	if s.terms[len(s.terms)-1].posts >= wholeWord {
		if found, err := finds(ctx, snap, s.confined(s.all(inTitle))); err != nil || found {
			return s, err
		}
	}
	limit := maxCompletions
	if query.halfTyped {
		limit = min(maxLastCompletions, maxCompletionsAndTerms/len(s.terms))
	}
	if err := s.complete(ctx, snap, text, limit); err != nil {
		return nil, err
	}
	for _, step := range s.steps(query) {
		if found, err := step(ctx, snap); err != nil || found {
			return s, err
		}
	}
	return s, nil
}

// steps returns the ways to understand a query, likeliest first: two words that titles
// have as one were split rather than both mistyped, and a word too many is likelier than
// one that is spelt right and yet not meant.
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
		steps = append(steps, s.relax)
	}
	return steps
}

// wholeWord is how many posts have a word at least that is not thought to be half of
// another if it finds a title: pH is not the beginning of phosphate.
const wholeWord = 5

// searchWords returns the words that a search is for, each once: those that say
// something, or all if none does.
func searchWords(text string) []string {
	all := words(text)
	list := telling(all)
	if len(list) == 0 {
		list = all
	}
	var unique []string
	for _, word := range list {
		if !slices.Contains(unique, word) && len(unique) < maxTerms {
			unique = append(unique, word)
		}
	}
	return unique
}

// cut returns the beginning of text, of length bytes at most.
func cut(text string, length int) string {
	if len(text) <= length {
		return strings.ToValidUTF8(text, " ")
	}
	return strings.ToValidUTF8(text[:length], " ")
}

// endsInWord reports whether the last word of a text may be half of one.
func endsInWord(text string) bool {
	end, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(end) || unicode.IsDigit(end)
}

// complete lets the last word stand for those that begin with it, up to limit, unless
// more follows it.
func (s *search) complete(ctx context.Context, snap *snapshot, text string, limit int) error {
	last := &s.terms[len(s.terms)-1]
	all := words(text)
	if !endsInWord(text) || all[len(all)-1] != last.typed {
		return nil
	}
	longer, err := completions(ctx, snap, last.typed, limit)
	last.options = append(last.options, newOptions(longer...)...)
	return err
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

// meanings returns what a mistyped word may stand for. What stands for a sign or has
// synonyms is none.
func meanings(ctx context.Context, snap *snapshot, word string) ([]option, error) {
	if content.IsSign(word) || synonymsOf(word) != nil {
		return nil, nil
	}
	others, err := corrections(ctx, snap, word)
	if err != nil {
		return nil, err
	}
	phrases, err := splits(ctx, snap, word)
	return newOptions(append(others, phrases...)...), err
}

// correctUnknown takes the words that the vocabulary lacks for others.
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
	tellingTerms := slices.DeleteFunc(slices.Clone(s.terms), func(t term) bool { return stopWords[t.options[0].text] })
	if len(tellingTerms) > 0 {
		s.terms = tellingTerms // what is left is meant to say nothing
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

// correctKnown takes one word of the vocabulary for another, rarest first.
func (s *search) correctKnown(ctx context.Context, snap *snapshot) (bool, error) {
	order := make([]int, len(s.terms))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(s.terms[a].posts, s.terms[b].posts) })
	for _, i := range order {
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

// fewestForNear is from how many words on a title that lacks one of them is taken for
// what is meant.
const fewestForNear = 3

// near leaves out the word without which a title has all.
func (s *search) near(ctx context.Context, snap *snapshot) (bool, error) {
	if len(s.terms) < fewestForNear {
		return false, nil
	}
	return s.dropOne(ctx, snap, inTitle)
}

// lacking returns the word of a search that a title lacks, nothing if it has all.
func (s *search) lacking(title string) string {
	stems := stemsOf(words(title))
	for _, t := range s.terms {
		if !slices.ContainsFunc(t.options, func(o option) bool { return o.isIn(stems) }) {
			return t.shown()
		}
	}
	return ""
}

// relax leaves words out until something is found: those first that no post has,
// then those that say least. The error is that of the database; if nothing is left
// nothing is found.
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
			s.dropped = append(s.dropped, t.shown())
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

// dropOne leaves out the first word without which a post has all others in a field, if
// there is one.
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
	order := make([]int, len(s.terms))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.terms[a].worth(), s.terms[b].worth()), cmp.Compare(s.terms[b].posts, s.terms[a].posts))
	})
	return order
}

// drop leaves out the word at i.
func (s *search) drop(i int) {
	s.dropped = append(s.dropped, s.terms[i].shown())
	s.terms = s.without(i)
}
