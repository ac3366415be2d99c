package db

import (
	"slices"
	"strings"

	"quicktakes/content"
)

// synonyms are folded words and phrases that students and titles use for each other, each
// in only one list. In a search the first of a list replaces its phrases.
var synonyms = [][]string{
	{"ww1", "wwi", "world war 1", "world war i", "first world war", "1st world war"},
	{"ww2", "wwii", "world war 2", "world war ii", "second world war", "2nd world war"},
	{"math", "maths", "mathematics"},
	{"1st", "first"},
	{"2nd", "second"},
	{"3rd", "third"},
	{"4th", "fourth"},
	{"5th", "fifth"},
	{"6th", "sixth"},
	{"7th", "seventh"},
	{"8th", "eighth"},
	{"9th", "ninth"},
	{"10th", "tenth"},
}

// synonymsOf returns what else may be written for a folded word.
func synonymsOf(word string) []string {
	for _, list := range synonyms {
		if slices.Contains(list, word) {
			return slices.DeleteFunc(slices.Clone(list), func(other string) bool { return other == word })
		}
	}
	return nil
}

// newSynonyms returns what a folded word may stand for besides itself. In a phrase every
// word counts, even a stop word: in "world war i" the last word says which war.
func newSynonyms(word string) []option {
	var options []option
	for _, other := range synonymsOf(word) {
		options = append(options, optionOf(other, words(other)))
	}
	return options
}

// shortened returns a text with one word for each phrase that has synonyms, and the phrases
// by these words. A text without any stays as it is.
func shortened(text string) (short string, phrases map[string]string) {
	apart := func(text string) string { return " " + text + " " }
	folded := apart(content.Fold(text))
	phrases = map[string]string{}
	for _, list := range synonyms {
		for _, phrase := range list {
			if strings.Contains(phrase, " ") && strings.Contains(folded, apart(phrase)) {
				folded = strings.ReplaceAll(folded, apart(phrase), apart(list[0]))
				phrases[list[0]] = phrase
			}
		}
	}
	if len(phrases) == 0 {
		return text, nil
	}
	folded = strings.TrimSpace(folded)
	if !endsInWord(text) {
		folded += " "
	}
	return folded, phrases
}
