package content_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"quicktakes/content"
	"quicktakes/content/contenttest"
)

// watched watches a folder and returns a channel that gets the changed files.
func watched(t *testing.T, folder string, interval time.Duration) <-chan []string {
	t.Helper()
	changed := make(chan []string)
	done := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer close(done)
		content.Watch(ctx, folder, func() time.Duration { return interval }, func(files []string) {
			select {
			case changed <- files:
			case <-ctx.Done():
			}
		}, func(err error) { t.Error(err) })
	}()
	t.Cleanup(func() { cancel(); <-done })
	wantChange(t, changed, "at the beginning")
	return changed
}

// wantChange waits for a change of the given files, or for nil if there are none.
func wantChange(t *testing.T, changed <-chan []string, what string, files ...string) {
	t.Helper()
	var told [][]string // a slow test may be told of a step twice
	for late := time.After(time.Minute); ; {
		select {
		case got := <-changed:
			if slices.Equal(got, files) {
				return
			}
			told = append(told, got)
		case <-late:
			t.Fatalf("not told %s: %q, but %q", what, files, told)
		}
	}
}

func TestWatch(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "posts")
	contenttest.WriteFile(t, folder, "learn/a.md", "a")
	contenttest.WriteFile(t, parent, "elsewhere/x.md", "x")
	changed := watched(t, folder, time.Hour)
	at := func(name string) string { return filepath.Join(folder, name) }
	rename := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	link := func(to, from string) {
		t.Helper()
		if err := os.Symlink(to, from); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, text string) func() {
		return func() { contenttest.WriteFile(t, folder, name, text) }
	}
	for _, step := range []struct {
		what  string
		do    func()
		files []string // nil if others may have changed too
	}{
		{"of an edit", write("learn/a.md", "b"), []string{"learn/a.md"}},
		{"of a new file", write("learn/b.md", "b"), []string{"learn/b.md"}},
		{"of a new name", func() { rename(at("learn/b.md"), at("learn/c.md")) }, []string{"learn/b.md", "learn/c.md"}},
		{"of a deletion", func() { os.Remove(at("learn/c.md")) }, []string{"learn/c.md"}},
		{"of a file that lies in no folder", write("top.md", "t"), []string{"top.md"}},
		{"of redirects", write("_redirects", ""), []string{"_redirects"}},
		{"of new folders", write("new/deep/d.md", "d"), nil},
		{"of an edit in a new folder", write("new/deep/d.md", "e"), []string{"new/deep/d.md"}},
		{"of a folder's other rights", func() { _ = os.Chmod(at("new"), 0o700) }, nil},
		{"of a folder's new name", func() { rename(at("new"), at("newer")) }, nil},
		{"of an edit in a renamed folder", write("newer/deep/d.md", "f"), []string{"newer/deep/d.md"}},
		{"of a folder with the name of a post", write("learn/folder.md/e.md", "e"), nil},
		{"of an edit in it", write("learn/folder.md/e.md", "f"), []string{"learn/folder.md/e.md"}},
		{"of a link to a folder", func() { link(filepath.Join(parent, "elsewhere"), at("link")) }, nil},
		{"of an edit, and of none behind the link", func() { write("link/x.md", "x")(); write("learn/a.md", "c")() }, []string{"learn/a.md"}},
		{"of an edit, and that a folder vanished", func() {
			write("learn/a.md", "d")()
			rename(at("newer"), filepath.Join(parent, "away"))
		}, nil},
		{"that it came back", func() { rename(filepath.Join(parent, "away"), at("newer")) }, nil},
		{"of an edit in what came back", write("newer/deep/d.md", "g"), []string{"newer/deep/d.md"}},
		{"that everything vanished", func() { rename(folder, filepath.Join(parent, "away")) }, nil},
		{"that everything came back", func() { rename(filepath.Join(parent, "away"), folder) }, nil},
		{"of an edit after that", write("learn/a.md", "h"), []string{"learn/a.md"}},
	} {
		step.do()
		wantChange(t, changed, step.what, step.files...)
	}
}

func TestWatchReportsChangesThatNeverStop(t *testing.T) {
	t.Parallel() // it takes a second
	folder := t.TempDir()
	contenttest.WriteFile(t, folder, "learn/a.md", "a")
	changed := watched(t, folder, time.Hour)
	pause := time.NewTicker(20 * time.Millisecond)
	defer pause.Stop()
	for late := time.After(10 * time.Second); ; {
		select {
		case <-pause.C:
			contenttest.WriteFile(t, folder, "learn/a.md", "b")
		case <-changed:
			return
		case <-late:
			t.Fatal("not told while changes go on")
		}
	}
}

// A release may be put in place by pointing a link at it.
func TestWatchFollowsALink(t *testing.T) {
	parent := t.TempDir()
	contenttest.WriteFile(t, parent, "1/a.md", "a")
	contenttest.WriteFile(t, parent, "2/a.md", "b")
	folder := filepath.Join(parent, "current")
	link := func(to string) {
		t.Helper()
		next := filepath.Join(parent, "next")
		if err := os.Symlink(to, next); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(next, folder); err != nil {
			t.Fatal(err)
		}
	}
	link("1")
	changed := watched(t, folder, time.Hour)
	link("2")
	wantChange(t, changed, "of another folder")
	contenttest.WriteFile(t, parent, "2/a.md", "c")
	wantChange(t, changed, "of an edit in it", "a.md")
}

// No system reports some changes, such as those that another machine makes.
func TestWatchLooksAtIntervals(t *testing.T) {
	changed := watched(t, t.TempDir(), time.Millisecond)
	for range 3 {
		wantChange(t, changed, "after an interval")
	}
}
