package db

import (
	"slices"
	"strings"

	"quicktakes/content"
)

// synonyms are folded words and phrases that students and titles use for each other, each
// in one list. In a search the first of a list stands for its phrases.
var synonyms = [][]string{
	{"ww1", "wwi", "world war 1", "world war i", "first world war"},
	{"ww2", "wwii", "world war 2", "world war ii", "second world war"},
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

// shortForms writes each phrase of the synonyms, between spaces, as one word.
var shortForms = strings.NewReplacer(phraseReplacements()...)

func phraseReplacements() []string {
	var pairs []string
	for _, list := range synonyms {
		for _, phrase := range list {
			if strings.Contains(phrase, " ") {
				pairs = append(pairs, " "+phrase+" ", " "+list[0]+" ")
			}
		}
	}
	return pairs
}

// shortened returns a text with one word for each phrase that has a synonym. A text
// without any stays as it is.
func shortened(text string) string {
	padded := " " + content.Fold(text) + " "
	if short := shortForms.Replace(padded); short != padded {
		return strings.TrimSpace(short)
	}
	return text
}
