package content_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
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
		content.Watch(ctx, folder, func() time.Duration { return interval }, func() {
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

// isWatcher has the test program watch the folder that it names, without the right to open
// a file more, and write down what it is told: such a limit holds for a whole process.
const isWatcher = "RUN_AS_WATCHER"

func TestMain(m *testing.M) {
	folder := os.Getenv(isWatcher)
	if folder == "" {
		os.Exit(m.Run())
	}
	reader, writer, err := os.Pipe() // for which the runtime opens what it needs to wait for anything
	err = errors.Join(err, reader.Close(), writer.Close(), syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 3, Max: 3}))
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	changes := 0
	changed := func() {
		fmt.Println("changed")
		if changes++; changes == 3 {
			cancel()
		}
	}
	content.Watch(ctx, folder, func() time.Duration { return time.Millisecond }, changed, func(err error) { fmt.Println(err) })
}

// Where the system has nothing to watch with, that is told once, and there is a look at
// each interval all the same.
func TestWatchWithoutTheSystem(t *testing.T) {
	folder := t.TempDir()
	watcher := exec.CommandContext(t.Context(), os.Args[0])
	watcher.Env = append(os.Environ(), isWatcher+"="+folder)
	output, err := watcher.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	text := string(output)
	if strings.Count(text, "changed\n") != 3 || strings.Count(text, "watch "+folder) != 1 || !strings.Contains(text, "max_user_instances") {
		t.Errorf("told %s", text)
	}
}

// Some changes no system tells of, such as those of a file on another machine.
func TestWatchLooksAtIntervals(t *testing.T) {
	changed := watched(t, t.TempDir(), time.Millisecond)
	for range 3 {
		wantChange(t, changed, "after an interval")
	}
}
