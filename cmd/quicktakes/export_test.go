package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

func TestExportCommand(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a"}, contenttest.Post{Path: "/learn/art/questions/b"})
	flags := []string{"--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--base-url", "https://example.org"}
	code, out, _ := runCommand(t, append([]string{"export"}, flags...)...)
	var urls []string
	for line := range strings.Lines(out) {
		var question struct {
			URL string `json:"url"`
		}
		if err := json.Unmarshal([]byte(line), &question); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		urls = append(urls, question.URL)
	}
	if got := strings.Join(urls, " "); code != 0 || got != "https://example.org/learn/art/questions/b https://example.org/learn/biology/questions/a" {
		t.Errorf("exit %d, questions %s", code, got)
	}
	code, out, _ = runCommand(t, append([]string{"export", "--format", "csv", "--subject", "art"}, flags...)...)
	if lines := strings.Count(out, "\n"); code != 0 || lines != 2 || !strings.HasPrefix(out, "url,canonical,") {
		t.Errorf("exit %d, %d lines: %s", code, lines, out)
	}
	code, out, _ = runCommand(t, append([]string{"export", "--format", "excel", "--subject", "art"}, flags...)...)
	if code != 0 || !strings.HasPrefix(out, "\uFEFFurl,canonical,") {
		t.Errorf("exit %d: %s", code, out)
	}
	code, out, stderr := runCommand(t, append([]string{"export", "--subject", "astrology"}, flags...)...)
	if code != 1 || out != "" || !strings.Contains(stderr, "--subject") || !strings.Contains(stderr, "astrology") {
		t.Errorf("exit %d, %q: %s", code, out, stderr)
	}
}

// An export says how much it leaves out in all, including what it does not name.
func TestExportSaysHowMuchIsSkipped(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	for i := range maxProblems + 7 {
		contenttest.WriteFile(t, folder, fmt.Sprintf("bad%d.md", i), "bad")
	}
	code, _, log := runCommand(t, "export", "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"))
	if named := strings.Count(log, "msg=skipped"); code != 0 || named != maxProblems || !strings.HasSuffix(log, "more=7\n") {
		t.Errorf("exit %d, %d files are named, and 7 more are not told of", code, named)
	}
}

// An export that loads posts purges the shared cache, as no later load would do it.
func TestExportPurges(t *testing.T) {
	purges := make(chan string, 1)
	cache := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		purges <- string(body)
	}))
	defer cache.Close()
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	code, out, log := runCommand(t, "export", "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--purge-url", cache.URL)
	if code != 0 || strings.Count(out, "\n") != 1 || log != "" {
		t.Errorf("exit %d, %q: %s", code, out, log)
	}
	select {
	case purge := <-purges:
		if !strings.Contains(purge, watchedA) {
			t.Errorf("purged %s, want %s", purge, watchedA)
		}
	default:
		t.Error("the cache was not purged")
	}
}

// The questions of a replica are exported as they are: nothing is loaded into it.
func TestExportOfAReplica(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	database := filepath.Join(t.TempDir(), "library.db")
	export := func() (code int, out, log string) {
		t.Helper()
		return runCommand(t, "export", "--replica", "--content", folder, "--db", database)
	}
	if code, out, log := export(); code != 1 || out != "" || !strings.Contains(log, database) {
		t.Errorf("before there is one: exit %d, %q: %s", code, out, log)
	}
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	contenttest.Write(t, folder, contenttest.Post{Path: watchedB})
	if code, out, log := export(); code != 0 || strings.Count(out, "\n") != 1 || !strings.Contains(out, watchedA) {
		t.Errorf("exit %d, %q: %s", code, out, log)
	}
}

// An export of the database of a running server does not hinder the next load.
func TestExportBesideAServer(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	database := filepath.Join(t.TempDir(), "library.db")
	r, _ := serveProcess(t, nil, "--content", folder, "--db", database, "--searches", "off")
	r.waitFor("msg=loaded")
	if code, out, log := runCommand(t, "export", "--replica", "--db", database); code != 0 || !strings.Contains(out, watchedA) {
		t.Fatalf("exit %d, %q: %s", code, out, log)
	}
	contenttest.Write(t, folder, contenttest.Post{Path: watchedB})
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Errorf("exit %d: %s", code, log)
	}
}
