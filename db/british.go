package db

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What British English spells differently: parts of words, and their ends.
var (
	britishParts = strings.NewReplacer(
		"aemi", "emi", "ageing", "aging", "aluminium", "aluminum", "anaesth", "anesth", "archaeo", "archeo", "fence", "fense",
		"foet", "fet", "gramme", "gram", "gynaec", "gynec", "haem", "hem", "judgement", "judgment", "oesoph", "esoph",
		"oestr", "estr", "paed", "ped", "rrhoea", "rrhea", "sulph", "sulf")
	britishEnds = []struct {
		end      *regexp.Regexp
		american string
	}{
		{regexp.MustCompile(`our(|s|al|able|ed|ful|ing|is[emt].*|less|ites?)$`), "or$1"},
		{regexp.MustCompile(`is(e|ed|er|ers|es|ing|ation|ations|ational)$`), "iz$1"},
		{regexp.MustCompile(`ys(e|ed|er|ers|ing)$`), "yz$1"},
		{regexp.MustCompile(`([bt])re(|d|s)$`), "${1}er$2"},
		{regexp.MustCompile(`ogue(|s)$`), "og$1"},
		{regexp.MustCompile(`([aeo]l)l(ed|er|ers|ing|or|ors)$`), "$1$2"},
	}
)

// shortestBritish is the fewest letters of a word that is respelt: shorter words too
// easily become others, as tour would become tor.
const shortestBritish = 6

// american returns a folded word as American English, in which most posts are
// written, would spell it if it were spelt in the British way. It need not be a word.
func american(word string) string {
	if utf8.RuneCountInString(word) < shortestBritish {
		return word
	}
	word = britishParts.Replace(word)
	for _, rule := range britishEnds {
		word = rule.end.ReplaceAllString(word, rule.american)
	}
	return word
}
