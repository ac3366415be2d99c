package db_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// now is the time at which tests load.
var now = time.Date(2026, time.May, 1, 12, 0, 0, 0, time.UTC)

// library is a content folder with the store that it is loaded into.
type library struct {
	t        *testing.T
	folder   string
	file     string
	store    *db.Store
	now      time.Time
	problems []string // of the last load
	replaced []string // what it reported about databases that it replaced
}

// newLibrary returns a library of posts that are not loaded yet.
func newLibrary(t *testing.T, posts ...contenttest.Post) *library {
	t.Helper()
	l := &library{t: t, folder: contenttest.Folder(t, posts...), file: filepath.Join(t.TempDir(), "library.db"), now: now}
	l.open()
	return l
}

// open opens the library's database, again if it is already open.
func (l *library) open() {
	l.t.Helper()
	if l.store != nil {
		l.close()
	}
	store, err := db.Open(l.t.Context(), l.file)
	if err != nil {
		l.t.Fatal(err)
	}
	l.store = store
	l.t.Cleanup(func() { store.Close() })
}

func (l *library) close() {
	l.t.Helper()
	if err := l.store.Close(); err != nil {
		l.t.Error(err)
	}
}

// load loads the folder.
func (l *library) load() db.LoadResult {
	l.t.Helper()
	return l.loadWith(db.LoadOptions{})
}

// loadWith loads the folder with options besides Now, Problem and Replaced.
func (l *library) loadWith(options db.LoadOptions) db.LoadResult {
	l.t.Helper()
	return l.loadFrom(os.DirFS(l.folder), options)
}

func (l *library) loadFrom(fsys fs.FS, options db.LoadOptions) db.LoadResult {
	l.t.Helper()
	l.problems, l.replaced = nil, nil
	var mutex sync.Mutex
	options.Now = func() time.Time { return l.now }
	options.Problem = func(err error) {
		mutex.Lock()
		defer mutex.Unlock()
		l.problems = append(l.problems, err.Error())
	}
	options.Replaced = func(reason error) { l.replaced = append(l.replaced, reason.Error()) }
	result, err := l.store.Load(l.t.Context(), fsys, options)
	if err != nil {
		l.t.Fatal(err)
	}
	return result
}

func (l *library) write(posts ...contenttest.Post) {
	l.t.Helper()
	contenttest.Write(l.t, l.folder, posts...)
}

func (l *library) remove(name string) {
	l.t.Helper()
	if err := os.RemoveAll(filepath.Join(l.folder, name)); err != nil {
		l.t.Fatal(err)
	}
}

// title returns the title of the post at path, "not found" if there is none.
func (l *library) title(path string) string {
	l.t.Helper()
	question, err := l.store.Question(l.t.Context(), path)
	if errors.Is(err, db.ErrNotFound) {
		return "not found"
	}
	if err != nil {
		l.t.Fatal(err)
	}
	return question.Rendered.Title.Text
}

func (l *library) wantResult(got, want db.LoadResult) {
	l.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		l.t.Errorf("Load (-want +got):\n%s", diff)
	}
}

func (l *library) wantTitle(path, want string) {
	l.t.Helper()
	if got := l.title(path); got != want {
		l.t.Errorf("title of %s = %q, want %q", path, got, want)
	}
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// renderOtherwise makes the library look as if an older program had rendered it.
func (l *library) renderOtherwise() {
	l.t.Helper()
	database, err := sql.Open("sqlite", l.file)
	mustDo(l.t, err)
	_, err = database.ExecContext(l.t.Context(), `
		UPDATE state SET value = 'older' WHERE name = 'renderer';
		UPDATE formulas SET mathml = '<math>older</math>'`)
	mustDo(l.t, err)
	mustDo(l.t, database.Close())
}
