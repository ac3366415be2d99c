package db

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quicktakes/content"
)

// MaxQueryLength is how much of a query is read, in bytes.
const MaxQueryLength = 400

// Query is what a reader searches for.
type Query struct {
	Text    string
	Subject string // slug of the subject that the search is confined to; all if unknown
	Page    int    // from 1
	AsTyped bool   // correct no words

	halfTyped bool // for Complete: leave no word out, and try more completions of the last
}

// interpret returns the search that a query stands for. It has no terms if the query has
// no words, or none that a post has.
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
		found, err := step(ctx, snap)
		if err != nil {
			return nil, err
		}
		if found {
			break
		}
	}
	for _, run := range s.loosened {
		_, dropped := s.parts(run)
		s.dropped = append(s.dropped, dropped...)
	}
	// Both forms of a text have the same length.
	shown, folded := content.FoldWithKatakana(text), content.Fold(text)
	for i, word := range s.dropped {
		if at := strings.Index(folded, word); at >= 0 {
			s.dropped[i] = shown[at : at+len(word)]
		}
	}
	return s, nil
}

// wholeWord is how many posts must have a word for it not to be taken for half of another
// if it finds a title: pH is not the beginning of phosphate.
const wholeWord = 5

// searchWords returns the words that a search is for, each once: those that are
// not stop words, or all if there are no others.
func searchWords(text string) []string {
	all := words(text)
	list := meaningfulWords(text)
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

// endsInWord reports whether the last word of a text may be half-typed.
func endsInWord(text string) bool {
	end, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLetter(end) || unicode.IsMark(end) || unicode.IsDigit(end)
}
