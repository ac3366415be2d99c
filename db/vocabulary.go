package db

import (
	"cmp"
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// The vocabulary is the words of the titles and keywords of listed posts, as the index has
// them but without stems. Mistyped and half-typed words are corrected and completed from it.

// Words outside these lengths, in letters, are neither corrected nor offered as
// corrections.
const (
	shortestSpelling = 3
	longestSpelling  = 24
)

// spellingKeys returns what word has in common with words that are spelt nearly like
// it: hashes of the word itself and of the word without each of its letters. Two
// words with a key in common differ by a letter that is wrong, missing, doubled or
// swapped with the next, or by one that is missing and one that is too many
// (the method is known as symmetric deletes).
func spellingKeys(word string) []int64 {
	letters := []rune(word)
	if len(letters) < shortestSpelling || len(letters) > longestSpelling {
		return nil
	}
	keys := []int64{textKey(word)}
	for i := range letters {
		if i > 0 && letters[i] == letters[i-1] {
			continue // the same as without the letter before
		}
		keys = append(keys, textKey(string(letters[:i])+string(letters[i+1:])))
	}
	return keys
}

// textKey returns a non-negative number that in practice no other text has.
func textKey(text string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // does not fail
	return int64(h.Sum64() >> 1)
}

// vocabularyOf returns the words that a post adds to the vocabulary, each once, from
// its folded texts.
func vocabularyOf(title, keywords string) []string {
	list := slices.Collect(indexed(title + " " + keywords))
	slices.Sort(list)
	return slices.Compact(list)
}

// maxChangedWords bounds the words whose changes wait to be written.
const maxChangedWords = 200_000

// countWords notes how many more posts have the words, fewer if by is negative.
func (w *writer) countWords(ctx context.Context, list []string, by int) error {
	for _, word := range list {
		w.words[word] += by
	}
	if len(w.words) < maxChangedWords {
		return nil
	}
	return w.putVocabulary(ctx)
}

// spellingsAtOnce is how many spellings one statement writes: a statement for
// each takes twice as long.
const spellingsAtOnce = 100

// putVocabulary writes how the counts of words changed.
func (w *writer) putVocabulary(ctx context.Context) error {
	type spelling struct {
		key  int64
		word string
	}
	var spellings []spelling
	for _, word := range slices.Sorted(maps.Keys(w.words)) {
		change := w.words[word]
		if change == 0 {
			continue
		}
		var posts int
		err := w.one(ctx, `
			INSERT INTO words (word, posts)
			VALUES (?, ?)
			ON CONFLICT (word) DO UPDATE SET posts = posts + excluded.posts
			RETURNING posts`, word, change).Scan(&posts)
		if err != nil {
			return err
		}
		switch posts {
		case 0:
			if err := w.forgetWord(ctx, word); err != nil {
				return err
			}
		case change: // it is new
			for _, key := range spellingKeys(word) {
				spellings = append(spellings, spelling{key, word})
			}
		}
	}
	w.words = map[string]int{}
	// In the order of the table, rows are written several times as fast.
	slices.SortFunc(spellings, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.word, b.word))
	})
	for batch := range slices.Chunk(spellings, spellingsAtOnce) {
		var values []any
		for _, s := range batch {
			values = append(values, s.key, s.word)
		}
		rows := strings.Repeat("(?, ?), ", len(batch)-1) + "(?, ?)"
		if err := w.exec(ctx, `INSERT OR IGNORE INTO spellings (key, word) VALUES `+rows, values...); err != nil {
			return err
		}
	}
	return nil
}

// forgetWord removes a word that no post has any more.
func (w *writer) forgetWord(ctx context.Context, word string) error {
	for _, key := range spellingKeys(word) {
		if err := w.exec(ctx, `DELETE FROM spellings WHERE key = ? AND word = ?`, key, word); err != nil {
			return err
		}
	}
	return w.exec(ctx, `DELETE FROM words WHERE word = ?`, word)
}
