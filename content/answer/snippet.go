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

// Match is a part of a word that is searched for.
type Match struct {
	Start, End int    // in bytes
	Key        string // the same for all that one word of the search finds
}

// Snippet returns the part of an Answer's text, on one line and of about limit characters,
// that has matches with the most different keys. find returns those of a word, in order; text
// without spaces between words counts as one word. Matches are marked. "…" stands where the
// text goes on.
func Snippet(text string, limit int, find func(word string) []Match) []Fragment {
	from, to := surroundings(text, densest(findMatches(text, find), limit), limit)
	line := joinLines(text[from:to])
	found := findMatches(line, find)
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
	for _, m := range joined(found) {
		if m.start < start || m.end > end {
			continue
		}
		add(lead+line[at:m.start], false)
		lead = ""
		add(line[m.start:m.end], true)
		at = m.end
	}
	rest := strings.TrimRightFunc(lead+line[at:end], unicode.IsSpace)
	if end < len(line) || to < len(text) {
		rest += " …"
	}
	add(rest, false)
	return fragments
}

// foundMatch is a match in a text.
type foundMatch struct {
	start, end  int // in bytes
	first, last int // the same in characters
	key         string
}

// findMatches returns the matches in a text, in order.
func findMatches(text string, find func(string) []Match) []foundMatch {
	var found []foundMatch
	start, first, place := -1, 0, 0 // of a word, in bytes and characters; of a character
	unspaced := false               // whether the word is text without spaces
	end := func(at int) {
		if start < 0 {
			return
		}
		word, counted := text[start:at], 0
		for _, m := range find(word) {
			first += utf8.RuneCountInString(word[counted:m.Start])
			counted = m.Start
			last := first + utf8.RuneCountInString(word[m.Start:m.End])
			found = append(found, foundMatch{start + m.Start, start + m.End, first, last, m.Key})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case !isInWord(r):
			end(i)
		case start >= 0 && (IsUnspaced(r) == unspaced || isAttached(r)):
		default:
			end(i)
			start, first, unspaced = i, place, IsUnspaced(r)
		}
		place++
	}
	end(len(text))
	return found
}

// joined returns matches with those joined that overlap or touch.
func joined(found []foundMatch) []foundMatch {
	var list []foundMatch
	for _, m := range found {
		if last := len(list) - 1; last >= 0 && m.start <= list[last].end {
			list[last].end = max(list[last].end, m.end)
			continue
		}
		list = append(list, m)
	}
	return list
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

// densest returns the offset of the first stretch of two thirds of limit characters that has
// matches with the most different keys.
func densest(found []foundMatch, limit int) int {
	best, most := 0, 0
	for i, first := range found {
		seen := map[string]bool{}
		for _, m := range found[i:] {
			if m.last-first.first > limit*2/3 {
				break
			}
			seen[m.key] = true
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
