package db_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
		want  db.LoadResult
	}{
		{"deleted", func(t *testing.T, file string) { mustDo(t, os.Remove(file)) }, db.LoadResult{Posts: 2, Added: 2}},
		{"empty", func(t *testing.T, file string) { mustDo(t, os.Truncate(file, 0)) }, db.LoadResult{Posts: 2, Added: 2}},
		{"cut off", func(t *testing.T, file string) { mustDo(t, os.Truncate(file, 9000)) }, db.LoadResult{Posts: 2, Added: 2}},
		{"a short text", func(t *testing.T, file string) { mustDo(t, os.WriteFile(file, []byte("shopping list"), 0o644)) }, db.LoadResult{Posts: 2, Added: 2}},
		{"noise", func(t *testing.T, file string) { mustDo(t, os.WriteFile(file, noise(100_000), 0o644)) }, db.LoadResult{Posts: 2, Added: 2}},
		{"noise behind the header", func(t *testing.T, file string) { overwrite(t, file, 100, noise(4000)) }, db.LoadResult{Posts: 2, Added: 2}},
		{"noise over the table state", func(t *testing.T, file string) { overwrite(t, file, 4096, noise(4096)) }, db.LoadResult{Posts: 2, Unchanged: 2}},
		{"another schema", func(t *testing.T, file string) { overwrite(t, file, 60, []byte{0, 0, 0, 1}) }, db.LoadResult{Posts: 2, Unchanged: 2}},
		{"another program's", func(t *testing.T, file string) { overwrite(t, file, 68, []byte("none")) }, db.LoadResult{Posts: 2, Added: 2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newLibrary(t, postA, postB)
			l.load()
			l.close()
			test.spoil(t, l.file)
			l.store = nil
			l.open()
			l.wantResult(l.load(), test.want)
			l.wantTitle(pathA, "What is A?")
			l.wantResult(l.load(), db.LoadResult{Posts: 2, Unchanged: 2})
		})
	}
}

// What the posts do not say is taken over: which addresses were removed, and when
// posts changed.
func TestNewDatabaseRemembersWhatTheOldOneDid(t *testing.T) {
	changed := func(post contenttest.Post, answer string) contenttest.Post {
		post.Answer = answer
		return post
	}
	const pathD, pathE = "/learn/physics/questions/d", "/learn/physics/questions/e"
	l := newLibrary(t, postA, postB, postC, contenttest.Post{Path: pathD}, contenttest.Post{Path: pathE})
	l.load()
	l.write(changed(postA, "Changed before."))
	l.remove("learn/biology/b.md")
	l.load()
	l.close()
	overwrite(t, l.file, 60, []byte{0, 0, 0, 1}) // another schema
	l.write(changed(postC, "Changed since."))
	l.remove("learn/physics/d.md")
	contenttest.WriteFile(t, l.folder, "learn/physics/e.md", "broken")
	l.store = nil
	l.open()
	l.now = now.Add(time.Hour)
	l.wantResult(l.load(), db.LoadResult{Posts: 2, Changed: 1, Removed: 1, Unchanged: 1, Skipped: 1})
	for path, want := range map[string]time.Time{pathA: now, pathC: l.now} {
		if got := l.question(path).Modified; !got.Equal(want) {
			t.Errorf("%s changed at %s, want %s", path, got, want)
		}
	}
	for path, want := range map[string]error{pathB: db.ErrGone, pathD: db.ErrGone, pathE: db.ErrNotFound} {
		if _, err := l.store.Moved(t.Context(), path); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
}

// Formulas are kept for other posts that use them, unless an older program rendered them.
func TestAnotherRendererRendersFormulasAgain(t *testing.T) {
	l := loaded(t, contenttest.Post{Path: pathA, Answer: "It is $x$."})
	l.renderOtherwise()
	l.load()
	l.write(contenttest.Post{Path: pathB, Answer: "It is also $x$."})
	l.load()
	for _, path := range []string{pathA, pathB} {
		if html := l.question(path).Rendered.Answer.HTML; !strings.Contains(html, "<math") || strings.Contains(html, "older") {
			t.Errorf("%s: %s", path, html)
		}
	}
}

// A load that is killed after removing the old database and before moving the new one into
// its place leaves the new one, and perhaps the log of the old one.
func TestLoadFinishesTheReplacementOfAKilledLoad(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.load()
	changed := postA
	changed.Answer = "Changed."
	l.write(changed)
	l.remove("learn/biology/b.md")
	l.load()
	l.close()
	mustDo(t, os.Rename(l.file, l.file+".new"))
	mustDo(t, os.WriteFile(l.file+"-wal", logOf(t, "CREATE TABLE posts (path)"), 0o600))
	l.store = nil
	l.open()
	l.now = now.Add(time.Hour)
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Unchanged: 1})
	if _, err := l.store.Moved(t.Context(), pathB); !errors.Is(err, db.ErrGone) {
		t.Errorf("%s: %v, want %v", pathB, err, db.ErrGone)
	}
	if got := l.question(pathA).Modified; !got.Equal(now) {
		t.Errorf("%s changed at %s, want %s", pathA, got, now)
	}
}

// logOf returns the write-ahead log that a statement leaves in a new database.
func logOf(t *testing.T, statement string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "other.db")
	database, err := sql.Open("sqlite", file)
	mustDo(t, err)
	defer database.Close()
	_, err = database.ExecContext(t.Context(), "PRAGMA journal_mode = WAL; "+statement)
	mustDo(t, err)
	log, err := os.ReadFile(file + "-wal")
	mustDo(t, err)
	return log
}

// The built-in library never replaces that of a folder, which somebody forgot to name; a
// folder's library replaces the built-in one, or that of another folder.
func TestBuiltInPostsDoNotReplaceThoseOfAFolder(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(t *testing.T, file string)
	}{
		{"this version", func(*testing.T, string) {}},
		{"another schema", func(t *testing.T, file string) { overwrite(t, file, 60, []byte{0, 0, 0, 1}) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newLibrary(t, postA)
			spoil := func() {
				t.Helper()
				l.close()
				test.spoil(t, l.file)
				l.store = nil
				l.open()
			}
			builtIn := os.DirFS(contenttest.Folder(t, postB))
			options := db.LoadOptions{Now: func() time.Time { return now }, IsBuiltIn: true}
			load := func() error {
				_, err := l.store.Load(t.Context(), builtIn, options)
				return err
			}
			mustDo(t, load())
			spoil()
			mustDo(t, load())
			spoil()
			l.load()
			l.wantTitle(pathB, "not found")
			spoil()
			if err := load(); !errors.Is(err, db.ErrWouldReplaceFolder) {
				t.Errorf("the built-in library was loaded: %v", err)
			}
			mustDo(t, os.Rename(l.folder, l.folder+"-moved"))
			l.folder += "-moved"
			l.wantResult(l.load(), db.LoadResult{Posts: 1, Unchanged: 1})
			l.wantTitle(pathA, "What is A?")
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
	if len(l.problems) > 0 || len(l.replaced) != 1 || !strings.Contains(l.replaced[0], ".replaced") {
		t.Errorf("problems %v, replaced %v, want one replacement that says where the file is", l.problems, l.replaced)
	}
}

// A second such file must not take the place of the first, nor get its log.
func TestLoadKeepsForeignFilesApart(t *testing.T) {
	for _, taken := range []string{"", "-wal", "-journal"} {
		l := newLibrary(t, postA)
		mustDo(t, os.WriteFile(l.file, []byte("shopping list"), 0o644))
		mustDo(t, os.WriteFile(l.file+".replaced"+taken, []byte("earlier"), 0o644))
		l.open()
		l.load()
		for name, text := range map[string]string{".replaced-2": "shopping list", ".replaced" + taken: "earlier"} {
			if kept, err := os.ReadFile(l.file + name); err != nil || string(kept) != text {
				t.Errorf("%s holds %.40q, %v, want %q", name, kept, err, text)
			}
		}
	}
}

// A library is rebuilt however often its header is destroyed.
func TestLoadAfterDamageOfTheHeader(t *testing.T) {
	l := newLibrary(t, postA)
	for range 3 {
		l.load()
		l.close()
		mustDo(t, os.WriteFile(l.file, noise(100_000), 0o644))
		l.store = nil
		l.open()
	}
	if result := l.load(); result.Posts != 1 {
		t.Errorf("Load: %+v, want 1 post", result)
	}
}

// Damage in the middle of the file shows when a page there is read.
func TestStoreRebuildsAfterDamageThatAPageMeets(t *testing.T) {
	var posts []contenttest.Post
	for i := range 100 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Answer: strings.Repeat("long ", 500)})
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
		t.Fatal("the store is not ready, although nothing has read the damaged pages yet")
	}
	if err := l.store.Verify(t.Context()); !errors.Is(err, db.ErrNotReady) {
		t.Errorf("Verify: %v, want ErrNotReady", err)
	}
	select {
	case <-l.store.Damaged():
	default:
		t.Fatal("the damage was not reported")
	}
	if result := l.load(); result.Posts != 100 || result.Removed != 0 {
		t.Errorf("Load: %+v, want 100 posts", result)
	}
	if len(l.problems) > 0 || len(l.replaced) != 1 || !strings.Contains(l.replaced[0], "forgotten") {
		t.Errorf("problems %v, replaced %v, want one replacement that says what may be forgotten", l.problems, l.replaced)
	}
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

// The same holds for a log that somebody truncates.
func TestStoreRebuildsWhatLosesItsLogUnderIt(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.load()
	contenttest.WriteFile(t, l.folder, "learn/biology/a.md", postA.Text()) // read again, which is noted in the log
	l.load()
	mustDo(t, os.WriteFile(l.file+"-wal", noise(100), 0o644))
	if _, err := l.store.Question(t.Context(), pathA); !errors.Is(err, db.ErrNotReady) {
		t.Errorf("Question: %v, want ErrNotReady", err)
	}
	l.wantResult(l.load(), db.LoadResult{Posts: 2, Added: 2})
	l.wantTitle(pathA, "What is A?")
	select {
	case <-l.store.Damaged():
		t.Error("the damage is still reported after it was repaired")
	default:
	}
}

// A load must not compare with a file that another process has replaced.
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

// noise returns pseudo-random bytes, always the same.
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
