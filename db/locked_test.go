package db_test

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"
	"time"

	"quicktakes/db"
)

// Another program that is writing to the database stops loads, with advice, but not
// readers.
func TestLoadIntoLockedDatabase(t *testing.T) {
	t.Parallel() // it waits for the lock as long as loads do
	l := newLibrary(t, postA)
	l.load()
	ctx := context.WithoutCancel(t.Context())
	other, err := sql.Open("sqlite", l.file)
	mustDo(t, err)
	defer other.Close()
	conn, err := other.Conn(ctx)
	mustDo(t, err)
	_, err = conn.ExecContext(ctx, `BEGIN IMMEDIATE`)
	mustDo(t, err)
	l.write(postB)
	_, err = l.store.Load(t.Context(), os.DirFS(l.folder), db.LoadOptions{Now: time.Now})
	if err == nil || !strings.Contains(err.Error(), "another program is writing to the database") {
		t.Errorf("Load: %v, want advice", err)
	}
	l.wantTitle(pathA, "What is A?")
	_, err = conn.ExecContext(ctx, `ROLLBACK`)
	mustDo(t, err)
	l.wantResult(l.load(), db.LoadResult{Posts: 2, Added: 1, Unchanged: 1})
}
