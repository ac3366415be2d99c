package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// maxCorrections bounds the corrections of a word.
const maxCorrections = 6

// maxErrors returns how many typing errors are forgiven in a word with this many letters.
func maxErrors(letters int) int {
	switch {
	case letters < shortestSpelling:
		return 0
	case letters < 6:
		return 1
	}
	return 2
}

// candidate is a word of the vocabulary that a mistyped one may mean.
type candidate struct {
	word   string
	posts  int
	errors int
}

// countPosts returns how many posts have a word in title or keywords.
func countPosts(ctx context.Context, snap *snapshot, word string) (posts int, err error) {
	err = snap.one(ctx, `SELECT posts FROM words WHERE word = ?`, word).Scan(&posts)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return posts, err
}

// corrections returns the words of the vocabulary that may be meant by one that is
// mistyped, likeliest first. A word with a digit is a year or the like, and is not
// corrected.
func corrections(ctx context.Context, snap *snapshot, word string) ([]string, error) {
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return nil, nil
	}
	found := map[string]*candidate{}
	add := func(candidates []candidate) {
		for _, c := range candidates {
			c.errors = edlib.OSADamerauLevenshteinDistance(word, c.word)
			if c.word != word && c.errors <= maxErrors(utf8.RuneCountInString(word)) {
				found[c.word] = &c
			}
		}
	}
	for _, key := range spellingKeys(word) {
		candidates, err := collect(ctx, snap, scanCandidate, `
			SELECT words.word, words.posts
			FROM spellings
			JOIN words ON words.word = spellings.word
			WHERE spellings.key = ?`, key)
		if err != nil {
			return nil, err
		}
		add(candidates)
	}
	if len(found) == 0 && len(word) >= longWord {
		candidates, err := alike(ctx, snap, word)
		if err != nil {
			return nil, err
		}
		add(candidates)
	}
	return likeliest(word, found), nil
}

// longWord is the length in bytes from which a word may be mistyped in two distant places.
const longWord = 6

// maxAlike bounds how many words are compared with one that is mistyped twice.
const maxAlike = 3000

// alike returns the words that begin like word.
func alike(ctx context.Context, snap *snapshot, word string) ([]candidate, error) {
	_, size := utf8.DecodeRuneInString(word)
	_, next := utf8.DecodeRuneInString(word[size:])
	start := word[:size+next]
	return collect(ctx, snap, scanCandidate, `
		SELECT word, posts
		FROM words
		WHERE word >= ?1 AND word < ?2 AND length(word) BETWEEN ?3 AND ?4
		LIMIT ?5`, start, afterPrefix(start), utf8.RuneCountInString(word)-2, utf8.RuneCountInString(word)+2, maxAlike)
}

// afterPrefix returns a text that sorts after all those that begin with prefix.
func afterPrefix(prefix string) string { return prefix + string(utf8.MaxRune) }

func scanCandidate(row scanner) (candidate, error) {
	var c candidate
	return c, row.Scan(&c.word, &c.posts)
}

// likeliest returns what a mistyped word may mean: the words with the fewest errors, first
// those that begin with the same letter, which is rarely mistyped, then those that most
// posts have.
func likeliest(word string, found map[string]*candidate) []string {
	list := make([]*candidate, 0, len(found))
	for _, c := range found {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *candidate) int {
		return cmp.Or(
			cmp.Compare(a.errors, b.errors),
			cmp.Compare(mismatch(word, a.word), mismatch(word, b.word)),
			cmp.Compare(b.posts, a.posts),
			strings.Compare(a.word, b.word))
	})
	var best []string
	for _, c := range list[:min(len(list), maxCorrections)] {
		if c.errors == list[0].errors {
			best = append(best, c.word)
		}
	}
	return best
}

// mismatch is 0 if two words begin alike, otherwise 1.
func mismatch(a, b string) int {
	if a[0] == b[0] {
		return 0
	}
	return 1
}

// completions returns the words of the vocabulary that begin with a word that may
// be half-typed, those that most posts have first.
func completions(ctx context.Context, snap *snapshot, word string, limit int) ([]string, error) {
	if utf8.RuneCountInString(word) < shortestPrefix {
		return nil, nil
	}
	return collect(ctx, snap, scanText, `
		SELECT word
		FROM words
		WHERE word > ? AND word < ?
		ORDER BY posts DESC
		LIMIT ?`, word, afterPrefix(word), limit)
}

// shortestPrefix is the fewest letters from which a word is completed.
const shortestPrefix = 2

// splits returns the pairs of words of the vocabulary that make up word when written as
// one, likeliest first.
func splits(ctx context.Context, snap *snapshot, word string) ([]string, error) {
	type pair struct {
		phrase string
		posts  int // of the rarer word
	}
	var pairs []pair
	for i := range word {
		if i == 0 || len(word)-i < shortestSpelling {
			continue
		}
		first, err := countPosts(ctx, snap, word[:i])
		if err != nil {
			return nil, err
		}
		if first == 0 {
			continue
		}
		second, err := countPosts(ctx, snap, word[i:])
		if err != nil {
			return nil, err
		}
		if second > 0 {
			pairs = append(pairs, pair{word[:i] + " " + word[i:], min(first, second)})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(b.posts, a.posts) })
	var phrases []string
	for _, p := range pairs {
		phrases = append(phrases, p.phrase)
	}
	return phrases, nil
}
