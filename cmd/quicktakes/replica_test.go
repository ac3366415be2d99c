package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"quicktakes/content/contenttest"
)

// A replica shows each database that is put into its place, from when there is one, and
// writes nothing beside it.
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
	r := serve(t, "--replica", "--db", place, "--searches", "off")
	if status, _ := r.get("/readyz"); status != 503 {
		t.Errorf("status %d before there is a database", status)
	}
	page := edition(1)[0].Path
	bring(1)
	r.eventually(page, http.StatusOK, "in edition 1?")
	bring(2)
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
