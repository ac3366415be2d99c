package main

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// edition returns posts that all name one edition.
func edition(number int) []contenttest.Post {
	var posts []contenttest.Post
	for i := range 20 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Title: fmt.Sprintf("Question %d in edition %d?", i, number)})
	}
	return posts
}

// shownEdition returns the edition that all posts in a database are of.
func shownEdition(t *testing.T, database string) int {
	t.Helper()
	store, err := db.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	shown := -1
	for i, post := range edition(0) {
		question, err := store.Question(t.Context(), post.Path)
		if err != nil {
			t.Fatal(err)
		}
		var number, of int
		if _, err := fmt.Sscanf(question.Post.Title, "Question %d in edition %d?", &number, &of); err != nil || number != i {
			t.Fatalf("%s is called %q, %v", post.Path, question.Post.Title, err)
		}
		if shown != -1 && of != shown {
			t.Fatalf("posts of the editions %d and %d at a time", shown, of)
		}
		shown = of
	}
	if err := store.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	return shown
}

// A load that is killed at any moment leaves the whole last library or the whole new one, and
// the server that shows it never fails.
func TestKilledLoads(t *testing.T) {
	const kills = 50
	folder := contenttest.Folder(t, edition(0)...)
	database := filepath.Join(t.TempDir(), "library.db")
	load := func() *exec.Cmd { return command(t, nil, "load", "--content", folder, "--db", database) }
	start := time.Now()
	if output, err := load().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	whole := time.Since(start)
	// This server loads nothing itself: its own content folder is empty.
	r := serve(t, "--content", t.TempDir(), "--db", database)
	killed, shown := 0, 0
	for number := 1; number <= kills; number++ {
		contenttest.Write(t, folder, edition(number)...)
		l := load()
		if err := l.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(rand.N(whole), func() { _ = l.Process.Kill() }) // it may have ended
		if err := l.Wait(); err != nil {
			killed++
		}
		kill.Stop()
		now := shownEdition(t, database)
		if now < shown || now > number {
			t.Errorf("edition %d after %d", now, shown)
		}
		shown = now
		if status, _ := r.get(edition(0)[0].Path); status != 200 {
			t.Errorf("status %d", status)
		}
	}
	if output, err := load().CombinedOutput(); err != nil || shownEdition(t, database) != kills {
		t.Errorf("the last load did not bring the last edition: %v, %s", err, output)
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
	if killed < kills/4 {
		t.Errorf("%d loads of %d were killed: the test tells little", killed, kills)
	}
}

// A server that is killed serves what it served as soon as it is started again.
func TestKilledServer(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	database := filepath.Join(t.TempDir(), "library.db")
	for i := range 5 {
		r, process := serveProcess(t, nil, "--content", folder, "--db", database)
		if i == 0 {
			r.waitFor("20 added")
		}
		for _, path := range []string{edition(1)[0].Path, "/search?q=question"} {
			if status, text := r.get(path); status != 200 || !strings.Contains(text, "in edition 1?") {
				t.Errorf("%s: status %d", path, status)
			}
		}
		if err := process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if code := r.end(); code != -1 {
			t.Errorf("exit %d, want the end of a killed process", code)
		}
	}
}
