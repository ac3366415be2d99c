package db

import (
	"context"
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
	inShort field = "·" // a short title
	inTitle field = "¶"
	inHead  field = "•" // title, keywords and description
	inText  field = ""  // all of these and the answer
)

// shortTitle is how many words that say something a short title has at most.
const shortTitle = 3

// subjectSign stands before the one word that a subject is in the index.
const subjectSign = "§"

// slugSigns writes what slugs have besides letters and digits with signs that do not
// end a word of the index.
var slugSigns = strings.NewReplacer("-", "§", "_", "¶")

// subjectWord returns the word under which the search index has a subject.
func subjectWord(slug string) string { return subjectSign + slugSigns.Replace(slug) }

// indexedPost is what a listed post is found by.
type indexedPost struct {
	index      string   // what the search index has of it
	titleWords int      // number of stems of the title that say something
	words      int      // the same of all
	vocabulary []string // the words of title and keywords, each once
}

// indexedPostOf returns what a post is found by. Words that say nothing count in titles
// only.
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
	known.addTelling(title)
	s := &indexedPost{titleWords: len(known.stems), vocabulary: vocabularyOf(title, keywords)}
	known.addAll(title)
	if s.titleWords <= shortTitle {
		put(inShort)
	}
	put(inTitle)
	known.addTelling(keywords)
	known.addTelling(content.Fold(p.SEO.Description))
	put(inHead)
	known.addTelling(content.Fold(r.Answer.Text))
	put(inText)
	index.WriteString(subjectWord(p.SubjectSlug()))
	s.index, s.words = index.String(), len(known.stems)
	return s
}

// stemmer gathers the stems of one post after the other, each once. It remembers those
// of all: to work one out takes several times as long.
type stemmer struct {
	known map[string]knownWord
	ids   map[string]*knownStem
	stems []string // of the post, in order
	post  int
}

type knownWord struct {
	*knownStem
	telling bool
}

type knownStem struct {
	text string
	post int // that had it last
}

// maxKnownWords is from how many on the words that were met are forgotten.
const maxKnownWords = 50_000

var stemmers = sync.Pool{New: func() any { return &stemmer{known: map[string]knownWord{}, ids: map[string]*knownStem{}} }}

// begin forgets the stems of the post before.
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
	for word := range strings.FieldsSeq(folded) {
		s.add(s.word(word))
	}
}

// addTelling adds the stems of the words that say something.
func (s *stemmer) addTelling(folded string) {
	for word := range strings.FieldsSeq(folded) {
		if w := s.word(word); w.telling {
			s.add(w)
		}
	}
}

func (s *stemmer) add(w knownWord) {
	if w.post != s.post {
		w.post = s.post
		s.stems = append(s.stems, w.text)
	}
}

func (s *stemmer) word(word string) knownWord {
	known, ok := s.known[word]
	if ok {
		return known
	}
	word = strings.Clone(word) // it is a part of a long text
	text := stem(word)
	if s.ids[text] == nil {
		s.ids[text] = &knownStem{text: text}
	}
	known = knownWord{s.ids[text], !stopWords[word]}
	s.known[word] = known
	return known
}

// index lets searches find the listed post of a job under its number.
func (w *writer) index(ctx context.Context, number int64, j *job) error {
	if err := w.countWords(ctx, j.indexed.vocabulary, 1); err != nil {
		return err
	}
	return w.exec(ctx, `INSERT INTO search (rowid, stems) VALUES (?, ?)`, number, j.indexed.index)
}

// unindex lets searches find a post no more.
func (w *writer) unindex(ctx context.Context, r *row) error {
	if !r.listed {
		return nil
	}
	if err := w.countWords(ctx, vocabularyOf(content.Fold(r.title), content.Fold(r.keywords)), -1); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM search WHERE rowid = ?`, r.number)
}
