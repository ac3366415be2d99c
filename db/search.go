package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// ResultsPerPage is the number of results on a page of a search.
const ResultsPerPage = 20

// Bounds on the work of one search, whatever is asked and however large the
// library is.
const (
	maxTerms       = 12  // words; the rest are ignored
	maxCompletions = 24  // words that a half-typed one may be
	maxCounted     = 500 // posts that are counted and ranked
	maxReranked    = 60  // posts whose titles are compared with the query
	maxPages       = 50  // pages of results
)

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
	Lacking   []string // words that some results lack, one each, because few posts have all words
	// Subjects are those of the results in the whole library, with the number in each, most
	// first. The subject that the query is confined to comes before the others, with Total.
	Subjects     []content.Subject
	MoreSubjects bool             // each but Subject may have more than its number
	Subject      *content.Subject // the one that the query is confined to; nil for all
}

// Search returns the posts that a query finds. It forgives typing errors and, if no
// post has all words, leaves some out. A query without words finds nothing. The
// error is ErrNotFound for a page beyond the last.
func (s *Store) Search(ctx context.Context, query Query) (*SearchPage, error) {
	page, err := read(ctx, s, "search", func(snap *snapshot) (*SearchPage, error) {
		page, query := &SearchPage{Page: max(query.Page, 1), Pages: 1}, query
		if err := page.confine(ctx, snap, &query); err != nil {
			return nil, err
		}
		return page, page.answer(ctx, snap, query)
	})
	if err == nil && page.Page > page.Pages {
		err = fmt.Errorf("page %d of a search: %w", query.Page, ErrNotFound)
	}
	return page, err
}

// confine sets the subject that the query is confined to, none if it is unknown.
func (p *SearchPage) confine(ctx context.Context, snap *snapshot, query *Query) error {
	subject, err := readSubject(ctx, snap, query.Subject)
	if errors.Is(err, ErrNotFound) {
		query.Subject = ""
		return nil
	}
	p.Subject = &subject
	return err
}

// answer fills the page. A query confined to a subject is interpreted as it is for the
// whole library, so that the subject has as many results as the list of subjects says; if
// that finds none, it is interpreted by what the subject has.
func (p *SearchPage) answer(ctx context.Context, snap *snapshot, query Query) error {
	everywhere := query
	everywhere.Subject = ""
	search, err := interpret(ctx, snap, everywhere)
	if err != nil {
		return err
	}
	search.subject = query.Subject
	if err := p.fill(ctx, snap, search); err != nil || p.Total > 0 || query.Subject == "" {
		return err
	}
	if search, err = interpret(ctx, snap, query); err != nil {
		return err
	}
	return p.fill(ctx, snap, search)
}

// fill finds the posts of the page.
func (p *SearchPage) fill(ctx context.Context, snap *snapshot, s *search) error {
	p.Dropped, p.Subjects, p.MoreSubjects = s.dropped, nil, false
	if len(s.terms) == 0 {
		return nil
	}
	everywhere := *s
	everywhere.subject = ""
	found, err := everywhere.find(ctx, snap, tiers, maxCounted)
	if err != nil {
		return err
	}
	if p.Subjects, err = countSubjects(ctx, snap, found); err != nil {
		return err
	}
	p.MoreSubjects = len(found) == maxCounted
	if s.subject != "" {
		if p.MoreSubjects {
			found, err = s.find(ctx, snap, tiers, maxCounted)
		} else {
			found = slices.DeleteFunc(found, func(f foundPost) bool { return f.subject != s.subject })
		}
		if err != nil {
			return err
		}
	}
	p.More = len(found) == maxCounted
	ranked, err := rank(ctx, snap, s, found)
	if err != nil {
		return err
	}
	p.Total = len(ranked)
	p.putFirst(s.subject)
	p.Pages = min(pagesOf(p.Total, ResultsPerPage), maxPages)
	if p.Total > 0 {
		p.Corrected = s.corrected(ranked[0].title)
	}
	if p.Page > p.Pages {
		return nil
	}
	start := min((p.Page-1)*ResultsPerPage, p.Total)
	mark := s.marker()
	for _, f := range ranked[start:min(start+ResultsPerPage, p.Total)] {
		result, err := readResult(ctx, snap, f.number, mark)
		if err != nil {
			return err
		}
		p.Results = append(p.Results, result)
		if !tiers[f.tier].isNear {
			continue
		}
		if word := s.lacking(result.Title); word != "" && !slices.Contains(p.Lacking, word) {
			p.Lacking = append(p.Lacking, word)
		}
	}
	return nil
}

// putFirst puts the subject that the query is confined to before the others.
func (p *SearchPage) putFirst(slug string) {
	i := slices.IndexFunc(p.Subjects, func(s content.Subject) bool { return s.Slug == slug })
	if i < 0 {
		return
	}
	chosen := p.Subjects[i]
	chosen.Count = p.Total
	p.Subjects = slices.Insert(slices.Delete(p.Subjects, i, i+1), 0, chosen)
}

// countSubjects returns the subjects of what was found, with the number of questions
// in each, most first.
func countSubjects(ctx context.Context, snap *snapshot, found []foundPost) ([]content.Subject, error) {
	questions := map[string]map[string]bool{} // keys by subject
	for _, f := range found {
		if questions[f.subject] == nil {
			questions[f.subject] = map[string]bool{}
		}
		questions[f.subject][f.key] = true
	}
	var subjects []content.Subject
	for slug, keys := range questions {
		subject, err := readSubject(ctx, snap, slug)
		if err != nil {
			return nil, err
		}
		subject.Count = len(keys)
		subjects = append(subjects, subject)
	}
	slices.SortFunc(subjects, func(a, b content.Subject) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Slug, b.Slug))
	})
	return subjects, nil
}

// snippetLength is about how long a snippet is, in characters.
const snippetLength = 220

func readResult(ctx context.Context, snap *snapshot, number int64, mark func(word string) []answer.Match) (content.SearchResult, error) {
	var result content.SearchResult
	var text string
	err := scanLinkAnd(snap.one(ctx, `
		SELECT `+linkColumns+`, details.answer_text
		FROM posts AS p
		JOIN details ON details.post = p.number
		WHERE p.number = ?`, number), &result.Link, &text)
	result.Snippet = answer.Snippet(text, snippetLength, mark)
	return result, err
}

// maxCompleted bounds the questions that a search is completed to, and
// maxCompletedFrom how many of those found are looked at. Many words begin
// with the same two letters, so the last word may have more completions than in a search,
// but fewer if there are many words, as each takes time.
const (
	maxCompleted           = 8
	maxCompletedFrom       = 500
	maxLastCompletions     = 200
	maxCompletionsAndTerms = 600 // the product of their numbers
)

// Complete returns questions whose titles have the words of a query that may be
// half-typed, best first. If the last word is one letter and nothing is found with it, it
// is left out.
func (s *Store) Complete(ctx context.Context, query Query) ([]content.Link, error) {
	query.halfTyped = true
	links, err := s.complete(ctx, query)
	if err != nil || len(links) > 0 {
		return links, err
	}
	text := query.Text
	if space := strings.LastIndexByte(text, ' '); space >= 0 && utf8.RuneCountInString(text[space+1:]) == 1 {
		query.Text = text[:space]
		return s.complete(ctx, query)
	}
	return nil, nil
}

func (s *Store) complete(ctx context.Context, query Query) ([]content.Link, error) {
	return read(ctx, s, "complete a search", func(snap *snapshot) ([]content.Link, error) {
		search, err := interpret(ctx, snap, query)
		if err != nil || len(search.terms) == 0 {
			return nil, err
		}
		found, err := search.find(ctx, snap, tiers[:titleTiers], maxCompletedFrom)
		if err != nil {
			return nil, err
		}
		ranked, err := rank(ctx, snap, search, found)
		if err != nil {
			return nil, err
		}
		var links []content.Link
		for _, r := range ranked[:min(len(ranked), maxCompleted)] {
			link, err := scanLink(snap.one(ctx, `SELECT `+linkColumns+` FROM posts AS p WHERE number = ?`, r.number))
			if err != nil {
				return nil, err
			}
			links = append(links, link)
		}
		return links, nil
	})
}
