package db

import (
	"cmp"
	"context"
	"math"
	"slices"
	"unicode/utf8"
)

// term is one word of a search with what it may stand for.
type term struct {
	typed   string   // folded
	phrase  string   // what was typed, if typed stands for a phrase
	options []option // likeliest first
	posts   int      // that have the word, in any of its spellings, in title or keywords
	run     string   // text without spaces that typed is a pair of letters of, if it was cut
}

// newTerm returns a word that was typed, with its American spelling, its synonyms and, in
// Arabic, its form with or without article if posts have them.
func newTerm(ctx context.Context, snap *snapshot, word string) (term, error) {
	t := term{typed: word, options: newOptions(word)}
	var err error
	if t.posts, err = countRarest(ctx, snap, []string{word}); err != nil {
		return t, err
	}
	others := newSynonyms(word)
	if spelling := american(word); spelling != word {
		others = append(others, newOption(spelling))
	}
	if form := withOtherArticle(word); form != "" {
		others = append(others, newOption(form))
	}
	for _, other := range others {
		posts, err := countRarest(ctx, snap, words(other.text))
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

// countRarest returns how many posts have the rarest of some words in title or keywords.
func countRarest(ctx context.Context, snap *snapshot, list []string) (int, error) {
	fewest := math.MaxInt
	for _, word := range list {
		for _, form := range searchedForms(word) {
			posts, err := countPosts(ctx, snap, form)
			if err != nil {
				return 0, err
			}
			fewest = min(fewest, posts)
		}
	}
	return fewest, nil
}

// shown is the term as it was typed.
func (t term) shown() string { return cmp.Or(t.phrase, t.typed) }

// worth ranks words by how much they say: a guess at a word least, then a single letter
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

func newOption(text string) option { return optionOf(text, searchWords(text)) }

// optionOf returns a text as an option of which only the given words count.
func optionOf(text string, words []string) option {
	o := option{text: text}
	for _, word := range words {
		for _, form := range searchedForms(word) {
			o.stems = append(o.stems, stem(form))
		}
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
