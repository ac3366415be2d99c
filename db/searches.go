package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"quicktakes/content"
)

// Searches counts what people look for, so that editors know what to write. It has
// a file of its own: the library's is a product of the posts. Nothing about who
// searched reaches it. It is safe for use by many goroutines, and a nil *Searches
// counts nothing.
type Searches struct {
	database *sql.DB
	now      func() time.Time
	// What was counted since the program started.
	all, withoutResults atomic.Int64

	mutex   sync.Mutex
	waiting map[searchedOn]counted // to be written
}

// searchedOn is a query on a day.
type searchedOn struct {
	day   int64 // since 1970-01-01, in UTC
	query string
}

// counted is how often a query was searched for, and what its last search found.
type counted struct{ searches, results int }

// The bounds of what is kept: what is older goes first, then what is rarest.
const (
	SearchDays       = 90
	maxSearchRows    = 100_000 // in the file
	maxSearchWaiting = 1000    // not yet written
	maxSearchBytes   = 100     // of a query, cut after a word
)

// searchesID marks the file as one of searches.
const searchesID = 0x51546B71

const searchesSchema = `
	CREATE TABLE IF NOT EXISTS searches (
		day      INTEGER NOT NULL, -- since 1970-01-01, in UTC
		query    TEXT NOT NULL,
		searches INTEGER NOT NULL,
		results  INTEGER NOT NULL, -- that the last of them found
		PRIMARY KEY (day, query)
	) STRICT, WITHOUT ROWID`

// OpenSearches opens the searches in file, which is made if it is missing. A file
// that holds something else is left alone and is an error.
func OpenSearches(ctx context.Context, file string, now func() time.Time) (*Searches, error) {
	fail := func(err error) (*Searches, error) { return nil, fmt.Errorf("open searches %s: %w", file, err) }
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fail(err)
	}
	database, err := sql.Open("sqlite", dataSource(file, "_txlock=immediate"))
	if err != nil {
		return fail(err)
	}
	if err := prepareSearches(ctx, database); err != nil {
		return fail(errors.Join(err, database.Close()))
	}
	return &Searches{database: database, now: now, waiting: map[searchedOn]counted{}}, nil
}

// prepareSearches makes a new file one of searches.
func prepareSearches(ctx context.Context, database *sql.DB) error {
	var application, tables int64
	err := database.QueryRowContext(ctx, `
		SELECT application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id`).Scan(&application, &tables)
	if err != nil {
		return err
	}
	if application != searchesID && tables > 0 {
		return errors.New("the file is another database")
	}
	_, err = database.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d; %s`, searchesID, searchesSchema))
	return err
}

// Close closes the file. What Write has not written is lost.
func (s *Searches) Close() error {
	if s == nil {
		return nil
	}
	return s.database.Close()
}

// Count counts a search for query that found a number of results. It never waits for the
// file, and drops the query when many are already waiting. A query that could be somebody's
// address or number counts in Totals only.
func (s *Searches) Count(query string, results int) {
	if s == nil {
		return
	}
	s.all.Add(1)
	if results == 0 {
		s.withoutResults.Add(1)
	}
	folded := foldQuery(query)
	if folded == "" {
		return
	}
	on := searchedOn{dayOf(s.now()), folded}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.wait(on, counted{s.waiting[on].searches + 1, results})
}

// wait puts a query among those to be written, if there is room.
func (s *Searches) wait(on searchedOn, c counted) {
	if _, waits := s.waiting[on]; waits || len(s.waiting) < maxSearchWaiting {
		s.waiting[on] = c
	}
}

// waitAgain adds what could not be written to what was counted since.
func (s *Searches) waitAgain(batch map[searchedOn]counted) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for on, c := range batch {
		if newer, waits := s.waiting[on]; waits {
			c = counted{c.searches + newer.searches, newer.results}
		}
		s.wait(on, c)
	}
}

// Totals returns how many searches were counted since the program started, and how
// many of them found nothing.
func (s *Searches) Totals() (searches, withoutResults int64) {
	if s == nil {
		return 0, 0
	}
	return s.all.Load(), s.withoutResults.Load()
}

// personal matches what could be somebody's address or number, or a link that holds a
// secret. In numbers it allows for the spaces that Fold makes of punctuation.
var personal = regexp.MustCompile(`\S[@＠]\S|://|\pN(?: ?\pN){6}`)

// foldQuery returns what is kept of a query, "" if it may be personal.
func foldQuery(query string) string {
	const enough = 8 * maxSearchBytes // what is cut off cannot be told from spaces
	query = strings.ToValidUTF8(query[:min(len(query), enough)], "")
	folded := content.FoldWithKatakana(query)
	if personal.MatchString(query) || personal.MatchString(folded) {
		return ""
	}
	if len(folded) > maxSearchBytes {
		end := strings.LastIndexByte(folded[:maxSearchBytes+1], ' ')
		return folded[:max(0, end)]
	}
	return folded
}

func dayOf(t time.Time) int64 { return t.Unix() / int64(24*time.Hour/time.Second) }

// Write writes what was counted since the last Write, and deletes what exceeds the
// bounds. What could not be written waits for the next one.
func (s *Searches) Write(ctx context.Context) error {
	if s == nil {
		return nil
	}
	s.mutex.Lock()
	batch := s.waiting
	s.waiting = map[searchedOn]counted{}
	s.mutex.Unlock()
	if len(batch) == 0 {
		return nil
	}
	if err := s.write(ctx, batch); err != nil {
		s.waitAgain(batch)
		return fmt.Errorf("write searches: %w", err)
	}
	return nil
}

func (s *Searches) write(ctx context.Context, batch map[searchedOn]counted) error {
	tx, err := s.database.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, `
		INSERT INTO searches (day, query, searches, results)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (day, query) DO UPDATE SET
			searches = searches + excluded.searches,
			results = excluded.results`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for on, c := range batch {
		if _, err := insert.ExecContext(ctx, on.day, on.query, c.searches, c.results); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM searches WHERE day <= ?`, dayOf(s.now())-SearchDays); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		DELETE FROM searches
		WHERE (day, query) IN (
			SELECT day, query
			FROM searches
			ORDER BY searches, day, query
			LIMIT max(0, (SELECT count(*) FROM searches) - ?)
		)`, maxSearchRows)
	if err != nil {
		return err
	}
	return tx.Commit()
}

// CountedQuery is what people looked for in the last SearchDays days.
type CountedQuery struct {
	Query   string
	Times   int       // how often
	Last    time.Time // day, in UTC
	Results int       // that the last search of that day found
}

// List returns what people looked for, the most wanted first.
func (s *Searches) List(ctx context.Context) ([]CountedQuery, error) {
	if s == nil {
		return nil, nil
	}
	rows, err := s.database.QueryContext(ctx, `
		SELECT query, sum(searches) AS times, max(day), results -- of the row with max(day)
		FROM searches
		WHERE day > ?
		GROUP BY query
		ORDER BY times DESC, query`, dayOf(s.now())-SearchDays)
	if err != nil {
		return nil, fmt.Errorf("list searches: %w", err)
	}
	defer rows.Close()
	var list []CountedQuery
	for rows.Next() {
		var query CountedQuery
		var day int64
		if err := rows.Scan(&query.Query, &query.Times, &day, &query.Results); err != nil {
			return nil, fmt.Errorf("list searches: %w", err)
		}
		query.Last = time.Unix(day*int64(24*time.Hour/time.Second), 0).UTC()
		list = append(list, query)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list searches: %w", err)
	}
	return list, nil
}
