package db_test

import (
	"testing"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// A folder that vanishes may come back: the caller decides how long its posts stay.
func TestLoadAsksAboutVanishedFolders(t *testing.T) {
	l := newLibrary(t, postA, postB, postC)
	l.load()
	var asked []string
	stays := true
	load := func(want db.LoadResult) {
		t.Helper()
		asked = nil
		l.wantResult(l.loadWith(db.LoadOptions{Vanished: func(folder string) bool {
			asked = append(asked, folder)
			return stays
		}}), want)
	}
	l.remove("learn/biology/a.md")
	load(db.LoadResult{Posts: 2, Removed: 1, Unchanged: 2})
	if len(asked) > 0 {
		t.Errorf("asked about %v, which has a post left", asked)
	}
	l.write(postA)
	l.load()

	l.remove("learn/biology/a.md")
	l.remove("learn/biology/b.md")
	load(db.LoadResult{Posts: 3, Unchanged: 3})
	l.wantTitle(pathA, "What is A?")
	if len(asked) == 0 || asked[0] != "learn/biology" {
		t.Errorf("asked about %v, want learn/biology", asked)
	}
	l.remove("learn/biology")
	l.write(postC)
	load(db.LoadResult{Posts: 3, Unchanged: 3})

	// A post that is elsewhere now belongs there.
	changed := postA
	changed.Title = "What is A now?"
	contenttest.WriteFile(t, l.folder, "elsewhere/a.md", changed.Text())
	load(db.LoadResult{Posts: 3, Changed: 1, Unchanged: 2})
	l.wantTitle(pathA, "What is A now?")
	l.wantTitle(pathB, "What is B?")

	stays = false
	load(db.LoadResult{Posts: 2, Removed: 1, Unchanged: 2})
	l.wantTitle(pathB, "not found")
	l.wantTitle(pathA, "What is A now?")

	// The last post of a folder was removed on purpose.
	stays = true
	l.remove("elsewhere/a.md")
	load(db.LoadResult{Posts: 1, Removed: 1, Unchanged: 1})
}
