package db

import (
	"context"
	"slices"
	"strings"
	"sync"

	"quicktakes/content"
)

// field is where a post has a word. A wider field contains the narrower ones.
type field string

// The fields, by the sign before their stems in the search index, which no folded word
// contains. They are not columns of the index: to find a word in one column, FTS5 reads
// all posts that have it in any.
const (
	inShort field = "·" // a short title
	inTitle field = "¶"
	inHead  field = "•" // title, keywords and description
	inText  field = ""  // all of these and the answer
)

// shortTitle is the most words, without stop words, that a short title has.
const shortTitle = 3

// subjectSign begins the word that stands for a subject in the index.
const subjectSign = "§"

// slugSigns replaces the hyphens and underscores of slugs, which would end a word of the
// index.
var slugSigns = strings.NewReplacer("-", "§", "_", "¶")

// subjectWord returns the word that stands for a subject in the search index.
func subjectWord(slug string) string { return subjectSign + slugSigns.Replace(slug) }

// indexedPost is what a listed post is found by.
type indexedPost struct {
	index      string   // its text in the search index
	titleWords int      // countStems of the title, without stop words
	words      int      // the same for all fields
	vocabulary []string // the words of title and keywords, each once
}

// indexedPostOf returns what a post is found by. Stop words are indexed in
// titles only.
func indexedPostOf(p *content.Post, r *content.Rendered) *indexedPost {
	known, _ := stemmers.Get().(*stemmer)
	defer stemmers.Put(known)
	known.begin()
	var index strings.Builder
	put := func(f field) {
		for _, stem := range known.stems {
			index.WriteString(string(f))
			index.WriteString(stem)
			index.WriteByte(' ')
		}
	}
	title, keywords := content.Fold(r.Title.Text), content.Fold(p.SEO.Keywords)
	known.addWithoutStopWords(title)
	s := &indexedPost{titleWords: countStems(slices.Values(known.stems)), vocabulary: vocabularyOf(title, keywords)}
	known.addAll(title)
	if s.titleWords <= shortTitle {
		put(inShort)
	}
	put(inTitle)
	known.addWithoutStopWords(keywords)
	known.addWithoutStopWords(content.Fold(p.SEO.Description))
	put(inHead)
	known.addWithoutStopWords(content.Fold(r.Answer.Text))
	put(inText)
	index.WriteString(subjectWord(p.SubjectSlug()))
	s.index, s.words = index.String(), countStems(slices.Values(known.stems))
	return s
}

// stemmer gathers the stems of one post after another, each once. It remembers the stem of
// every word: computing one takes several times as long.
type stemmer struct {
	known map[string]*knownStem // by word
	ids   map[string]*knownStem
	stems []string // of the post, in order
	post  int
}

type knownStem struct {
	text string
	post int // that had it last
}

// maxKnownWords is how many words are remembered before all are forgotten.
const maxKnownWords = 50_000

var stemmers = sync.Pool{New: func() any { return &stemmer{known: map[string]*knownStem{}, ids: map[string]*knownStem{}} }}

// begin starts the next post.
func (s *stemmer) begin() {
	if len(s.known) >= maxKnownWords {
		clear(s.known)
		clear(s.ids)
	}
	s.stems = s.stems[:0]
	s.post++
}

// addAll adds the stems of all words of a folded text.
func (s *stemmer) addAll(folded string) {
	for word := range indexed(folded) {
		s.add(s.stemOf(word))
	}
}

// addWithoutStopWords adds the stems of the words of a folded text that are not stop words.
func (s *stemmer) addWithoutStopWords(folded string) {
	for word := range strings.FieldsSeq(folded) {
		if !stopWords[word] {
			s.addAll(word)
		}
	}
}

func (s *stemmer) add(k *knownStem) {
	if k.post != s.post {
		k.post = s.post
		s.stems = append(s.stems, k.text)
	}
}

func (s *stemmer) stemOf(word string) *knownStem {
	if known := s.known[word]; known != nil {
		return known
	}
	word = strings.Clone(word) // or it would keep the long text that it is part of
	text := stem(word)
	if s.ids[text] == nil {
		s.ids[text] = &knownStem{text: text}
	}
	s.known[word] = s.ids[text]
	return s.ids[text]
}

// index lets searches find the listed post of a job under its number.
func (w *writer) index(ctx context.Context, number int64, j *job) error {
	if err := w.countWords(ctx, j.indexed.vocabulary, 1); err != nil {
		return err
	}
	return w.exec(ctx, `INSERT INTO search (rowid, stems) VALUES (?, ?)`, number, j.indexed.index)
}

// unindex keeps searches from finding a post.
func (w *writer) unindex(ctx context.Context, r *row) error {
	if !r.listed {
		return nil
	}
	if err := w.countWords(ctx, vocabularyOf(content.Fold(r.title), content.Fold(r.keywords)), -1); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM search WHERE rowid = ?`, r.number)
}
