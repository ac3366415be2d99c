package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

// A load for which the disk has no room fails with advice, and leaves no files behind; the last
// library stays.
func TestFullDisk(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a", Title: "What was here before?"})
	database := filepath.Join(t.TempDir(), "library.db")
	full := []string{maxFileSize + "=300000"}
	if code, _, log := runProcess(t, full, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	for i := range 100 {
		contenttest.Write(t, folder, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Answer: strings.Repeat("long ", 1000)})
	}
	const advice = "the disk of the database is full"
	code, out, log := runProcess(t, full, "load", "--content", folder, "--db", database)
	if code != 1 || out != "" || !strings.Contains(log, advice) {
		t.Errorf("exit %d, %q, want 1 and advice", code, log)
	}
	elsewhere := filepath.Join(t.TempDir(), "first.db")
	code, _, log = runProcess(t, full, "load", "--content", folder, "--db", elsewhere)
	if code != 1 || !strings.Contains(log, advice) {
		t.Errorf("first load: exit %d, %q, want 1 and advice", code, log)
	}
	if left, _ := filepath.Glob(elsewhere + "*"); len(left) != 1 || left[0] != elsewhere+".lock" {
		t.Errorf("the first load left %v", left)
	}
	r, _ := serveProcess(t, full, "--content", folder, "--db", database)
	r.waitFor("the last good library stays")
	if status, text := r.get("/learn/biology/questions/a"); status != 200 || !strings.Contains(text, "What was here before?") {
		t.Errorf("status %d", status)
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
	if code, out, log = runProcess(t, nil, "load", "--content", folder, "--db", database); code != 0 || !strings.HasPrefix(out, "101 posts: 100 added") {
		t.Errorf("with room: exit %d, %s%s", code, out, log)
	}
}

// A load that may not open as many files as it needs loads all posts or none, and says what it
// needs.
func TestFewOpenFiles(t *testing.T) {
	folder := t.TempDir()
	const posts = 40
	for i := range posts {
		contenttest.Write(t, folder, contenttest.Post{Path: fmt.Sprintf("/learn/subject-%d/questions/a", i)})
	}
	failed, done := 0, 0
	for limit := 6; done == 0; limit += 2 {
		database := filepath.Join(t.TempDir(), "library.db")
		code, out, log := runProcess(t, []string{fmt.Sprintf("%s=%d", maxFiles, limit)}, "load", "--content", folder, "--db", database)
		switch {
		case code == 0 && strings.HasPrefix(out, fmt.Sprintf("%d posts:", posts)) && strings.Contains(out, " 0 skipped"):
			done++
		case code == 1 && strings.Contains(log, "LimitNOFILE"):
			failed++
		default:
			t.Errorf("%d files: exit %d, %s%s", limit, code, out, log)
		}
		if limit > 1000 {
			t.Fatal("no load is done, however many files may be open")
		}
	}
	if failed == 0 {
		t.Error("no load failed, however few files may be open")
	}
}

// A server works from a read-only disk, and loads say what they need.
func TestReadOnlyDisk(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a"})
	disk := t.TempDir()
	for _, parent := range []string{filepath.Dir(folder), filepath.Dir(disk)} {
		if err := os.Chmod(parent, 0o755); err != nil { // the folders of tests are private
			t.Fatal(err)
		}
	}
	database := filepath.Join(disk, "library.db")
	if code, _, log := runProcess(t, nil, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	for _, name := range []string{"with the files that SQLite keeps beside it", "alone"} {
		t.Run(name, func(t *testing.T) {
			if name == "alone" {
				for _, suffix := range []string{"-wal", "-shm", ".lock"} {
					if err := os.Remove(database + suffix); err != nil && !os.IsNotExist(err) {
						t.Fatal(err)
					}
				}
			}
			readOnly(t, disk)
			nobody := []string{asNobody + "=yes"}
			code, _, log := runProcess(t, nobody, "load", "--content", folder, "--db", database)
			if code != 1 || !strings.Contains(log, "must be allowed to write") || strings.Contains(log, "another load") {
				t.Errorf("load: exit %d, %q, want 1 and advice", code, log)
			}
			r, _ := serveProcess(t, nobody, "--content", folder, "--db", database)
			r.waitFor("the last good library stays")
			if status, _ := r.get("/learn/biology/questions/a"); status != 200 {
				t.Errorf("status %d", status)
			}
			if code := r.end(); code != 0 {
				t.Errorf("exit %d", code)
			}
		})
	}
}

// readOnly makes a folder and its files read-only until the test ends.
func readOnly(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	modes := map[string]os.FileMode{folder: 0o755}
	for _, file := range files {
		modes[file] = 0o644
	}
	for name, mode := range modes {
		if err := os.Chmod(name, mode&^0o222); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(name, mode) }) // otherwise the folder could not be removed
	}
}
