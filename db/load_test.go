package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/contenttest"
	"quicktakes/db"
)

const (
	pathA = "/learn/biology/questions/a"
	pathB = "/learn/biology/questions/b"
	pathC = "/learn/physics/questions/c"
)

var (
	postA = contenttest.Post{Path: pathA, Title: "What is A?"}
	postB = contenttest.Post{Path: pathB, Title: "What is B?"}
	postC = contenttest.Post{Path: pathC, Title: "What is C?"}
)

func TestLoad(t *testing.T) {
	changedA := postA
	changedA.Title = "What is A now?"
	for _, test := range []struct {
		name     string
		edit     func(l *library)
		want     db.LoadResult
		titles   map[string]string
		problems []string
	}{
		{
			"nothing", func(*library) {}, db.LoadResult{Posts: 3, Unchanged: 3},
			map[string]string{pathA: "What is A?", pathB: "What is B?", pathC: "What is C?"}, nil,
		},
		{
			"add", func(l *library) { l.write(contenttest.Post{Path: "/learn/art/questions/d", Title: "What is D?"}) },
			db.LoadResult{Posts: 4, Added: 1, Unchanged: 3},
			map[string]string{"/learn/art/questions/d": "What is D?"}, nil,
		},
		{
			"change", func(l *library) { l.write(changedA) }, db.LoadResult{Posts: 3, Changed: 1, Unchanged: 2},
			map[string]string{pathA: "What is A now?"}, nil,
		},
		{
			"formulas that cannot be read", func(l *library) {
				l.write(contenttest.Post{Path: pathA, Title: `What is $\bad$?`, Answer: `It is $\bad$ or $x$.`})
				l.write(contenttest.Post{Path: pathB, Title: `What is $\worse$?`, Fields: []string{`question: 'Is $\bad$ or $\worse$?'`}})
			},
			db.LoadResult{Posts: 3, Changed: 2, Unchanged: 1, FailedFormulas: 5},
			map[string]string{pathA: "What is bad?"}, nil,
		},
		{
			"write again", func(l *library) { l.write(postA) }, db.LoadResult{Posts: 3, Unchanged: 3},
			map[string]string{pathA: "What is A?"}, nil,
		},
		{
			"remove", func(l *library) { l.remove("learn/biology/a.md") }, db.LoadResult{Posts: 2, Removed: 1, Unchanged: 2},
			map[string]string{pathA: "not found", pathB: "What is B?"}, nil,
		},
		{
			"remove a folder", func(l *library) { l.remove("learn/biology") }, db.LoadResult{Posts: 1, Removed: 2, Unchanged: 1},
			map[string]string{pathA: "not found", pathB: "not found", pathC: "What is C?"}, nil,
		},
		{
			"rename the file", func(l *library) {
				l.remove("learn/biology/a.md")
				contenttest.WriteFile(l.t, l.folder, "learn/zoology/other.md", postA.Text())
			}, db.LoadResult{Posts: 3, Unchanged: 3},
			map[string]string{pathA: "What is A?"}, nil,
		},
		{
			"rename and change", func(l *library) {
				l.remove("learn/biology/a.md")
				contenttest.WriteFile(l.t, l.folder, "learn/art/other.md", changedA.Text())
			}, db.LoadResult{Posts: 3, Changed: 1, Unchanged: 2},
			map[string]string{pathA: "What is A now?"}, nil,
		},
		{
			"new address", func(l *library) {
				contenttest.WriteFile(l.t, l.folder, "learn/biology/a.md", strings.ReplaceAll(postA.Text(), pathA, "/learn/art/questions/a"))
			}, db.LoadResult{Posts: 3, Changed: 1, Unchanged: 2},
			map[string]string{pathA: "not found", "/learn/art/questions/a": "What is A?"}, nil,
		},
		{
			"exchange addresses", func(l *library) {
				contenttest.WriteFile(l.t, l.folder, "learn/biology/a.md", postB.Text())
				contenttest.WriteFile(l.t, l.folder, "learn/biology/b.md", postA.Text())
			}, db.LoadResult{Posts: 3, Unchanged: 3},
			map[string]string{pathA: "What is A?", pathB: "What is B?"}, nil,
		},
		{
			"move a file onto another", func(l *library) {
				mustDo(l.t, os.Rename(filepath.Join(l.folder, "learn/biology/b.md"), filepath.Join(l.folder, "learn/biology/a.md")))
			}, db.LoadResult{Posts: 2, Removed: 1, Unchanged: 2},
			map[string]string{pathA: "not found", pathB: "What is B?"}, nil,
		},
		{
			"break", func(l *library) { contenttest.WriteFile(l.t, l.folder, "learn/biology/a.md", "broken") },
			db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 1},
			map[string]string{pathA: "What is A?"},
			[]string{"learn/biology/a.md:1: no front matter: the first line is not ---"},
		},
		{
			"link to itself", func(l *library) {
				l.remove("learn/biology/a.md")
				mustDo(l.t, os.Symlink("a.md", filepath.Join(l.folder, "learn/biology/a.md")))
			}, db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 1},
			map[string]string{pathA: "What is A?"},
			[]string{"learn/biology/a.md: read: stat learn/biology/a.md: too many levels of symbolic links"},
		},
		{
			"add a broken one", func(l *library) { contenttest.WriteFile(l.t, l.folder, "learn/art/x.md", "broken") },
			db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 1},
			map[string]string{pathA: "What is A?"},
			[]string{"learn/art/x.md:1: no front matter: the first line is not ---"},
		},
		{
			"second file with the address", func(l *library) {
				contenttest.WriteFile(l.t, l.folder, "learn/biology/z.md", changedA.Text())
			}, db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 1},
			map[string]string{pathA: "What is A?"},
			[]string{"learn/biology/z.md:17: url " + pathA + " is already used by learn/biology/a.md"},
		},
		{
			"second file that goes first", func(l *library) {
				contenttest.WriteFile(l.t, l.folder, "learn/art/z.md", changedA.Text())
			}, db.LoadResult{Posts: 3, Changed: 1, Unchanged: 2, Skipped: 1},
			map[string]string{pathA: "What is A now?"},
			[]string{"learn/biology/a.md:17: url " + pathA + " is already used by learn/art/z.md"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newLibrary(t, postA, postB, postC)
			l.wantResult(l.load(), db.LoadResult{Posts: 3, Added: 3})
			test.edit(l)
			l.wantResult(l.load(), test.want)
			if diff := cmp.Diff(test.problems, l.problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			for path, title := range test.titles {
				l.wantTitle(path, title)
			}
			again := db.LoadResult{Posts: test.want.Posts, Unchanged: test.want.Posts, Skipped: test.want.Skipped}
			l.wantResult(l.load(), again)
			if diff := cmp.Diff(test.problems, l.problems); diff != "" {
				t.Errorf("problems of a second load (-want +got):\n%s", diff)
			}
		})
	}
}

// A mistake in a field that the page can do without is reported, and the post is loaded.
func TestLoadWithoutAField(t *testing.T) {
	const path = "/learn/art/questions/d"
	l := newLibrary(t, contenttest.Post{Path: path, Fields: []string{"score: high", "aliases: /old/d"}})
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Added: 1})
	l.wantTitle(path, "What is d?")
	if diff := cmp.Diff([]string{`learn/art/d.md:18: score: "high" is not a number; the post is shown without it`}, l.problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if moved, err := l.store.Moved(t.Context(), "/old/d"); err != nil || moved.Path != path {
		t.Errorf("the alias leads to %+v, %v", moved, err)
	}
}

func TestLoadFromNothingGivesAnAddressToTheFirstFile(t *testing.T) {
	l := newLibrary(t, postA)
	contenttest.WriteFile(t, l.folder, "learn/art/first.md", strings.ReplaceAll(postA.Text(), "What is A?", "Who is first?"))
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Added: 1, Skipped: 1})
	l.wantTitle(pathA, "Who is first?")
	l.remove("learn/art/first.md")
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Changed: 1})
	l.wantTitle(pathA, "What is A?")
}

// The files of a folder come before those of folders in it, whatever their names.
func TestLoadFromNothingCountsAnAddressOnce(t *testing.T) {
	l := newLibrary(t, postC)
	contenttest.WriteFile(t, l.folder, "z.md", postA.Text())
	contenttest.WriteFile(t, l.folder, "a/b/x.md", strings.ReplaceAll(postA.Text(), "What is A?", "Who is deeper?"))
	l.wantResult(l.load(), db.LoadResult{Posts: 2, Added: 2, Skipped: 1})
	l.wantTitle(pathA, "What is A?")
}

// Of several new files with one address the first has it, and none is lost.
func TestLoadSettlesManyFilesWithOneAddress(t *testing.T) {
	l := newLibrary(t, contenttest.Post{Path: pathC})
	contenttest.WriteFile(t, l.folder, "c/d/1.md", postA.Text())
	l.load()
	contenttest.WriteFile(t, l.folder, "b/1.md", strings.ReplaceAll(postA.Text(), "What is A?", "Who is first?"))
	contenttest.WriteFile(t, l.folder, "3.md", strings.ReplaceAll(postA.Text(), "What is A?", "Who is before all?"))
	for range 2 {
		if result := l.load(); result.Posts != 2 || result.Skipped != 2 {
			t.Errorf("%d posts, %d skipped, want 2 and 2", result.Posts, result.Skipped)
		}
		l.wantTitle(pathA, "Who is before all?")
	}
	l.remove("3.md")
	l.load()
	l.wantTitle(pathA, "Who is first?")
}

func TestLoadMendsBrokenPosts(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.load()
	contenttest.WriteFile(t, l.folder, "learn/biology/a.md", "broken")
	l.load()
	l.write(postA)
	l.wantResult(l.load(), db.LoadResult{Posts: 2, Unchanged: 2})
	contenttest.WriteFile(t, l.folder, "learn/biology/a.md", "broken")
	l.load()
	l.remove("learn/biology/a.md")
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Removed: 1, Unchanged: 1})
	l.wantTitle(pathA, "not found")
}

func TestLoadMarksWhatChanged(t *testing.T) {
	const pathD = "/learn/physics/questions/d"
	l := newLibrary(t, postA, postB, contenttest.Post{Path: pathD, Date: "2030-01-01"})
	l.load()
	modified := func(path string) time.Time {
		question, err := l.store.Question(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		return question.Modified
	}
	posted := time.Date(2025, time.January, 31, 0, 0, 0, 0, time.UTC)
	if got := modified(pathA); !got.Equal(posted) {
		t.Errorf("a new post is marked %s, want its date", got)
	}
	changed := postA
	changed.Answer = "Something else."
	l.now = now.Add(time.Hour)
	l.write(changed)
	contenttest.WriteFile(t, l.folder, "learn/biology/b.md", postB.Text()+"\n\n") // says the same
	l.write(contenttest.Post{Path: pathD, Date: "2030-01-01", Answer: "Something else."})
	l.load()
	if got := modified(pathA); !got.Equal(l.now) {
		t.Errorf("a changed post is marked %s, want the time of the load", got)
	}
	if got := modified(pathB); !got.Equal(posted) {
		t.Errorf("an unchanged post is marked %s, want its date", got)
	}
	if got, want := modified(pathD), time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("a changed post of a later date is marked %s, want its date", got)
	}
}

func TestLoadKeepsWhatIsInAFolderThatCannotBeRead(t *testing.T) {
	l := newLibrary(t, postA, postB, postC)
	l.load()
	result, _ := l.loadWatched("learn/biology")
	l.wantResult(result, db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 1})
	result, _ = l.loadWatched("learn/biology", "learn/physics/c.md")
	l.wantResult(result, db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 1, Partial: true})
	result, _ = l.loadWatched("learn")
	l.wantResult(result, db.LoadResult{Posts: 3, Unchanged: 3, Skipped: 1})
	l.wantTitle(pathA, "What is A?")
	l.wantResult(l.load(), db.LoadResult{Posts: 3, Unchanged: 3})
}

func TestLoadWaitsForAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLibrary(t, postA)
		lock := flock.New(l.file + ".lock")
		mustDo(t, lock.Lock())
		result := make(chan db.LoadResult, 1)
		go func() { result <- l.load() }()
		synctest.Wait()
		if l.store.Ready() {
			t.Error("two processes load at the same time")
		}
		mustDo(t, lock.Unlock())
		l.wantResult(<-result, db.LoadResult{Posts: 1, Added: 1})
	})
}

func TestLoadLeavesNoLog(t *testing.T) {
	l := newLibrary(t, manyPosts(200, "Old")...)
	l.load()
	for what, change := range map[string]func(){
		"an edit of all posts": func() { l.write(manyPosts(200, "New")...) },
		"another renderer":     l.renderOtherwise,
	} {
		change()
		l.load()
		if info, err := os.Stat(l.file + "-wal"); err == nil && info.Size() > 0 {
			t.Errorf("after %s, %d bytes of log stay beside the database", what, info.Size())
		}
	}
}

// A library without a single good post is still a library.
func TestLoadOfBrokenPostsOnly(t *testing.T) {
	l := newLibrary(t)
	contenttest.WriteFile(t, l.folder, "learn/biology/a.md", "broken")
	contenttest.WriteFile(t, l.folder, content.RedirectsFile+"/folder", "")
	l.wantResult(l.load(), db.LoadResult{Skipped: 1})
	l.open()
	if !l.store.Ready() {
		t.Error("the next program cannot open the library")
	}
	l.write(postA)
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Added: 1})
}

func TestLoadWithoutPosts(t *testing.T) {
	l := newLibrary(t, postA)
	l.load()
	for folder, want := range map[string]string{t.TempDir(): "it holds no *.md file", filepath.Join(t.TempDir(), "nowhere"): "no such file or directory"} {
		_, err := l.store.Load(t.Context(), os.DirFS(folder), db.LoadOptions{Now: time.Now})
		if !errors.Is(err, content.ErrNoPosts) || !strings.Contains(err.Error(), want) {
			t.Errorf("Load: %v, want ErrNoPosts with %q", err, want)
		}
		l.wantTitle(pathA, "What is A?")
	}
}

func TestLoadThatIsStoppedChangesNothing(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.load()
	l.write(postC)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := l.store.Load(ctx, os.DirFS(l.folder), db.LoadOptions{
		Now:      func() time.Time { return now },
		Progress: func(int, int) { cancel() },
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Load: %v, want context.Canceled", err)
	}
	l.wantTitle(pathC, "not found")
	l.wantResult(l.load(), db.LoadResult{Posts: 3, Added: 1, Unchanged: 2})
}

// A link to a folder is not followed: the posts of the folder that it replaces are removed.
func TestLoadDoesNotFollowLinkedFolders(t *testing.T) {
	l := newLibrary(t, postA, postC)
	l.load()
	elsewhere := filepath.Join(t.TempDir(), "biology")
	mustDo(t, os.Rename(filepath.Join(l.folder, "learn/biology"), elsewhere))
	mustDo(t, os.Symlink(elsewhere, filepath.Join(l.folder, "learn/biology")))
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Removed: 1, Unchanged: 1})
	if len(l.problems) != 1 || !strings.HasPrefix(l.problems[0], "learn/biology: links to folders") {
		t.Errorf("problems %q, want one that names the link", l.problems)
	}
}

// A post that is edited twice within the clock's resolution must not be taken for
// unchanged, even if its size stays the same.
func TestLoadSeesAnEditRightAfterALoad(t *testing.T) {
	l := newLibrary(t, postA)
	file := filepath.Join(l.folder, "learn/biology/a.md")
	touch := func() {
		before := now.Add(-time.Second / 2)
		mustDo(t, os.Chtimes(file, before, before))
	}
	touch()
	l.load()
	changed := postA
	changed.Title = "What is Z?"
	l.write(changed)
	touch()
	l.wantResult(l.load(), db.LoadResult{Posts: 1, Changed: 1})
	l.wantTitle(pathA, "What is Z?")
}

func TestStoreIsNotReadyBeforeTheFirstLoad(t *testing.T) {
	l := newLibrary(t, postA)
	if l.store.Ready() {
		t.Error("a store without a database is ready")
	}
	if _, err := l.store.Question(t.Context(), pathA); !errors.Is(err, db.ErrNotReady) {
		t.Errorf("Question: %v, want ErrNotReady", err)
	}
	l.load()
	if !l.store.Ready() {
		t.Error("a loaded store is not ready")
	}
}

func TestOpenRefusesAFolder(t *testing.T) {
	folder := t.TempDir()
	_, err := db.Open(t.Context(), folder)
	if err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("Open: %v, want an error that names %s", err, folder)
	}
}

func TestOpenTakesAwkwardNames(t *testing.T) {
	l := newLibrary(t, postA)
	l.file = filepath.Join(t.TempDir(), "50% of a?b#c & d.db")
	l.open()
	l.load()
	l.wantTitle(pathA, "What is A?")
	if _, err := os.Stat(l.file); err != nil {
		t.Error(err)
	}
}
