package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/db"
	"quicktakes/views"
)

// DumpFormat is the format of a dump.
type DumpFormat string

// The formats of dumps.
const (
	JSONLines DumpFormat = "jsonl" // a line for each question: what its .json address serves
	CSV       DumpFormat = "csv"   // a table (https://www.rfc-editor.org/rfc/rfc4180, but lines end in \n alone)
	Excel     DumpFormat = "excel" // the same after a byte-order mark, without which Excel does not open it as UTF-8
	Anki      DumpFormat = "anki"  // flashcards for Anki (https://docs.ankiweb.net/importing/text-files.html)
)

// DumpOptions says what a dump holds.
type DumpOptions struct {
	Format   DumpFormat
	Subject  string         // slug; the whole library if empty
	Progress func(done int) // called after each question, if not nil
}

// Dump writes questions in the order of their paths, as it reads them: with everything known
// about them, or as flashcards. Posts with no_index have no flashcards. The error is
// db.ErrNotFound if there is no such subject.
func (c Config) Dump(ctx context.Context, w io.Writer, options DumpOptions) error {
	put, flush, err := c.dumpWriter(w, options.Format)
	if err != nil {
		return err
	}
	done := 0
	err = c.Store.EachQuestion(ctx, options.Subject, func(q *db.Question) error {
		if !c.CanonicalDuplicates {
			q.Canonical = q.Post.Path
		}
		if err := put(q); err != nil {
			return fmt.Errorf("dump %s: %w", q.Post.Path, err)
		}
		done++
		if options.Progress != nil {
			options.Progress(done)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// dumpWriter returns a function that writes a question in a format, and one that ends the
// dump.
func (c Config) dumpWriter(w io.Writer, format DumpFormat) (put func(*db.Question) error, flush func() error, err error) {
	table := csv.NewWriter(w)
	flush = func() error { table.Flush(); return table.Error() }
	switch format {
	case JSONLines:
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		put = func(q *db.Question) error { return encoder.Encode(newQuestionDocument(c.Site, q)) }
		return put, func() error { return nil }, nil
	case CSV, Excel:
		if format == Excel {
			// Plain CSV has no mark: Python's csv and others would read it as part of the first name.
			_, err = io.WriteString(w, byteOrderMark)
		}
		put = func(q *db.Question) error { return table.Write(c.csvRow(q)) }
		return put, flush, errors.Join(err, table.Write(csvHeader))
	case Anki:
		table.Comma = '\t'
		put = func(q *db.Question) error { return c.putCard(table, q) }
		_, err = io.WriteString(w, ankiHeader)
		return put, flush, err
	}
	return nil, nil, fmt.Errorf("dump: unknown format %q", format)
}

const byteOrderMark = "\uFEFF"

var csvHeader = []string{
	"url", "canonical", "id", "subject", "title", "question", "answer", "answer_text", "summary", "author", "published", "modified",
	"seo_title", "seo_description", "seo_keywords", "no_index", "related",
}

// csvRow returns the fields that csvHeader names. Addresses of related questions are
// separated by spaces.
func (c Config) csvRow(q *db.Question) []string {
	d := newQuestionDocument(c.Site, q)
	var related []string
	for _, link := range d.Related {
		related = append(related, link.URL)
	}
	return []string{
		d.URL, d.Canonical, strconv.FormatInt(d.ID, 10), d.Subject, d.Title, d.Question, d.Answer.Markdown, d.Answer.Text, d.Summary,
		d.Author, d.Published.Format(time.RFC3339), d.Modified.Format(time.RFC3339), d.SEO.Title, d.SEO.Description,
		strings.Join(d.SEO.Keywords, ", "), strconv.FormatBool(d.NoIndex), strings.Join(related, " "),
	}
}

// ankiHeader tells Anki what the columns are: those without a name are the fields of the
// note. By the guid Anki recognises a card that is imported again. It ignores a note type
// that it does not have, as in other languages.
const ankiHeader = `#separator:tab
#html:true
#notetype:Basic
#guid column:1
#deck column:2
#tags column:5
`

// putCard writes a question as a flashcard: its path, deck, question, answer and tags.
func (c Config) putCard(table *csv.Writer, q *db.Question) error {
	post := q.Post
	if post.NoIndex {
		return nil
	}
	front := strings.TrimSpace(answer.MathJax(post.Question, c.Site.BaseURL))
	back := answer.MathJax(post.Answer+"\n\n"+post.Body, c.Site.BaseURL) + views.CardSource(c.Site, post.Path)
	return table.Write([]string{post.Path, c.Site.Name + "::" + q.Subject.Name, views.CardFront(front, q.Rendered), views.CardBack(back, q.Rendered), strings.Join(ankiTags(q), " ")})
}

// ankiTags returns the subject of a question and its keywords, each once, as they are written
// in addresses: without spaces, since a space ends a tag in Anki.
func ankiTags(q *db.Question) []string {
	tags := []string{q.Subject.Slug}
	for _, keyword := range q.Post.SEO.KeywordList() {
		if tag := content.TopicSlug(keyword); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}
