package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"quicktakes/content/contenttest"
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
		{folder, "the last good library stays"},
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

// What has been gone for long is taken away.
func TestVanishedFoldersGoInTheEnd(t *testing.T) {
	l := (&program{config: &config{watch: true}, log: slog.New(slog.DiscardHandler)}).newLoads(nil, nil)
	asked := l.carefully().Vanished
	if !asked("learn/biology") {
		t.Error("a folder goes as soon as it vanishes")
	}
	l.vanished["learn/biology"] = time.Now().Add(-vanishTime)
	asked = l.carefully().Vanished
	if asked("learn/biology") || !asked("learn/physics") {
		t.Error("want the folder gone that vanished long ago, and no other")
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
