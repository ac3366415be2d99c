package content_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"quicktakes/content"
	"quicktakes/content/contenttest"
)

// watched watches a folder and returns what is sent to as it changes.
func watched(t *testing.T, folder string, interval time.Duration) <-chan struct{} {
	t.Helper()
	changed := make(chan struct{}, 1)
	done := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer close(done)
		content.Watch(ctx, folder, interval, func() {
			select {
			case changed <- struct{}{}:
			default:
			}
		}, func(err error) { t.Error(err) })
	}()
	t.Cleanup(func() { cancel(); <-done })
	wantChange(t, changed, "at the beginning")
	return changed
}

func wantChange(t *testing.T, changed <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-changed:
	case <-time.After(time.Minute):
		t.Fatalf("not told %s", what)
	}
}

func TestWatch(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "posts")
	contenttest.WriteFile(t, folder, "learn/a.md", "a")
	changed := watched(t, folder, time.Hour)
	at := func(name string) string { return filepath.Join(folder, name) }
	rename := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"of an edit", func() { contenttest.WriteFile(t, folder, "learn/a.md", "b") }},
		{"of a new file", func() { contenttest.WriteFile(t, folder, "learn/b.md", "b") }},
		{"of a new name", func() { rename(at("learn/b.md"), at("learn/c.md")) }},
		{"of a deletion", func() { os.Remove(at("learn/c.md")) }},
		{"of redirects", func() { contenttest.WriteFile(t, folder, "_redirects", "") }},
		{"of new folders", func() { contenttest.WriteFile(t, folder, "new/deep/d.md", "d") }},
		{"of an edit in a new folder", func() { contenttest.WriteFile(t, folder, "new/deep/d.md", "e") }},
		{"of a folder's new name", func() { rename(at("new"), at("newer")) }},
		{"of an edit in a renamed folder", func() { contenttest.WriteFile(t, folder, "newer/deep/d.md", "f") }},
		{"that a folder vanished", func() { rename(at("newer"), filepath.Join(parent, "away")) }},
		{"that it came back", func() { rename(filepath.Join(parent, "away"), at("newer")) }},
		{"of an edit in what came back", func() { contenttest.WriteFile(t, folder, "newer/deep/d.md", "g") }},
		{"that everything vanished", func() { rename(folder, filepath.Join(parent, "away")) }},
		{"that everything came back", func() { rename(filepath.Join(parent, "away"), folder) }},
		{"of an edit after that", func() { contenttest.WriteFile(t, folder, "learn/a.md", "h") }},
	} {
		step.do()
		wantChange(t, changed, step.what)
	}
}

// A release may be put in place by turning a link to it.
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
	wantChange(t, changed, "of an edit in it")
}

// Some changes no system tells of, such as those of a file on another machine.
func TestWatchLooksAtIntervals(t *testing.T) {
	changed := watched(t, t.TempDir(), time.Millisecond)
	for range 3 {
		wantChange(t, changed, "after an interval")
	}
}
