package db

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"quicktakes/content"
)

// words returns the folded words of text in order. Text without spaces between words is one
// word.
func words(text string) []string {
	var list []string
	for word := range strings.FieldsSeq(content.Fold(text)) {
		list = append(list, runs(word)...)
	}
	return list
}

// meaningfulWords returns the words of text that are not stop words. A letter beside text
// without spaces is part of what it stands with, such as the t of "t細胞", and no stop word.
func meaningfulWords(text string) []string {
	var list []string
	for word := range strings.FieldsSeq(content.Fold(text)) {
		if !stopWords[word] {
			list = append(list, runs(word)...)
		}
	}
	return list
}

// stem returns what a folded word shares with its other forms
// (https://snowballstem.org/algorithms/english/stemmer.html). Words of other alphabets
// stay as they are, but for those of arabicStem.
func stem(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return arabicStem(word)
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// article is the Arabic article, which is written together with its noun.
const article = "ال"

// What arabicStem takes off: the article, also after short words that are written together
// with it, and the ending of feminine nouns, which many type without its dots.
var (
	arabicPrefixes = []string{article, "وال", "بال", "كال", "فال", "لل"}
	arabicEndings  = []string{"ة", "ه"}
)

// shortestArabicStem is the fewest letters that are left of an Arabic word: most roots have
// three.
const shortestArabicStem = 3

// arabicStem returns an Arabic word without article and feminine ending, after the light
// stemmer of Leah Larkey, as in Lucene
// (https://lucene.apache.org/core/10_0_0/analysis/common/org/apache/lucene/analysis/ar/ArabicStemmer.html).
func arabicStem(word string) string {
	for _, prefix := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(word, prefix); ok && utf8.RuneCountInString(rest) >= shortestArabicStem {
			word = rest
			break
		}
	}
	for _, ending := range arabicEndings {
		if rest, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(rest) >= shortestArabicStem {
			return rest
		}
	}
	if rest, ok := strings.CutSuffix(word, "ه"); ok {
		return rest + "ة"
	}
	return word
}

// withOtherArticle returns an Arabic word without its article, or with one if it has none. It
// returns "" for other words.
func withOtherArticle(word string) string {
	if first, _ := utf8.DecodeRuneInString(word); !unicode.Is(unicode.Arabic, first) {
		return ""
	}
	if rest, ok := strings.CutPrefix(word, article); ok {
		return rest
	}
	return article + word
}

// stemsOf returns the stems that the index has of words.
func stemsOf(list []string) map[string]bool {
	stems := make(map[string]bool, len(list))
	for _, word := range list {
		for _, form := range indexedForms(word) {
			stems[stem(form)] = true
		}
	}
	return stems
}

// stopWords are words that do not say what a question is about. Folded words have no
// apostrophes.
var stopWords = setOf(strings.Fields(`a about above after again all also am an and any are arent as at be because been before being below between both but by
	can cant could couldnt define describe did didnt discuss do does doesnt doing dont down during each explain few for from
	further give had hadnt has hasnt have havent having he her here heres hers hes him his how hows i if im in into is isnt
	it its itself ive just know let may me might more most much must my no nor not of off on once only or other our out over
	own please s same shall she shes should shouldnt so some such t tell than that thats the their them then there theres
	these they theyre this those through to too under until up upon versus very vs was wasnt we were werent what whats when
	whens where wheres whether which while who whom whos whose why whys will with within without wont would wouldnt you your
	youre`))

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, word := range list {
		set[word] = true
	}
	return set
}
