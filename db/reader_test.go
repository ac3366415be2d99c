package db

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// arrival is a context that calls arrive when a read first waits for a connection.
type arrival struct {
	context.Context
	arrive func()
}

func (a arrival) Done() <-chan struct{} {
	a.arrive()
	return a.Context.Done()
}

// A read that fails in a file that was replaced in the meantime starts again.
func TestReadStartsAgainInTheNewFile(t *testing.T) {
	folder := os.DirFS(contenttest.Folder(t,
		contenttest.Post{Path: "/learn/biology/questions/a"}, contenttest.Post{Path: "/learn/physics/questions/b"}))
	open := func(spoil string) *Store {
		store, err := Open(t.Context(), filepath.Join(t.TempDir(), "library.db"))
		check(t, err)
		t.Cleanup(func() { store.Close() })
		_, err = store.Load(t.Context(), folder, LoadOptions{Now: time.Now})
		check(t, err)
		database, err := sql.Open("sqlite", store.file)
		check(t, err)
		defer database.Close()
		_, err = database.ExecContext(t.Context(), spoil)
		check(t, err)
		return store
	}
	store := open(`UPDATE subject_names SET listed = 2 WHERE subject = 'physics'`) // one of them cannot be found
	newer := open("")
	var once sync.Once
	ctx := arrival{t.Context(), func() {
		once.Do(func() {
			old := store.reader.Swap(newer.reader.Swap(nil))
			t.Cleanup(func() { old.Close() })
		})
	}}
	subjects, err := store.SitemapSubjects(ctx, 100, true)
	check(t, err)
	if len(subjects) != 2 || subjects[0].Slug != "biology" || subjects[1].Slug != "physics" {
		t.Errorf("subjects %v, want biology and physics, once each", subjects)
	}
}
