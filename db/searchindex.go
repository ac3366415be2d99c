package db

import (
	"context"
	"slices"
	"strings"
	"sync"

	"quicktakes/content"
)

// field is where a post has a word. A wider one holds what narrower ones do.
type field string

// The fields, by the sign that stands before their stems in the search index; no
// folded word has it. They are not columns of the index: to find a word in one column
// FTS5 reads all posts that have it in any.
const (
	inTitle field = "¶"
	inHead  field = "•" // title, keywords and description
	inText  field = ""  // all of these and the answer
)

// subjectSign stands before the one word that a subject is in the index.
const subjectSign = "§"

// subjectWord returns the word under which the search index has a subject.
func subjectWord(slug string) string {
	return subjectSign + strings.ReplaceAll(slug, "-", subjectSign)
}

// searched is what a listed post is found by.
type searched struct {
	index      string   // what the search index has of it
	titleWords int      // number of different words of the title that say something
	words      int      // the same of all
	vocabulary []string // the words of title and keywords, each once
}

// searchedOf returns what a post is found by. Words that say nothing count in titles
// only.
func searchedOf(p *content.Post, r *content.Rendered) *searched {
	known, _ := stemmers.Get().(stemmer)
	defer stemmers.Put(known)
	var index strings.Builder
	var stems []string
	seen := map[string]bool{}
	put := func(f field, lists ...[]string) {
		for _, word := range slices.Concat(lists...) {
			if stem := known.stem(word); !seen[stem] {
				seen[stem] = true
				stems = append(stems, stem)
			}
		}
		for _, stem := range stems {
			index.WriteString(string(f))
			index.WriteString(stem)
			index.WriteByte(' ')
		}
	}
	title, keywords := words(r.Title.Text), words(p.SEO.Keywords)
	put(inTitle, title)
	put(inHead, telling(keywords), telling(words(p.SEO.Description)))
	put(inText, telling(words(r.Answer.Text)))
	index.WriteString(subjectWord(p.SubjectSlug()))
	return &searched{
		index:      index.String(),
		titleWords: len(stemsOf(telling(title))),
		words:      len(stems),
		vocabulary: vocabularyOf(title, keywords),
	}
}

// stemmer remembers the stems of words: to work one out takes several times as long.
type stemmer map[string]string

// maxStems is from how many on the stems that were met are forgotten.
const maxStems = 50_000

var stemmers = sync.Pool{New: func() any { return stemmer{} }}

func (s stemmer) stem(word string) string {
	known, ok := s[word]
	if !ok {
		if len(s) >= maxStems {
			clear(s)
		}
		known = stem(word)
		s[strings.Clone(word)] = known // a word is a part of a long text
	}
	return known
}

// index lets searches find the listed post of a job under its number.
func (w *writer) index(ctx context.Context, number int64, j *job) error {
	w.countWords(j.searched.vocabulary, 1)
	return w.exec(ctx, `INSERT INTO search (rowid, stems) VALUES (?, ?)`, number, j.searched.index)
}

// unindex lets searches find a post no more.
func (w *writer) unindex(ctx context.Context, r *row) error {
	if !r.listed {
		return nil
	}
	w.countWords(vocabularyOf(words(r.title), words(r.keywords)), -1)
	return w.exec(ctx, `DELETE FROM search WHERE rowid = ?`, r.number)
}
