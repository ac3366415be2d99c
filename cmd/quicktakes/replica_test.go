package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

// A replica shows each database that is put in place, beginning with the first, writes nothing
// beside it, and logs which one it shows.
func TestServeReplica(t *testing.T) {
	folder := t.TempDir()
	place := filepath.Join(t.TempDir(), "library.db")
	bring := func(number int) {
		t.Helper()
		contenttest.Write(t, folder, edition(number)...)
		made := filepath.Join(t.TempDir(), "made.db")
		if code, _, log := runCommand(t, "load", "--content", folder, "--db", made); code != 0 {
			t.Fatal(log)
		}
		if err := os.Rename(made, place); err != nil {
			t.Fatal(err)
		}
	}
	r := serve(t, "--replica", "--db", place, "--searches", "off", "--admin-addr", "127.0.0.1:0")
	operators := r.operators()
	if status, _ := r.get("/readyz"); status != 503 {
		t.Errorf("status %d before there is a database", status)
	}
	if _, state := operators.get("/"); !regexp.MustCompile(`(?m)^library +none yet$`).MatchString(state) {
		t.Errorf("state before there is a database:\n%s", state)
	}
	page := edition(1)[0].Path
	operators.eventually("/metrics", http.StatusOK, "\nquicktakes_library_changed_timestamp_seconds 0\n")
	bring(1)
	r.waitFor(`msg="shows a new library" posts=`)
	r.eventually(page, http.StatusOK, "in edition 1?")
	_, metrics := operators.get("/metrics")
	if !strings.Contains(metrics, "\nquicktakes_library_changed_timestamp_seconds 1") || strings.Contains(metrics, "quicktakes_load") {
		t.Errorf("the metrics of a replica lack the time of change, or tell of loads:\n%s", metrics)
	}
	hangUp(t)
	r.waitFor("a replica loads nothing")
	bring(2)
	r.waitFor(`msg="shows a new library" posts=`)
	r.eventually(page, http.StatusOK, "in edition 2?")
	text := filepath.Join(t.TempDir(), "shopping list")
	if err := errors.Join(os.WriteFile(text, []byte("eggs"), 0o644), os.Rename(text, place)); err != nil {
		t.Fatal(err)
	}
	r.waitFor("not a library made by this version")
	r.eventually(page, http.StatusOK, "in edition 2?")
	if err := os.WriteFile(place, []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	bring(3)
	r.eventually(page, http.StatusOK, "in edition 3?")
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
	files, err := os.ReadDir(filepath.Dir(place))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := file.Name(); name != "library.db" && name != "library.db-shm" && name != "library.db-wal" {
			t.Errorf("%s beside the database", name)
		}
	}
}
