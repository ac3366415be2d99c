package db

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/go-porterstemmer"

	"quicktakes/content"
)

// words returns the folded words of text in order. The search index is made of folded
// texts, so it tells words apart in the same way.
func words(text string) []string { return strings.Fields(content.Fold(text)) }

// stem returns what a folded word shares with its other forms, as the search
// index's own stemmer has it (https://tartarus.org/martin/PorterStemmer/). Like
// that one it leaves words of other alphabets as they are.
func stem(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return word
	}
	return string(porterstemmer.StemWithoutLowerCasing([]rune(word)))
}

// stemsOf returns the stems of words.
func stemsOf(list []string) map[string]bool {
	stems := make(map[string]bool, len(list))
	for _, word := range list {
		stems[stem(word)] = true
	}
	return stems
}

// stopWords say nothing of what a question is about.
var stopWords = setOf(`a about above after again all also am an and any are as at be because been before being below
	between both but by can could did do does doing down during each few for from further give had has have having he her here
	hers him his how i if in into is it its itself just let may me might more most much must my no nor not of off on once only or
	other our out over own please s same shall she should so some such t tell than that the their them then there these they this
	those through to too under until up upon us very was we were what when where whether which while who whom whose why will with
	within without would you your`)

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
