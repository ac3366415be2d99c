package db

import (
	"context"
	"errors"
	"fmt"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// ResultsPerPage is the number of results on a page of a search.
const ResultsPerPage = 20

// Bounds on the work of one search, whatever is asked and however large the
// library is.
const (
	maxQueryLength = 400   // in bytes; the rest is not read
	maxTerms       = 12    // words; the rest is not read
	maxCompletions = 24    // words that a half typed one may be
	maxCounted     = 5_000 // posts that are counted and ranked
	maxReranked    = 60    // posts whose titles are compared with the query
	maxPages       = 50    // pages of results
)

// Query is what a reader searches for.
type Query struct {
	Text    string
	Subject string // slug of the subject that the search is confined to; all if there is none
	Page    int    // from 1
	AsTyped bool   // take no word for a mistyped one
}

// SearchPage is one page of the posts that a query finds, best first. Posts with
// the same question and answer are one.
type SearchPage struct {
	Results   []content.SearchResult
	Page      int
	Pages     int      // at least 1
	Total     int      // posts found, as far as they are counted
	More      bool     // there are more than Total
	Corrected string   // what was searched for, if that is not what was typed
	Dropped   []string // words that were left out because no post has them all
	// Subjects are those of the results, most results first, with their number. They
	// are the same whatever subject the query is confined to.
	Subjects []content.Subject
	Subject  *content.Subject // the one that the query is confined to; nil for all
}

// Search returns the posts that a query finds. It forgives typing errors and, if no
// post has all words, leaves some out. A query without words finds nothing. The
// error is ErrNotFound for a page beyond the last.
func (s *Store) Search(ctx context.Context, query Query) (*SearchPage, error) {
	var page *SearchPage
	err := s.read(ctx, "search", func(snap *snapshot) error {
		page = &SearchPage{Page: max(query.Page, 1), Pages: 1}
		if err := page.confine(ctx, snap, &query); err != nil {
			return err
		}
		search, err := interpret(ctx, snap, query)
		if err != nil {
			return err
		}
		return page.fill(ctx, snap, search)
	})
	if err == nil && page.Page > page.Pages {
		err = fmt.Errorf("page %d of a search: %w", query.Page, ErrNotFound)
	}
	return page, err
}

// confine notes the subject that the query is confined to, or that there is none.
func (p *SearchPage) confine(ctx context.Context, snap *snapshot, query *Query) error {
	subject, err := readSubject(ctx, snap, query.Subject)
	if errors.Is(err, ErrNotFound) {
		query.Subject = ""
		return nil
	}
	p.Subject = &subject
	return err
}

// fill finds the posts of the page.
func (p *SearchPage) fill(ctx context.Context, snap *snapshot, s *search) error {
	p.Dropped = s.dropped
	if len(s.terms) == 0 {
		return nil
	}
	if err := p.count(ctx, snap, s); err != nil {
		return err
	}
	p.Pages = max(1, min((p.Total+ResultsPerPage-1)/ResultsPerPage, maxPages))
	expression := s.expression()
	if p.More {
		expression = "title : (" + expression + ")" // the best are among these
	}
	ranked, err := rank(ctx, snap, s, expression, maxCounted, maxReranked+3*p.Page*ResultsPerPage)
	if err != nil {
		return err
	}
	if len(ranked) > 0 {
		p.Corrected = s.corrected(ranked[0].title)
	}
	start := min((p.Page-1)*ResultsPerPage, len(ranked))
	mark := s.marker()
	for _, r := range ranked[start:min(start+ResultsPerPage, len(ranked))] {
		result, err := readResult(ctx, snap, r.number, mark)
		if err != nil {
			return err
		}
		p.Results = append(p.Results, result)
	}
	return nil
}

// count fills Total, More and Subjects.
func (p *SearchPage) count(ctx context.Context, snap *snapshot, s *search) (err error) {
	p.Subjects, err = collect(ctx, snap, scanCounted, `
		SELECT p.subject, `+subjectNameColumn+`, count(DISTINCT p.duplicate_key)
		FROM (SELECT rowid AS number FROM search WHERE search MATCH ? LIMIT ?) AS found
		CROSS JOIN posts AS p INDEXED BY posts_for_search ON p.number = found.number
		GROUP BY p.subject
		ORDER BY 3 DESC, p.subject`, s.expression(), maxCounted)
	if err != nil {
		return err
	}
	var rows int
	err = snap.one(ctx, `
		SELECT count(*), count(DISTINCT p.duplicate_key)
		FROM (SELECT rowid AS number FROM search WHERE search MATCH ? LIMIT ?) AS found
		CROSS JOIN posts AS p INDEXED BY posts_for_search ON p.number = found.number`,
		inSubject(s.expression(), s.subject), maxCounted).Scan(&rows, &p.Total)
	p.More = rows == maxCounted
	return err
}

func scanCounted(row scanner) (content.Subject, error) {
	var s content.Subject
	return s, row.Scan(&s.Slug, &s.Name, &s.Count)
}

// snippetLength is about how long a snippet is, in characters.
const snippetLength = 220

func readResult(ctx context.Context, snap *snapshot, number int64, mark func(word string) string) (content.SearchResult, error) {
	var result content.SearchResult
	var text string
	var date int64
	l := &result.Link
	err := snap.one(ctx, `SELECT `+linkColumns+`, p.answer_text FROM posts AS p WHERE number = ?`, number).
		Scan(&l.Path, &l.Title, &l.TitleHTML, &l.Subject, &date, &text)
	l.Date = fromUnix(date)
	result.Snippet = answer.Snippet(text, snippetLength, mark)
	return result, err
}

// maxCompleted bounds the questions that a search is completed to, and
// maxCompletedFrom how many of those found are looked at.
const (
	maxCompleted     = 8
	maxCompletedFrom = 500
)

// Complete returns questions whose titles have the words of a text that is perhaps
// half typed, best first.
func (s *Store) Complete(ctx context.Context, text string) ([]content.Link, error) {
	var links []content.Link
	err := s.read(ctx, "complete a search", func(snap *snapshot) error {
		links = nil
		search, err := interpret(ctx, snap, Query{Text: text})
		if err != nil || len(search.terms) == 0 || len(search.dropped) > 0 {
			return err
		}
		ranked, err := rank(ctx, snap, search, "title : ("+search.expression()+")", maxCompletedFrom, maxReranked)
		if err != nil {
			return err
		}
		for _, r := range ranked[:min(len(ranked), maxCompleted)] {
			link, err := scanLink(snap.one(ctx, `SELECT `+linkColumns+` FROM posts AS p WHERE number = ?`, r.number))
			if err != nil {
				return err
			}
			links = append(links, link)
		}
		return nil
	})
	return links, err
}
