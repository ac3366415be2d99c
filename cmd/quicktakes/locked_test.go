package main

import (
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"quicktakes/content/contenttest"
)

// A server that starts while another program has locked its database logs that, waits, and
// serves and loads once the database is free.
func TestServeWaitsForALockedDatabase(t *testing.T) {
	t.Parallel() // it waits for the lock as long as SQLite does
	folder := contenttest.Folder(t, edition(1)...)
	database := filepath.Join(t.TempDir(), "library.db")
	if code, _, log := runProcess(t, nil, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	contenttest.Write(t, folder, edition(2)...)
	file, err := os.OpenFile(database, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() // the lock ends with it
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK}); err != nil {
		t.Fatal(err)
	}
	r, _ := serveProcess(t, nil, "--content", folder, "--db", database)
	page := edition(2)[0].Path
	response, err := http.Get(r.base + page)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "" {
		t.Errorf("status %d with Retry-After %q, want 503 and a time", response.StatusCode, response.Header.Get("Retry-After"))
	}
	r.waitFor("another program is writing to the database")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	r.eventually(page, http.StatusOK, "in edition 2?")
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
}
