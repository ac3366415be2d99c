package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

func TestSearchesCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "searches.db")
	code, _, log := runCommand(t, "searches", "--searches", file)
	if code != 1 || !strings.Contains(log, "no searches were counted yet") || !strings.Contains(log, file) {
		t.Errorf("without a file: exit %d, %q", code, log)
	}
	contenttest.WriteFile(t, filepath.Dir(file), "note", "")
	unreadable := filepath.Join(filepath.Dir(file), "note", "searches.db")
	code, _, log = runCommand(t, "searches", "--searches", unreadable)
	if code != 1 || strings.Contains(log, "no searches were counted yet") || !strings.Contains(log, unreadable) {
		t.Errorf("with a file that cannot be read: exit %d, %q", code, log)
	}
	code, _, log = runCommand(t, "searches", "--searches", "off")
	if code != 1 || !strings.Contains(log, "--searches is off") {
		t.Errorf("off: exit %d, %q", code, log)
	}
	searches, err := db.OpenSearches(t.Context(), file, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	searches.Count("Osmosis", 12)
	searches.Count("krebs cycle", 0)
	searches.Count("krebs cycle", 0)
	if err := errors.Join(searches.Write(t.Context()), searches.Close()); err != nil {
		t.Fatal(err)
	}
	code, out, _ := runCommand(t, "searches", "--searches", file)
	today := time.Now().UTC().Format(time.DateOnly)
	want := "TIMES  RESULTS  LAST        SEARCHED FOR IN 90 DAYS\n" +
		"2      none     " + today + "  krebs cycle\n" +
		"1      12       " + today + "  osmosis\n"
	if code != 0 || out != want {
		t.Errorf("exit %d,\n%s\nwant\n%s", code, out, want)
	}
}

// The file of searches is beside the database, and a site that cannot count searches still
// serves.
func TestServeSearches(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a"})
	database := filepath.Join(t.TempDir(), "library.db")
	searches := filepath.Join(filepath.Dir(database), "library-searches.db")
	contenttest.WriteFile(t, filepath.Dir(database), "library-searches.db", "notes")
	for _, want := range []string{"notes", "SQLite format 3"} {
		r := serve(t, "--content", folder, "--db", database)
		r.waitFor("1 posts")
		if status, _ := r.get("/learn/biology/questions/a"); status != 200 {
			t.Errorf("status %d", status)
		}
		r.end()
		data, err := os.ReadFile(searches)
		if err != nil || !strings.HasPrefix(string(data), want) {
			t.Errorf("%s holds %.20q, %v, want %s", searches, data, err, want)
		}
		if err := os.Remove(searches); err != nil {
			t.Fatal(err)
		}
	}
}

// Searches are written at intervals, and the last of them when the program ends.
func TestServeWritesTheLastSearches(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a"})
	database := filepath.Join(t.TempDir(), "library.db")
	r := serve(t, "--content", folder, "--db", database)
	r.waitFor("1 added")
	r.get("/search?q=osmosis")
	r.end()
	if code, out, log := runCommand(t, "searches", "--db", database); code != 0 || !strings.Contains(out, "osmosis") {
		t.Errorf("exit %d, %s%s", code, out, log)
	}
}
