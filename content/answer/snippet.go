package answer

import (
	"strings"
	"unicode"
)

// Fragment is a piece of a snippet.
type Fragment struct {
	Text   string
	Marked bool
}

// Snippet returns the part of an Answer's text, on one line and of about limit
// characters, that holds most different words for which key gives a text that is
// not empty; words with one key count once. Those words are marked. "…" stands
// where the text goes on.
func Snippet(text string, limit int, key func(word []rune) string) []Fragment {
	line := []rune(joinLines(text))
	found := findWords(line, key)
	start, end := bestWindow(line, found, limit)
	var fragments []Fragment
	add := func(text string, marked bool) {
		if text != "" {
			fragments = append(fragments, Fragment{text, marked})
		}
	}
	at := start
	lead := ""
	if start > 0 {
		lead = "… "
	}
	for _, w := range found {
		if w.start < start || w.end > end {
			continue
		}
		add(lead+string(line[at:w.start]), false)
		lead = ""
		add(string(line[w.start:w.end]), true)
		at = w.end
	}
	rest := strings.TrimRightFunc(lead+string(line[at:end]), unicode.IsSpace)
	if end < len(line) {
		rest += " …"
	}
	add(rest, false)
	return fragments
}

// foundWord is a word of a text, in characters.
type foundWord struct {
	start, end int
	key        string
}

// findWords returns the words that have a key.
func findWords(line []rune, key func([]rune) string) []foundWord {
	var found []foundWord
	for start := 0; start < len(line); {
		end := start
		for end < len(line) && (unicode.IsLetter(line[end]) || unicode.IsNumber(line[end])) {
			end++
		}
		if end > start {
			if k := key(line[start:end]); k != "" {
				found = append(found, foundWord{start, end, k})
			}
		}
		start = end + 1
	}
	return found
}

// bestWindow returns where to cut a line: so that most different words are seen, as
// early as possible, from the beginning of a sentence or a word to the end of one.
func bestWindow(line []rune, found []foundWord, limit int) (start, end int) {
	if len(line) <= limit {
		return 0, len(line)
	}
	best, most := 0, -1
	for i, first := range found {
		seen := map[string]bool{}
		for _, w := range found[i:] {
			if w.end-first.start > limit*2/3 {
				break
			}
			seen[w.key] = true
		}
		if len(seen) > most {
			best, most = first.start, len(seen)
		}
	}
	start = sentenceStart(line, best, limit/3)
	end = min(start+limit, len(line))
	for end < len(line) && end > start && !unicode.IsSpace(line[end]) {
		end--
	}
	return start, end
}

// sentenceStart returns where the sentence begins that holds the character at, or
// failing that a word, at most back characters before it.
func sentenceStart(line []rune, at, back int) int {
	if at <= back {
		return 0
	}
	word := at
	for i := at; i > at-back; i-- {
		if !unicode.IsSpace(line[i-1]) {
			continue
		}
		if endsSentence(line, i-1) {
			return i
		}
		word = i
	}
	return word
}
