package db_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// loadAnnouncing loads the folder and keeps what changed.
func (l *library) loadAnnouncing() {
	l.t.Helper()
	_, err := l.store.Load(l.t.Context(), os.DirFS(l.folder), db.LoadOptions{Now: func() time.Time { return l.now }, Announce: true})
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *library) unannounced(limit int) (paths []string, last int64) {
	l.t.Helper()
	paths, last, err := l.store.Unannounced(l.t.Context(), limit)
	if err != nil {
		l.t.Fatal(err)
	}
	return paths, last
}

// wantUnannounced compares what is to be announced, without its order, and announces it.
func (l *library) wantUnannounced(want ...string) {
	l.t.Helper()
	paths, last := l.unannounced(100)
	slices.Sort(paths)
	if diff := cmp.Diff(want, paths); diff != "" {
		l.t.Errorf("to be announced (-want +got):\n%s", diff)
	}
	mustDo(l.t, l.store.Announced(l.t.Context(), last))
}

func TestAnnouncements(t *testing.T) {
	hidden := contenttest.Post{Path: "/learn/art/questions/hidden", Fields: []string{"no_index: true"}}
	hiddenRemoved, hiddenMoved := hidden, hidden
	hiddenRemoved.Path, hiddenMoved.Path = "/learn/art/questions/removed", "/learn/art/questions/moved"
	l := newLibrary(t, postA, postB, postC, hidden, hiddenRemoved, hiddenMoved)
	l.loadAnnouncing()
	l.wantUnannounced(pathA, pathB, pathC)
	l.loadAnnouncing()
	l.wantUnannounced()

	changed := postA
	changed.Answer, hidden.Answer = "Changed.", "Changed."
	l.write(changed, hidden)
	l.remove("learn/biology/b.md")
	l.remove("learn/art/removed.md")
	contenttest.WriteFile(t, l.folder, "learn/art/moved.md", strings.ReplaceAll(hiddenMoved.Text(), hiddenMoved.Path, hiddenMoved.Path+"-on"))
	l.loadAnnouncing()
	l.wantUnannounced(pathA, pathB)

	changed.Fields, hidden.Fields = hidden.Fields, nil
	l.write(changed, hidden)
	l.loadAnnouncing()
	l.wantUnannounced(hidden.Path, pathA)

	l.write(postB)
	l.load()
	l.wantUnannounced()
}

// What changes again while it is being announced must be announced again.
func TestAnnouncedKeepsWhatChangedSince(t *testing.T) {
	l := newLibrary(t, postA, postB, postC)
	l.loadAnnouncing()
	first, last := l.unannounced(2)
	if diff := cmp.Diff([]string{pathA, pathB}, first); diff != "" {
		t.Errorf("first two (-want +got):\n%s", diff)
	}
	changed := postB
	changed.Answer = "Changed."
	l.write(changed)
	l.loadAnnouncing()
	mustDo(t, l.store.Announced(t.Context(), last))
	l.wantUnannounced(pathB, pathC)
}

// A database that takes another's place announces what changed since, and what was
// not announced before.
func TestNewDatabaseAnnouncesWhatTheOldOneDidNot(t *testing.T) {
	hidden := contenttest.Post{Path: "/learn/art/questions/hidden", Fields: []string{"no_index: true"}}
	l := newLibrary(t, postA, postB, postC, hidden)
	l.loadAnnouncing()
	_, last := l.unannounced(2)
	mustDo(t, l.store.Announced(t.Context(), last))
	l.close()
	overwrite(t, l.file, 60, []byte{0, 0, 0, 1}) // another schema
	l.remove("learn/biology/a.md")
	l.remove("learn/art/hidden.md")
	l.store = nil
	l.open()
	l.loadAnnouncing()
	l.wantUnannounced(pathA, pathC)
}

// What another database announced is not taken for what the new one has to announce.
func TestAnnouncedKeepsWhatANewDatabaseFound(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.loadAnnouncing()
	_, last := l.unannounced(100)
	l.close()
	overwrite(t, l.file, 60, []byte{0, 0, 0, 1}) // another schema
	l.write(postC)
	l.store = nil
	l.open()
	l.loadAnnouncing()
	mustDo(t, l.store.Announced(t.Context(), last))
	if paths, _ := l.unannounced(100); !slices.Contains(paths, pathC) {
		t.Errorf("to be announced: %v, want %s among them", paths, pathC)
	}
}
