package db

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// search is an interpreted query.
type search struct {
	terms    []term
	subject  string
	dropped  []string
	loosened []string // texts without spaces that terms are pairs of letters of
}

// corrected returns the words of a search as a title that it found has them, or ""
// if they are what was typed.
func (s *search) corrected(title string) string {
	stems := stemsOf(words(title))
	var meant []string
	changed := false
	for _, t := range s.terms {
		text := t.options[0].text
		if text == t.typed {
			if text = cmp.Or(t.run, t.shown()); t.run == "" || !slices.Contains(meant, text) {
				meant = append(meant, text)
			}
			continue
		}
		changed = true
		most := 0 // of the words that the title has
		for _, o := range t.options {
			if len(o.stems) > most && o.isIn(stems) {
				text, most = o.text, len(o.stems)
			}
		}
		meant = append(meant, text)
	}
	if !changed {
		return ""
	}
	return strings.Join(meant, " ")
}

// marker returns a function that finds a search in a word, for answer.Snippet. The key of a
// match is its term.
func (s *search) marker() func(word string) []answer.Match {
	word, run := s.wordMarker(), s.runMarker()
	return func(text string) []answer.Match {
		if first, _ := utf8.DecodeRuneInString(text); answer.IsUnspaced(first) {
			return run(text)
		}
		if term := word(text); term != "" {
			return []answer.Match{{Start: 0, End: len(text), Key: term}}
		}
		return nil
	}
}

// wordMarker returns a function that recognizes the words of a search: it gives the same text
// for all words that match one term, and "" for a word that matches none.
func (s *search) wordMarker() func(word string) string {
	terms := map[string]string{}
	initials := map[rune]bool{} // a stem begins with the same letter as its words, except in Arabic
	for _, t := range s.terms {
		for _, o := range t.options {
			for _, stem := range o.stems {
				terms[stem] = t.typed
				initial, _ := utf8.DecodeRuneInString(stem)
				initials[initial] = true
			}
		}
	}
	known := map[string]string{} // texts repeat the same words
	return func(word string) string {
		first, _ := utf8.DecodeRuneInString(word)
		if initial := unicode.ToLower(first); initial < utf8.RuneSelf && !initials[initial] {
			return ""
		}
		term, ok := known[word]
		if !ok {
			term = terms[stem(content.Fold(word))]
			known[word] = term
		}
		return term
	}
}

// runMarker returns a function that finds a search in text without spaces.
func (s *search) runMarker() func(text string) []answer.Match {
	var terms []string
	for _, t := range s.terms {
		if text := t.options[0].text; t.run == "" && isUnspaced(text) {
			terms = append(terms, text)
		}
	}
	for _, run := range s.loosened {
		kept, _ := s.parts(run)
		terms = append(terms, kept...)
	}
	known := map[string]string{} // folded letters
	return func(text string) []answer.Match {
		if len(terms) == 0 {
			return nil
		}
		var folded strings.Builder
		var starts, ends []int // in text, by place in folded
		end := 0
		for _, letter := range answer.Letters(text) {
			start := end
			end += len(letter)
			fold, ok := known[letter]
			if !ok {
				fold = content.Fold(letter)
				known[letter] = fold
			}
			folded.WriteString(fold)
			for range len(fold) {
				starts, ends = append(starts, start), append(ends, end)
			}
		}
		var found []answer.Match
		for _, term := range terms {
			for at := 0; ; at++ {
				next := strings.Index(folded.String()[at:], term)
				if next < 0 {
					break
				}
				at += next
				found = append(found, answer.Match{Start: starts[at], End: ends[at+len(term)-1], Key: term})
			}
		}
		slices.SortFunc(found, func(a, b answer.Match) int { return cmp.Compare(a.Start, b.Start) })
		return found
	}
}

// all returns an expression, in the language of the index
// (https://www.sqlite.org/fts5.html#full_text_query_syntax), that finds the posts
// that have all terms in a field. Stems hold only letters and digits, so none can be
// taken for an operator.
func (s *search) all(f field) string { return "(" + s.each(f, " AND ") + ")" }

// any returns an expression that finds the posts that have some term in a field.
func (s *search) any(f field) string { return "(" + s.each(f, " OR ") + ")" }

// each returns what finds the terms in a field, joined by an operator.
func (s *search) each(f field, operator string) string {
	var terms []string
	for _, t := range s.terms {
		var options []string
		for _, o := range t.options {
			if option := f.allOf(o.stems); !slices.Contains(options, option) {
				options = append(options, option)
			}
		}
		terms = append(terms, "("+strings.Join(options, " OR ")+")")
	}
	return strings.Join(terms, operator)
}

// allButOne returns an expression that finds the posts that have all terms, or all but
// one, in a field.
func (s *search) allButOne(f field) string {
	var some []string
	for i := range s.terms {
		rest := search{terms: s.without(i)}
		some = append(some, rest.all(f))
	}
	return "(" + strings.Join(some, " OR ") + ")"
}

// without returns the terms but the one at i.
func (s *search) without(i int) []term { return slices.Concat(s.terms[:i], s.terms[i+1:]) }

// allOf returns what finds all stems in a field.
func (f field) allOf(stems []string) string {
	return `("` + string(f) + strings.Join(stems, `" AND "`+string(f)) + `")`
}

// confined confines an expression to the subject of the search, if there is one.
func (s *search) confined(expression string) string {
	if s.subject == "" {
		return expression
	}
	return `"` + subjectWord(s.subject) + `" AND ` + expression
}
