package content_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"quicktakes/content"
	"quicktakes/content/contenttest"
)

// Of more changes than it queues, the system loses some, such as a folder's new name.
func TestWatchAfterLostChanges(t *testing.T) {
	limit, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := strconv.Atoi(strings.TrimSpace(string(limit)))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	contenttest.WriteFile(t, folder, "a.md", "a")
	contenttest.WriteFile(t, folder, "learn/b.md", "b")
	changed, resume, done := make(chan []string), make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		content.Watch(t.Context(), folder, func() time.Duration { return time.Hour }, func(files []string) {
			select {
			case changed <- files:
				<-resume
			case <-t.Context().Done():
			}
		}, func(err error) { t.Error(err) })
	}()
	t.Cleanup(func() { <-done }) // the test's context is over by then
	<-changed                    // from here on, no events are read
	const read = 1 << 12         // events at once, at most: those no longer fill the queue
	for i := range kept + read {
		if err := os.Chmod(filepath.Join(folder, []string{"a.md", "learn"}[i%2]), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(filepath.Join(folder, "learn"), filepath.Join(folder, "life")); err != nil {
		t.Fatal(err)
	}
	close(resume)
	wantChange(t, changed, "of lost changes")
	contenttest.WriteFile(t, folder, "life/b.md", "c")
	wantChange(t, changed, "of an edit in a renamed folder", "life/b.md")
}

// Two folders may exchange their names in one step.
func TestWatchFollowsAnExchange(t *testing.T) {
	folder := t.TempDir()
	contenttest.WriteFile(t, folder, "a/1.md", "1")
	contenttest.WriteFile(t, folder, "b/2.md", "2")
	contenttest.WriteFile(t, folder, "b/c/d/3.md", "3")
	changed := watched(t, folder, time.Hour)
	exchange := func(a, b string) {
		t.Helper()
		if err := unix.Renameat2(unix.AT_FDCWD, filepath.Join(folder, a), unix.AT_FDCWD, filepath.Join(folder, b), unix.RENAME_EXCHANGE); err != nil {
			t.Fatal(err)
		}
		wantChange(t, changed, "of an exchange")
	}
	edit := func(names ...string) {
		t.Helper()
		for _, name := range names {
			contenttest.WriteFile(t, folder, name, "4")
			wantChange(t, changed, "of an edit after it", name)
		}
	}
	exchange("a", "b")
	edit("a/2.md", "a/c/d/3.md", "b/1.md")
	exchange("a/c", "b")
	edit("a/c/1.md", "b/d/3.md", "a/2.md")
	exchange("a/c", "b/d")
	edit("a/c/3.md", "b/d/1.md")
}
