package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fragment is a piece of a snippet.
type Fragment struct {
	Text   string
	Marked bool
}

// Snippet returns the part of an Answer's text, on one line and of about limit characters,
// that holds the most different words for which key does not return ""; words with the same
// key count once. Those words are marked. "…" stands where the text goes on.
func Snippet(text string, limit int, key func(word string) string) []Fragment {
	from, to := surroundings(text, densest(findWords(text, key), limit), limit)
	line := joinLines(text[from:to])
	found := findWords(line, key)
	start, end := window(line, densest(found, limit), limit)
	var fragments []Fragment
	add := func(text string, marked bool) {
		if text != "" {
			fragments = append(fragments, Fragment{withStops(text), marked})
		}
	}
	at := start
	lead := ""
	if from+start > 0 {
		lead = "… "
	}
	for _, w := range found {
		if w.start < start || w.end > end {
			continue
		}
		add(lead+line[at:w.start], false)
		lead = ""
		add(line[w.start:w.end], true)
		at = w.end
	}
	rest := strings.TrimRightFunc(lead+line[at:end], unicode.IsSpace)
	if end < len(line) || to < len(text) {
		rest += " …"
	}
	add(rest, false)
	return fragments
}

// foundWord is a word of a text that has a key.
type foundWord struct {
	start, end  int // in bytes
	first, last int // the same in characters
	key         string
}

// findWords returns the words that have a key.
func findWords(text string, key func(string) string) []foundWord {
	var found []foundWord
	start, first, place := -1, 0, 0 // of a word, in bytes and characters; of a character
	end := func(at int) {
		if start < 0 {
			return
		}
		if k := key(text[start:at]); k != "" {
			found = append(found, foundWord{start, at, first, place, k})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case !isInWord(r):
			end(i)
		case start < 0:
			start, first = i, place
		}
		place++
	}
	end(len(text))
	return found
}

// isInWord reports whether r is part of a word: a letter, a number, a mark on one of them or an
// invisible character between them, such as a soft hyphen.
func isInWord(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// densest returns the offset of the first stretch of two thirds of limit characters that holds
// the most different words.
func densest(found []foundWord, limit int) int {
	best, most := 0, 0
	for i, first := range found {
		seen := map[string]bool{}
		for _, w := range found[i:] {
			if w.last-first.first > limit*2/3 {
				break
			}
			seen[w.key] = true
		}
		if len(seen) > most {
			best, most = first.start, len(seen)
		}
	}
	return best
}

// surroundings returns the part of a text around at, cut at white space, from which window
// may choose. Most texts are many times as long.
func surroundings(text string, at, limit int) (from, to int) {
	from, to = 0, len(text)
	first := at
	for range limit {
		_, size := utf8.DecodeLastRuneInString(text[:first])
		first -= size
	}
	if space := strings.IndexFunc(text[first:at], unicode.IsSpace); first > 0 && space >= 0 {
		from = first + space
	}
	enough := after(text, at, limit)
	last := after(text, enough, 2*limit)
	if space := strings.LastIndexFunc(text[enough:last], unicode.IsSpace); last < len(text) && space >= 0 {
		to = enough + space
	}
	return from, to
}

// after returns the offset of what follows count characters of a text from offset at.
func after(text string, at, count int) int {
	for range count {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// window returns where to cut a line so that the text at offset at is shown, from the
// beginning of a sentence or word to the end of a word or, where there are no spaces, a letter.
func window(line string, at, limit int) (start, end int) {
	letters := []rune(line)
	if len(letters) <= limit {
		return 0, len(line)
	}
	first := sentenceStart(letters, utf8.RuneCountInString(line[:at]), limit/3)
	last := min(first+limit, len(letters))
	for cut := last; cut > first+limit/2; cut-- {
		if cut == len(letters) || unicode.IsSpace(letters[cut]) {
			last = cut
			break
		}
	}
	for last > first+1 && last < len(letters) && unicode.IsMark(letters[last]) {
		last--
	}
	return len(string(letters[:first])), len(string(letters[:last]))
}

// sentenceStart returns the start of the sentence that holds the character at index at or,
// failing that, of a word, at most back characters before it.
func sentenceStart(line []rune, at, back int) int {
	if at <= back {
		return 0
	}
	word := at
	for i := at; i > at-back; i-- {
		if isWideStop(line[i-1]) && endsSentence(line, i) {
			return i
		}
		if !unicode.IsSpace(line[i-1]) {
			continue
		}
		if line[i-2] == lineStop || endsSentence(line, i-1) {
			return i
		}
		word = i
	}
	return word
}
