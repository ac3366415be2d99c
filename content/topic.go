package content

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Topic is a keyword that posts of the library share.
type Topic struct {
	Name   string // the spelling that most of its posts use
	Letter string // its heading in an A to Z, such as "B", "0-9" or "Other"
	Count  int    // number of its listed questions, each counted once
}

// Path returns the topic's address.
func (t Topic) Path() string { return TopicPath(t.Name) }

// TopicPath returns the address of the topic with the given name, percent-escaped where
// it is not ASCII.
func TopicPath(name string) string { return "/topics/" + url.PathEscape(TopicSlug(name)) }

// Limits on the topics of a post: the characters of a TopicKey and the number of topics. A
// longer keyword is a sentence rather than a topic.
const (
	maxTopicLength = 80
	maxTopics      = 50
)

// Topics returns the topics that the keywords name, as a map from TopicKey to first
// spelling. Keywords that are too long, or beyond the limit, are left out.
func (s SEO) Topics() map[string]string {
	topics := map[string]string{}
	for _, keyword := range s.KeywordList() {
		key := TopicKey(keyword)
		if _, known := topics[key]; known || key == "" || utf8.RuneCountInString(key) > maxTopicLength || len(topics) == maxTopics {
			continue
		}
		topics[key] = keyword
	}
	return topics
}

// TopicSlug returns a keyword in the form that addresses use: its folded words with
// hyphens between them. Katakana stay, as people read addresses. It is empty for a keyword
// without a letter or digit.
func TopicSlug(keyword string) string {
	return strings.ReplaceAll(FoldWithKatakana(spellSigns(keyword)), " ", "-")
}

// TopicKey returns a key that all spellings of a topic share with its slug: case,
// accents, spacing, kana, and singular or plural make no difference.
func TopicKey(keyword string) string {
	words := strings.Split(strings.Map(hiragana, TopicSlug(keyword)), "-")
	for i, word := range words {
		words[i] = withoutNumber(word)
	}
	return strings.Join(words, "-")
}

// withoutNumber reduces the singular and the plural of an English noun to the same stem,
// after the S-stemmer of Donna Harman, How effective is suffixing? (1991). The stem need
// not be a word.
func withoutNumber(word string) string {
	if utf8.RuneCountInString(word) <= 3 {
		return word // gas, bus, SQS
	}
	if stem, ok := strings.CutSuffix(word, "s"); ok && !hasAnySuffix(stem, "s", "u", "i") {
		word = stem
	}
	if stem, ok := strings.CutSuffix(word, "e"); ok && hasAnySuffix(stem, "s", "x", "z", "ch", "sh", "o") {
		return stem // class and classes, case and cases
	}
	if stem, ok := strings.CutSuffix(word, "ie"); ok {
		return stem + "y"
	}
	return word
}

func hasAnySuffix(text string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(text, suffix) {
			return true
		}
	}
	return false
}
