package db_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

func TestStoreRebuildsWhatItCannotUse(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(t *testing.T, file string)
	}{
		{"deleted", func(t *testing.T, file string) { mustDo(t, os.Remove(file)) }},
		{"empty", func(t *testing.T, file string) { mustDo(t, os.Truncate(file, 0)) }},
		{"cut off", func(t *testing.T, file string) { mustDo(t, os.Truncate(file, 9000)) }},
		{"a short text", func(t *testing.T, file string) { mustDo(t, os.WriteFile(file, []byte("shopping list"), 0o644)) }},
		{"noise", func(t *testing.T, file string) { mustDo(t, os.WriteFile(file, noise(100_000), 0o644)) }},
		{"noise behind the header", func(t *testing.T, file string) { overwrite(t, file, 100, noise(4000)) }},
		{"another schema", func(t *testing.T, file string) { overwrite(t, file, 60, []byte{0, 0, 0, 1}) }},
		{"another program's", func(t *testing.T, file string) { overwrite(t, file, 68, []byte("none")) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newLibrary(t, postA, postB)
			l.load()
			l.close()
			test.spoil(t, l.file)
			l.store = nil
			l.open()
			l.wantResult(l.load(), db.LoadResult{Posts: 2, Added: 2})
			l.wantTitle(pathA, "What is A?")
			l.wantResult(l.load(), db.LoadResult{Posts: 2, Unchanged: 2})
		})
	}
}

// A file that somebody named by mistake is not lost.
func TestLoadKeepsForeignFiles(t *testing.T) {
	l := newLibrary(t, postA)
	mustDo(t, os.WriteFile(l.file, []byte("shopping list"), 0o644))
	l.open()
	l.load()
	l.wantTitle(pathA, "What is A?")
	kept, err := os.ReadFile(l.file + ".replaced")
	if err != nil || string(kept) != "shopping list" {
		t.Errorf("kept %q, %v", kept, err)
	}
	if len(l.problems) != 1 || !strings.Contains(l.problems[0], ".replaced") {
		t.Errorf("problems %v, want one that says where the file is", l.problems)
	}
}

// Damage in the midst of the file shows when a page is read there.
func TestStoreRebuildsAfterDamageThatAPageMeets(t *testing.T) {
	var posts []contenttest.Post
	for _, slug := range []string{"d", "e", "f", "g", "h", "i", "j"} {
		posts = append(posts, contenttest.Post{Path: "/learn/biology/questions/" + slug, Answer: strings.Repeat("long ", 5000)})
	}
	l := newLibrary(t, posts...)
	l.load()
	l.close()
	info, err := os.Stat(l.file)
	mustDo(t, err)
	overwrite(t, l.file, info.Size()/3, noise(int(info.Size()/3)))
	l.store = nil
	l.open()
	if !l.store.Ready() {
		t.Fatal("the store is not ready, want one that has not met the damage yet")
	}
	if err := l.store.Verify(t.Context()); !errors.Is(err, db.ErrNotReady) {
		t.Errorf("Verify: %v, want ErrNotReady", err)
	}
	select {
	case <-l.store.Damaged():
	default:
		t.Fatal("nobody was told of the damage")
	}
	l.wantResult(l.load(), db.LoadResult{Posts: 7, Added: 7})
	mustDo(t, l.store.Verify(t.Context()))
	for _, post := range posts {
		if l.title(post.Path) == "not found" {
			t.Errorf("%s is gone", post.Path)
		}
	}
}

// A database that is deleted under a running program still answers, and the next
// load makes a new one.
func TestStoreRebuildsWhatIsDeletedUnderIt(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.load()
	mustDo(t, os.Remove(l.file))
	l.wantTitle(pathA, "What is A?")
	l.wantResult(l.load(), db.LoadResult{Posts: 2, Added: 2})
	l.wantTitle(pathB, "What is B?")
	if _, err := os.Stat(l.file); err != nil {
		t.Error(err)
	}
}

// A load must not take what it knows from a file that another process replaced.
func TestLoadAfterAnotherProcessReplacedTheFile(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.load()
	mustDo(t, os.Remove(l.file))
	other, err := db.Open(t.Context(), l.file)
	mustDo(t, err)
	defer other.Close()
	if _, err := other.Load(t.Context(), os.DirFS(l.folder), db.LoadOptions{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	l.remove("learn/biology/a.md")
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Removed: 1, Unchanged: 1})
	l.wantTitle(pathA, "not found")
}

// noise returns bytes without order, always the same.
func noise(n int) []byte {
	data := make([]byte, n)
	state := uint32(2463534242)
	for i := range data {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		data[i] = byte(state)
	}
	return data
}

// overwrite writes data over a part of a file.
func overwrite(t *testing.T, file string, offset int64, data []byte) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	mustDo(t, err)
	_, err = f.WriteAt(data, offset)
	mustDo(t, errors.Join(err, f.Close()))
}
