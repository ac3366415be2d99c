package db

import (
	"iter"
	"strings"
	"unicode"

	"quicktakes/content/answer"
)

// Where scripts have no spaces between words, nothing says where a word begins. The index has
// each letter of such a text and each pair of neighbouring letters; a word is searched for by
// its pairs, or by its letter if it is one, as in Lucene
// (https://lucene.apache.org/core/10_0_0/analysis/common/org/apache/lucene/analysis/cjk/CJKBigramFilter.html).

// runs cuts a folded word where text without spaces begins or ends: "atp合成" is "atp" and
// "合成".
func runs(word string) []string {
	var list []string
	start, unspaced := 0, false
	for i, r := range word {
		switch {
		case i == 0:
			unspaced = answer.IsUnspaced(r)
		case answer.IsUnspaced(r) != unspaced && !unicode.IsMark(r):
			list = append(list, word[start:i])
			start, unspaced = i, !unspaced
		}
	}
	return append(list, word[start:])
}

// isUnspaced reports whether a word is text without spaces, or has some in it.
func isUnspaced(word string) bool { return strings.ContainsFunc(word, answer.IsUnspaced) }

// indexed returns the words of a folded text as the index has them, without stems.
func indexed(folded string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsSeq(folded) {
			if !isUnspaced(word) {
				if !yield(word) {
					return
				}
				continue
			}
			for _, part := range runs(word) {
				for _, form := range indexedForms(part) {
					if !yield(form) {
						return
					}
				}
			}
		}
	}
}

// indexedForms returns what the index has of a word that words returned.
func indexedForms(word string) []string {
	if !isUnspaced(word) {
		return []string{word}
	}
	letters := answer.Letters(word)
	return append(letters, pairs(letters)...)
}

// searchedForms returns those of the indexedForms of a word that a search looks for: they
// contain the others.
func searchedForms(word string) []string {
	if !isUnspaced(word) {
		return []string{word}
	}
	letters := answer.Letters(word)
	if len(letters) == 1 {
		return letters
	}
	return pairs(letters)
}

// pairs returns the pairs of neighbouring letters.
func pairs(letters []string) []string {
	var list []string
	for i := range len(letters) - 1 {
		list = append(list, letters[i]+letters[i+1])
	}
	return list
}

// formsPerWord is about how many indexedForms text without spaces has for each of its words: of
// two letters each, and a pair that begins with each letter.
const formsPerWord = 4

// countStems returns how many words stems are of, as an estimate where there are no spaces.
func countStems(stems iter.Seq[string]) int {
	spaced, unspaced := 0, 0
	for stem := range stems {
		if isUnspaced(stem) {
			unspaced++
		} else {
			spaced++
		}
	}
	return spaced + (unspaced+formsPerWord-1)/formsPerWord
}
