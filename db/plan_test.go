package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/content/contenttest"
)

// recorder connects to a database and records the queries that are prepared.
type recorder struct {
	source  string
	queries map[string]int // to the number of their parameters
}

func (r *recorder) Driver() driver.Driver { return &sqlite.Driver{} }

func (r *recorder) Connect(context.Context) (driver.Conn, error) {
	connection, err := r.Driver().Open(r.source)
	return &recordingConnection{connection, r}, err
}

type recordingConnection struct {
	driver.Conn
	recorder *recorder
}

func (c *recordingConnection) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, options)
}

func (c *recordingConnection) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	statement, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	if err == nil {
		c.recorder.queries[query] = strings.Count(query, "?")
	}
	return statement, err
}

// wholeTable finds the steps of a plan that read a table that grows with the
// library from end to end. Walking along an index up to a limit is not one.
var wholeTable = regexp.MustCompile(`SCAN (posts|p|other|files|topic_posts|topic_names|aliases|removed|redirects|formulas|words|spellings)$`)

// A query that a page runs must not read a whole table.
func TestPageQueriesUseIndexes(t *testing.T) {
	ctx := t.Context()
	var posts []contenttest.Post
	for i := range 300 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/subject-%d/questions/q%d", i%3, i), Fields: []string{
			contenttest.Related(1, "/learn/subject-1/questions/q1"), fmt.Sprintf("aliases: [/old/%d]", i),
		}})
	}
	store, err := Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	folder := os.DirFS(contenttest.Folder(t, posts...))
	if _, err := store.Load(ctx, folder, LoadOptions{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	r := &recorder{source: dataSource(store.file, "mode=ro"), queries: map[string]int{}}
	reader := sql.OpenDB(r)
	recording, err := newReader(ctx, reader, nil)
	check(t, err)
	check(t, store.reader.Swap(recording).Close())

	_, err = store.PostCount(ctx)
	check(t, err)
	_, err = store.Home(ctx)
	check(t, err)
	_, err = store.Subjects(ctx)
	check(t, err)
	_, err = store.SubjectPage(ctx, "subject-1", 1)
	check(t, err)
	_, err = store.FlashcardsPage(ctx, "subject-1", 1)
	check(t, err)
	_, err = store.Question(ctx, "/learn/subject-1/questions/q1")
	check(t, err)
	_, err = store.TopicsPage(ctx, 1)
	check(t, err)
	_, err = store.TopicPage(ctx, "school", 2)
	check(t, err)
	_, err = store.TopicPaths(ctx, 0, 10)
	check(t, err)
	_, err = store.RandomPath(ctx)
	check(t, err)
	_, err = store.SitemapSubjects(ctx, 100, true)
	check(t, err)
	_, err = store.SitemapPosts(ctx, "subject-1", 1, 100, true)
	check(t, err)
	_, err = store.Newest(ctx, true)
	check(t, err)
	_, _, err = store.NewestOf(ctx, "subject-1", true)
	check(t, err)
	_, err = store.Search(ctx, Query{Text: "school qustion", Subject: "subject-1"})
	check(t, err)
	_, err = store.Complete(ctx, Query{Text: "scho", Subject: "subject-1"})
	check(t, err)
	_, _, err = store.Unannounced(ctx, 100)
	check(t, err)
	check(t, store.EachQuestion(ctx, "subject-1", func(*Question) error { return nil }))
	_, err = store.Suggestions(ctx, "/learn/subject-1/questions/q1-x")
	check(t, err)
	if moved, err := store.Moved(ctx, "/nowhere"); err == nil {
		t.Errorf("/nowhere moved to %v", moved)
	}
	if moved, err := store.Moved(ctx, "/learn/subject-1/questions/nowhere"); err == nil {
		t.Errorf("nowhere moved to %v", moved)
	}
	state, err := readState(ctx, store.reader.Load(), stateChanged)
	check(t, err)
	for list, key := range map[list]string{subjectList: "subject-1", topicList: "school"} {
		far := landmark{date: math.MaxInt64, last: ""}
		store.landmarks.state, store.landmarks.lists = state, map[listKey][]landmark{{list, key}: {far}}
		_, err := read(ctx, store, "a long list", func(snap *snapshot) ([]content.Link, error) {
			links, err := store.readPage(ctx, snap, list, key, 15, 3000)
			if _, err := store.landmarks.find(ctx, snap, list, key, 2); err == nil {
				t.Errorf("a short list has two landmarks")
			}
			return links, err
		})
		check(t, err)
	}
	l := &loader{known: store.reader.Load()}
	_, err = l.knownFiles(ctx, "learn/subject-1")
	check(t, err)
	_, err = l.knownAmong(ctx, []string{"learn/subject-1/q1.md"})
	check(t, err)
	l.knownFormula(ctx)(answer.Formula{})

	if len(r.queries) < 15 {
		t.Errorf("%d queries recorded, want all that the pages run", len(r.queries))
	}
	for query, parameters := range maps.Clone(r.queries) { // explaining adds to them
		steps := plan(t, reader, query, make([]any, parameters))
		for _, step := range steps {
			// A scan of a subquery's result reads no more than the subquery's own steps.
			isSubquery := slices.Contains(steps, strings.Replace(step, "SCAN", "CO-ROUTINE", 1))
			if wholeTable.MatchString(step) && !isSubquery {
				t.Errorf("%s in %s", step, query)
			}
		}
	}
}

// plan returns the steps by which SQLite answers a query
// (https://www.sqlite.org/eqp.html).
func plan(t *testing.T, database *sql.DB, query string, args []any) []string {
	t.Helper()
	rows, err := database.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	check(t, err)
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		check(t, rows.Scan(&id, &parent, &unused, &step))
		steps = append(steps, step)
	}
	check(t, rows.Err())
	return steps
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
