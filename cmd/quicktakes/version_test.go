package main

import (
	"encoding/binary"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"quicktakes/content/contenttest"
)

// schemaOffset is where SQLite keeps the user version, which tells the schema
// (https://www.sqlite.org/fileformat.html#the_database_header).
const schemaOffset = 60

// A program of another version rebuilds the database, and keeps which addresses were removed,
// even those removed while it was not running, and when each post last changed.
func TestServeTakesOverAnotherVersion(t *testing.T) {
	for _, test := range []struct {
		name    string
		version uint32
	}{
		{"older", 1},
		{"newer", 1<<31 - 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := contenttest.Folder(t, edition(1)...)
			database := filepath.Join(t.TempDir(), "library.db")
			args := []string{"--content", folder, "--db", database, "--base-url", "https://example.org"}
			remove := func(name string) {
				t.Helper()
				if err := os.Remove(filepath.Join(folder, "learn/biology", name)); err != nil {
					t.Fatal(err)
				}
			}
			load := func() {
				t.Helper()
				if code, _, log := runProcess(t, nil, append([]string{"load"}, args...)...); code != 0 {
					t.Fatal(log)
				}
			}
			load()
			contenttest.Write(t, folder, edition(2)[2])
			remove("q0.md")
			load()
			r, _ := serveProcess(t, nil, args...)
			before := r.modified("/learn/biology/questions/q2")
			r.end()
			setSchema(t, database, test.version)
			remove("q1.md")

			r, _ = serveProcess(t, nil, args...)
			r.waitFor(`summary="18 posts: 0 added, 0 changed, 1 removed, 18 unchanged, 0 skipped`)
			for _, removed := range []string{"q0", "q1"} {
				if status, _ := r.get("/learn/biology/questions/" + removed); status != http.StatusGone {
					t.Errorf("%s: status %d, want 410", removed, status)
				}
			}
			if after := r.modified("/learn/biology/questions/q2"); before == "" || after != before {
				t.Errorf("q2 last changed at %q, and at %q by what it was", after, before)
			}
			if code := r.end(); code != 0 {
				t.Errorf("exit %d", code)
			}
		})
	}
}

// modified returns when the post at path last changed.
func (r *running) modified(path string) string {
	r.t.Helper()
	var post struct{ Modified string }
	_, text := r.get(path + ".json")
	if err := json.Unmarshal([]byte(text), &post); err != nil {
		r.t.Fatal(err)
	}
	return post.Modified
}

// setSchema makes a database one of another version.
func setSchema(t *testing.T, database string, version uint32) {
	t.Helper()
	file, err := os.OpenFile(database, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt(binary.BigEndian.AppendUint32(nil, version), schemaOffset); err != nil {
		t.Fatal(err)
	}
}
