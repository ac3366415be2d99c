package db_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// What else is wrong in the library of TestLoadOfNamedFiles.
const (
	otherBroken = "learn/art/broken.md:1: no front matter: the first line is not ---"
	otherLine   = "_redirects:2: want: from to [status]"
	otherTaken  = "learn/zoology/z.md:17: url " + pathA + " is already used by learn/biology/a.md"
)

// newNamed returns a loaded library of three posts, a broken one, one whose address is
// taken, and two redirects, the second of which is broken.
func newNamed(t *testing.T) *library {
	t.Helper()
	l := newLibrary(t, postA, postB, postC)
	contenttest.WriteFile(t, l.folder, "learn/art/broken.md", "broken")
	contenttest.WriteFile(t, l.folder, "learn/zoology/z.md", strings.ReplaceAll(postA.Text(), "What is A?", "What is A in zoology?"))
	contenttest.WriteFile(t, l.folder, "_redirects", "/old /learn/physics\nbroken\n")
	for _, name := range []string{"learn/art/broken.md", "learn/zoology/z.md"} {
		mustDo(t, os.Chtimes(filepath.Join(l.folder, name), now.Add(-time.Hour), now.Add(-time.Hour)))
	}
	l.wantResult(l.load(), db.LoadResult{Posts: 3, Added: 3, Skipped: 2})
	return l
}

// A load of named files looks at no others, yet reports on the whole library.
func TestLoadOfNamedFiles(t *testing.T) {
	changedA, changedC := postA, postC
	changedA.Title = "What is A now?"
	changedC.Title = "What is C now?"
	const elsewhere = "/learn/art/questions/d"
	for _, test := range []struct {
		name     string
		edit     func(l *library)
		files    []string
		want     db.LoadResult
		titles   map[string]string
		problems []string
	}{
		{
			"edit", func(l *library) { l.write(changedA, changedC) }, []string{"learn/biology/a.md"},
			db.LoadResult{Posts: 3, Changed: 1, Unchanged: 2, Skipped: 2, Partial: true},
			map[string]string{pathA: "What is A now?", pathB: "What is B?", pathC: "What is C?"},
			[]string{otherLine, otherBroken, otherTaken},
		},
		{
			"add", func(l *library) { l.write(contenttest.Post{Path: elsewhere}) }, []string{"learn/art/d.md"},
			db.LoadResult{Posts: 4, Added: 1, Unchanged: 3, Skipped: 2, Partial: true},
			map[string]string{elsewhere: "What is d?", pathC: "What is C?"},
			[]string{otherLine, otherBroken, otherTaken},
		},
		{
			"remove", func(l *library) { l.remove("learn/biology/b.md"); l.write(changedC) }, []string{"learn/biology/b.md"},
			db.LoadResult{Posts: 2, Removed: 1, Unchanged: 2, Skipped: 2, Partial: true},
			map[string]string{pathA: "What is A?", pathB: "not found", pathC: "What is C?"},
			[]string{otherLine, otherBroken, otherTaken},
		},
		{
			"rename", func(l *library) {
				mustDo(l.t, os.Rename(filepath.Join(l.folder, "learn/biology/b.md"), filepath.Join(l.folder, "learn/art/d.md")))
			},
			[]string{"learn/art/d.md", "learn/biology/b.md"},
			db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 2, Partial: true},
			map[string]string{pathB: "What is B?"},
			[]string{otherLine, otherBroken, otherTaken},
		},
		{
			"free an address that another file waits for", func(l *library) { l.remove("learn/biology/a.md") }, []string{"learn/biology/a.md"},
			db.LoadResult{Posts: 3, Changed: 1, Unchanged: 2, Skipped: 1, Partial: true},
			map[string]string{pathA: "What is A in zoology?"},
			[]string{otherLine, otherBroken},
		},
		{
			"break", func(l *library) { contenttest.WriteFile(l.t, l.folder, "learn/physics/c.md", "broken") }, []string{"learn/physics/c.md"},
			db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 3, Partial: true},
			map[string]string{pathC: "What is C?"},
			[]string{otherLine, otherBroken, "learn/physics/c.md:1: no front matter: the first line is not ---", otherTaken},
		},
		{
			"mend", func(l *library) {
				contenttest.WriteFile(l.t, l.folder, "learn/art/broken.md", contenttest.Post{Path: elsewhere}.Text())
			}, []string{"learn/art/broken.md"},
			db.LoadResult{Posts: 4, Added: 1, Unchanged: 3, Skipped: 1, Partial: true},
			map[string]string{elsewhere: "What is d?"},
			[]string{otherLine, otherTaken},
		},
		{
			"redirects", func(l *library) { contenttest.WriteFile(l.t, l.folder, "_redirects", "/older /learn/physics\n") }, []string{"_redirects"},
			db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 2, Partial: true},
			nil,
			[]string{otherBroken, otherTaken},
		},
		{
			"come and go", func(*library) {}, []string{"learn/biology/nowhere.md", "nowhere/.hidden.md"},
			db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 2, Partial: true},
			map[string]string{pathA: "What is A?"},
			[]string{otherLine, otherBroken, otherTaken},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newNamed(t)
			test.edit(l)
			l.wantResult(l.loadWith(db.LoadOptions{Files: test.files}), test.want)
			slices.Sort(l.problems)
			if !slices.Equal(l.problems, test.problems) {
				t.Errorf("problems %q, want %q", l.problems, test.problems)
			}
			for path, title := range test.titles {
				l.wantTitle(path, title)
			}
		})
	}
}

// A file that is said to have changed is read even if its size and time are the same.
func TestLoadOfNamedFilesReadsThem(t *testing.T) {
	l := newLibrary(t, postA, postB)
	file := filepath.Join(l.folder, "learn/biology/a.md")
	write := func(title string) {
		contenttest.WriteFile(t, l.folder, "learn/biology/a.md", strings.ReplaceAll(postA.Text(), "What is A?", title))
		mustDo(t, os.Chtimes(file, now.Add(-time.Hour), now.Add(-time.Hour)))
	}
	write("What is A?")
	l.load()
	write("Who is it?")
	l.load()
	l.wantTitle(pathA, "What is A?") // as nobody said that it changed
	l.loadWith(db.LoadOptions{Files: []string{"learn/biology/a.md"}})
	l.wantTitle(pathA, "Who is it?")
}

// If a load cannot be sure that other files are unchanged, it looks at all of them.
func TestLoadOfNamedFilesThatLooksAtAll(t *testing.T) {
	changedC := postC
	changedC.Title = "What is C now?"
	for name, doubt := range map[string]func(l *library){
		"a folder is gone":          func(l *library) { l.remove("learn/biology") },
		"a folder has no post left": func(l *library) { l.remove("learn/biology/a.md"); l.remove("learn/biology/b.md") },
		"a store is new":            func(l *library) { l.open() },
		"the database is gone":      func(l *library) { mustDo(l.t, os.Remove(l.file)) },
		"the renderer is another":   func(l *library) { l.renderOtherwise() },
	} {
		t.Run(name, func(t *testing.T) {
			l := newNamed(t)
			l.write(changedC)
			doubt(l)
			if result := l.loadWith(db.LoadOptions{Files: []string{"learn/biology/a.md"}}); result.Partial {
				t.Error("not all files were looked at")
			}
			l.wantTitle(pathC, "What is C now?")
		})
	}
}

// A load of named files opens no others, and reports unreadable folders again.
func TestLoadOfNamedFilesOpensThemAlone(t *testing.T) {
	l := newNamed(t)
	load := func(want []string, files ...string) db.LoadResult {
		t.Helper()
		result, opened := l.loadWatched("learn/physics", files...)
		if slices.Sort(opened); !slices.Equal(opened, want) {
			t.Errorf("opened %v, want %v", opened, want)
		}
		if !slices.ContainsFunc(l.problems, func(text string) bool { return strings.HasPrefix(text, "learn/physics: ") }) {
			t.Errorf("problems %v, want the folder that cannot be read", l.problems)
		}
		return result
	}
	const a, b, z = "learn/biology/a.md", "learn/biology/b.md", "learn/zoology/z.md"
	load([]string{a, b, z, z})
	if result := load([]string{a, z, z}, a); !result.Partial { // z twice: for its address, and whether that is free now
		t.Error("all files were looked at")
	}
	if result := load([]string{a, b, z, z}, "learn/physics/c.md"); result.Partial {
		t.Error("not all files were looked at, though it is not known what that folder holds")
	}
}
