package db_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// watched is a file system that records which posts are opened and in which one folder
// cannot be read.
type watched struct {
	fs.ReadDirFS
	mutex      sync.Mutex
	opened     []string
	unreadable string
}

func (w *watched) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		w.mutex.Lock()
		defer w.mutex.Unlock()
		w.opened = append(w.opened, name)
	}
	return w.ReadDirFS.Open(name)
}

func (w *watched) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.ReadDirFS, name) }

func (w *watched) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == w.unreadable {
		return nil, fs.ErrPermission
	}
	return w.ReadDirFS.ReadDir(name)
}

// loadWatched loads l's folder, or files in it, and returns the posts that were opened.
func (l *library) loadWatched(unreadable string, files ...string) (db.LoadResult, []string) {
	l.t.Helper()
	folder, ok := os.DirFS(l.folder).(fs.ReadDirFS)
	if !ok {
		l.t.Fatal("os.DirFS cannot list folders")
	}
	w := &watched{ReadDirFS: folder, unreadable: unreadable}
	result := l.loadFrom(w, db.LoadOptions{Files: files})
	return result, w.opened
}

// Files that have not changed are not even opened.
func TestLoadOpensOnlyWhatChanged(t *testing.T) {
	l := newLibrary(t, postA, postB, postC)
	age := func(name string, by time.Duration) {
		file := filepath.Join(l.folder, name)
		mustDo(t, os.Chtimes(file, now.Add(-by), now.Add(-by)))
	}
	for _, name := range []string{"learn/biology/a.md", "learn/biology/b.md", "learn/physics/c.md"} {
		age(name, time.Hour)
	}
	l.load()
	if _, opened := l.loadWatched(""); len(opened) > 0 {
		t.Errorf("opened %v", opened)
	}
	age("learn/biology/b.md", time.Minute)
	if _, opened := l.loadWatched(""); !slices.Equal(opened, []string{"learn/biology/b.md"}) {
		t.Errorf("opened %v, want the file with another time", opened)
	}
}

// A broken file that has not changed is not read again by the same program, but is by the
// next one, which may accept it.
func TestLoadOpensBrokenFilesOnce(t *testing.T) {
	const broken, second = "learn/art/broken.md", "learn/biology/second.md"
	l := newLibrary(t, postA)
	age := func(name string, by time.Duration) {
		mustDo(t, os.Chtimes(filepath.Join(l.folder, name), now.Add(-by), now.Add(-by)))
	}
	contenttest.WriteFile(t, l.folder, broken, "broken")
	age(broken, time.Hour)
	age("learn/biology/a.md", time.Hour)
	want := func(what string, want ...string) {
		t.Helper()
		result, opened := l.loadWatched("")
		if !slices.Equal(opened, want) || result.Skipped != 1 {
			t.Errorf("%s: opened %v, skipped %d, want %v and 1", what, opened, result.Skipped, want)
		}
		l.load()
		if len(l.problems) != 1 || !strings.HasPrefix(l.problems[0], "learn/") {
			t.Errorf("%s: problems %v", what, l.problems)
		}
	}
	l.load()
	want("unchanged")
	l.open()
	want("another program", broken)
	contenttest.WriteFile(t, l.folder, broken, "broken otherwise")
	age(broken, time.Minute)
	want("changed", broken)
	mustDo(t, os.Rename(filepath.Join(l.folder, broken), filepath.Join(l.folder, second)))
	contenttest.WriteFile(t, l.folder, second, postA.Text())
	age(second, time.Hour)
	l.load()
	want("a second file with an address", second, second) // for its address, and whether that is free now
}
