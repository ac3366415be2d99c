package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

const (
	watchedA = "/learn/biology/questions/a"
	watchedB = "/learn/biology/questions/b"
	watchedC = "/learn/physics/questions/c"
)

// serveWatching serves a folder of three posts and watches it.
func serveWatching(t *testing.T) (r *running, folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "posts")
	contenttest.Write(t, folder, contenttest.Post{Path: watchedA}, contenttest.Post{Path: watchedB}, contenttest.Post{Path: watchedC})
	r = serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--watch")
	r.waitFor("3 added")
	return r, folder
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func hangUp(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

func TestWatchBringsInEdits(t *testing.T) {
	r, folder := serveWatching(t)
	contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: "What is A now?"})
	r.eventually(watchedA, 200, "What is A now?")
	contenttest.Write(t, folder, contenttest.Post{Path: "/learn/art/questions/new"})
	r.eventually("/learn/art/questions/new", 200, "")
	contenttest.WriteFile(t, folder, "learn/biology/b.md", "---\ndate: never\n---\n")
	r.waitFor("learn/biology/b.md:2: date")
	r.eventually(watchedB, 200, "What is b?")
	if err := os.Remove(filepath.Join(folder, "learn/physics/c.md")); err != nil {
		t.Fatal(err)
	}
	r.eventually(watchedC, 410, "")
	move(t, filepath.Join(folder, "learn/biology"), filepath.Join(folder, "life"))
	contenttest.WriteFile(t, folder, "life/a.md", contenttest.Post{Path: watchedA, Title: "What is A elsewhere?"}.Text())
	r.eventually(watchedA, 200, "What is A elsewhere?")

	var many []contenttest.Post
	for i := range 500 {
		many = append(many, contenttest.Post{Path: fmt.Sprintf("/learn/law/questions/q%d", i)})
	}
	contenttest.Write(t, folder, many...)
	r.eventually("/learn/law?page=5", 200, "")
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
}

func TestWatchKeepsPagesOfWhatVanishes(t *testing.T) {
	r, folder := serveWatching(t)
	away := filepath.Join(t.TempDir(), "away")
	biology := filepath.Join(folder, "learn/biology")
	stays := func() {
		t.Helper()
		if status, _ := r.get(watchedA); status != 200 {
			t.Errorf("%d while the post is away", status)
		}
	}
	for _, vanishing := range []struct{ what, told string }{
		{biology, "folder=learn/biology"},
		{folder, `the last good library stays" error="--content ` + folder},
	} {
		move(t, vanishing.what, away)
		r.waitFor(vanishing.told)
		stays()
		move(t, away, vanishing.what)
		contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: "Back in " + vanishing.what})
		r.eventually(watchedA, 200, "Back in "+vanishing.what)
	}
	for _, name := range []string{"a.md", "b.md"} {
		if err := os.Remove(filepath.Join(biology, name)); err != nil {
			t.Fatal(err)
		}
	}
	r.waitFor("folder=learn/biology")
	stays()
	hangUp(t)
	r.eventually(watchedA, 410, "")
	r.end()
}

// newWatching returns the loads of a folder of three posts and a broken file. The first load is
// done.
func newWatching(t *testing.T) (l *loads, folder string, logged *bytes.Buffer) {
	t.Helper()
	folder = contenttest.Folder(t, contenttest.Post{Path: watchedA}, contenttest.Post{Path: watchedB}, contenttest.Post{Path: watchedC})
	contenttest.WriteFile(t, folder, "learn/art/broken.md", "broken")
	store, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	stderr, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stderr.Close() })
	logged = &bytes.Buffer{}
	p := &program{config: &config{watch: true, content: folder}, stderr: stderr, log: slog.New(slog.NewTextHandler(logged, nil))}
	l = p.newLoads(store, nil)
	l.mustLoad(t, nil)
	return l, folder, logged
}

// mustLoad loads files, or all.
func (l *loads) mustLoad(t *testing.T, files []string) {
	t.Helper()
	if err := l.loadOnce(t.Context(), l.carefulOptions(files)); err != nil {
		t.Fatal(err)
	}
}

// What has been gone for long is removed, even if posts were edited meanwhile.
func TestVanishedFoldersGoInTheEnd(t *testing.T) {
	l, folder, _ := newWatching(t)
	wantSummary := func(text string) {
		t.Helper()
		if last := l.last(); !strings.Contains(last, text) {
			t.Errorf("%s, want %q", last, text)
		}
	}
	move(t, filepath.Join(folder, "learn/biology"), filepath.Join(t.TempDir(), "away"))
	l.mustLoad(t, nil)
	wantSummary("3 posts: 0 added, 0 changed, 0 removed")
	contenttest.Write(t, folder, contenttest.Post{Path: watchedC, Title: "What is C now?"})
	l.mustLoad(t, []string{"learn/physics/c.md"})
	wantSummary("3 posts: 0 added, 1 changed, 0 removed, 2 unchanged, 1 skipped")
	if len(l.vanished) != 1 {
		t.Fatalf("vanished: %v", l.vanished)
	}
	l.vanished["learn/biology"] = time.Now().Add(-vanishTime)
	move(t, filepath.Join(folder, "learn/physics"), filepath.Join(t.TempDir(), "away"))
	l.mustLoad(t, nil)
	wantSummary("1 posts: 0 added, 0 changed, 2 removed")
}

// A folder that comes back after SIGHUP removed its pages, and goes again, is given as much time
// as any other.
func TestVanishedFolderGoesTwice(t *testing.T) {
	l, folder, _ := newWatching(t)
	biology, away := filepath.Join(folder, "learn/biology"), filepath.Join(t.TempDir(), "away")
	move(t, biology, away)
	l.mustLoad(t, nil)
	l.vanished["learn/biology"] = time.Now().Add(-vanishTime)
	l.forget()
	if err := l.loadOnce(t.Context(), db.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	move(t, away, biology)
	l.mustLoad(t, []string{"learn/biology/a.md", "learn/biology/b.md"})
	move(t, biology, away)
	l.mustLoad(t, nil)
	if last := l.last(); !strings.HasPrefix(last, "3 posts: 0 added, 0 changed, 0 removed") {
		t.Errorf("%s, want no post removed yet", last)
	}
}

// A load of named files logs no problem again, and does not count as a scan of all files.
func TestLoadOfSomeFiles(t *testing.T) {
	l, folder, logged := newWatching(t)
	if !strings.Contains(logged.String(), "learn/art/broken.md:1") {
		t.Fatalf("not told of a broken file:\n%s", logged)
	}
	l.lookTime.Store(0)
	for _, files := range [][]string{{"learn/physics/c.md"}, nil} {
		logged.Reset()
		l.mustLoad(t, files)
		if logged.Len() > 0 {
			t.Errorf("a load of %v that finds nothing new tells of %s", files, logged)
		}
		if looked := l.lookTime.Load() != 0; looked != (files == nil) {
			t.Errorf("a load of %v is a look at all files: %v", files, looked)
		}
	}
	contenttest.WriteFile(t, folder, "learn/physics/c.md", "broken")
	l.mustLoad(t, []string{"learn/physics/c.md"})
	if text := logged.String(); strings.Count(text, "skipped") != 1 || !strings.Contains(text, "learn/physics/c.md:1") {
		t.Errorf("told of %s, want the second broken file alone", text)
	}
}

// After a failed load, the next one scans all files: what was not loaded is not known.
func TestLoadAfterAFailureLooksAtAllFiles(t *testing.T) {
	l, folder, _ := newWatching(t)
	contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: "What is A now?"})
	away := filepath.Join(t.TempDir(), "away")
	move(t, folder, away)
	if err := l.loadOnce(t.Context(), l.carefulOptions([]string{"learn/biology/a.md"})); err == nil {
		t.Fatal("a folder that is gone was loaded")
	}
	move(t, away, folder)
	l.mustLoad(t, []string{"learn/physics/c.md"})
	if last := l.last(); !strings.Contains(last, "1 changed") {
		t.Errorf("%s, want the post that changed before", last)
	}
}

// Files wait for a load together; among very many, any may have changed.
func TestUnionOfChanges(t *testing.T) {
	many := make([]string, maxNamed)
	for _, test := range []struct{ a, b, want []string }{
		{[]string{}, []string{"b"}, []string{"b"}},
		{[]string{"b", "c"}, []string{"a", "b"}, []string{"a", "b", "c"}},
		{nil, []string{"a"}, nil},
		{[]string{"a"}, nil, nil},
		{[]string{"a"}, many, nil},
	} {
		if got := union(test.a, test.b); !slices.Equal(got, test.want) || (got == nil) != (test.want == nil) {
			t.Errorf("union of %v and %v: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

func TestHangUpLoads(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	r := serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"))
	r.waitFor("1 added")
	contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: "What is A now?"})
	hangUp(t)
	r.waitFor("1 changed")
	r.eventually(watchedA, 200, "What is A now?")
	r.end()
}

func TestWatchAnnouncesEdits(t *testing.T) {
	engine := newReceiver(t)
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA}, contenttest.Post{Path: watchedB})
	r := serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--watch",
		"--base-url", "https://example.org", "--indexnow-key", testKey, "--indexnow-endpoint", engine.URL)
	r.waitFor("msg=announced")
	contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: "What is A now?"})
	r.waitFor("msg=announced")
	r.end()
	if got := engine.taken[len(engine.taken)-1]; !slices.Equal(got, []string{"https://example.org" + watchedA}) {
		t.Errorf("announced %v", got)
	}
}
