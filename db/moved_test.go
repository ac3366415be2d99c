package db_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/contenttest"
	"quicktakes/db"
)

func TestMoved(t *testing.T) {
	l := newLibrary(t,
		contenttest.Post{Path: "/learn/biology/questions/cell", Fields: []string{"aliases: [/Old/Cell/, /caf%C3%A9, /shared, /learn/zoology/questions/taken]"}},
		contenttest.Post{Path: "/learn/zoology/questions/taken"},
		contenttest.Post{Path: "/learn/art/questions/twice", ID: 1, Fields: []string{"aliases: [/shared]"}},
		contenttest.Post{Path: "/learn/music/questions/twice", ID: 2},
		contenttest.Post{Path: "/learn/physics/questions/removed"},
		contenttest.Post{Path: "/learn/physics/questions/moves"},
	)
	contenttest.WriteFile(t, l.folder, content.RedirectsFile, `
/moved /learn/biology/questions/cell
/kept /new 308
/chain /moved 308
/loop /loop2
/loop2 /loop
/to-loop /loop
/to-itself /itself/x
/itself/* /itself/x
/first/x /exact
/first/* /splat/:splat
/first/y /never
/query /learn?x=1#y
/host* /:splat
/blog/* /blog/archive/:splat
/search/* /learn?q=:splat
/notes/* /learn/:splat
/old* /archive/:splat
/gone 410
/gone-too/* 410
/learn/zoology/questions/taken /never
`)
	l.load()
	l.remove("learn/physics/removed.md")
	contenttest.Write(t, l.folder, contenttest.Post{Path: "/learn/chemistry/questions/moves"})
	l.remove("learn/physics/moves.md")
	l.load()
	for _, test := range []struct {
		path string
		want db.Moved
		err  error
	}{
		{path: "/old/cell", want: db.Moved{Path: "/learn/biology/questions/cell", Status: 301}},
		{path: "/café", want: db.Moved{Path: "/learn/biology/questions/cell", Status: 301}},
		{path: "/shared", want: db.Moved{Path: "/learn/art/questions/twice", Status: 301}},
		{path: "/moved", want: db.Moved{Path: "/learn/biology/questions/cell", Status: 301}},
		{path: "/kept", want: db.Moved{Path: "/new", Status: 308}},
		{path: "/chain", want: db.Moved{Path: "/learn/biology/questions/cell", Status: 308}},
		{path: "/loop", err: db.ErrNotFound},
		{path: "/to-loop", err: db.ErrNotFound},
		{path: "/to-itself", err: db.ErrNotFound},
		{path: "/first/x", want: db.Moved{Path: "/exact", Status: 301}},
		{path: "/first/y", want: db.Moved{Path: "/splat/y", Status: 301}},
		{path: "/first/y/z", want: db.Moved{Path: "/splat/y/z", Status: 301}},
		{path: "/query", want: db.Moved{Path: "/learn", Rest: "?x=1#y", Status: 301}},
		{path: "/host/evil.example", want: db.Moved{Path: "/evil.example", Status: 301}},
		{path: `/host\evil.example`, want: db.Moved{Path: "/evil.example", Status: 301}},
		{path: "/blog/x", want: db.Moved{Path: "/blog/archive/x", Status: 301}},
		{path: "/search/a&b", want: db.Moved{Path: "/learn", Rest: "?q=a%26b", Status: 301}},
		{path: "/search", err: db.ErrNotFound}, // it is a page
		{path: "/notes/biology", want: db.Moved{Path: "/learn/biology", Status: 301}},
		{path: "/notes", want: db.Moved{Path: "/learn", Status: 301}},
		{path: "/note", err: db.ErrNotFound},
		{path: "/old", want: db.Moved{Path: "/archive", Status: 301}},
		{path: "/older/x", want: db.Moved{Path: "/archive/er/x", Status: 301}},
		{path: "/learn/zoology", err: db.ErrNotFound}, // it is a page
		{path: "/gone", err: db.ErrGone},
		{path: "/gone-too/x", err: db.ErrGone},
		{path: "/gone-too", err: db.ErrGone},
		{path: "/learn/zoology/questions/cell", want: db.Moved{Path: "/learn/biology/questions/cell", Status: 301}},
		{path: "/learn/zoology/questions/twice", err: db.ErrNotFound},
		{path: "/learn/physics/questions/removed", err: db.ErrGone},
		{path: "/learn/physics/questions/moves", want: db.Moved{Path: "/learn/chemistry/questions/moves", Status: 301}},
		{path: "/learn/zoology/questions/taken", err: db.ErrNotFound}, // it has not moved
		{path: "/cell", err: db.ErrNotFound},
		{path: "/", err: db.ErrNotFound},
	} {
		moved, err := l.store.Moved(t.Context(), test.path)
		if test.err != nil {
			if !errors.Is(err, test.err) {
				t.Errorf("Moved(%s) = %v, %v, want %v", test.path, moved, err, test.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("Moved(%s): %v", test.path, err)
			continue
		}
		if diff := cmp.Diff(&test.want, moved); diff != "" {
			t.Errorf("Moved(%s) (-want +got):\n%s", test.path, diff)
		}
	}
}

// A catch-all line does not change where the other lines lead.
func TestCatchAllLeavesPagesAlone(t *testing.T) {
	l := newLibrary(t, contenttest.Post{Path: "/learn/biology/questions/cell"}, contenttest.Post{Path: "/learn/biology/questions/flashcards"})
	lines := ""
	targets := []string{"/about", "/search?q=cell", "/learn/biology", "/learn/biology/flashcards", "/learn/biology/questions/flashcards", "/feed.xml"}
	for i, target := range targets {
		lines += fmt.Sprintf("/%d %s\n", i, target)
	}
	contenttest.WriteFile(t, l.folder, content.RedirectsFile, lines+"/* /learn/biology/questions/cell\n")
	l.load()
	for i, target := range targets {
		moved, err := l.store.Moved(t.Context(), fmt.Sprintf("/%d", i))
		if err != nil || moved.Path+moved.Rest != target {
			t.Errorf("Moved gives %+v, %v, want %s", moved, err, target)
		}
	}
	for _, path := range []string{"/what/else", "/learn/biology/questions/none", "/learn/zoology/flashcards"} {
		if moved, err := l.store.Moved(t.Context(), path); err != nil || moved.Path != "/learn/biology/questions/cell" {
			t.Errorf("Moved(%s) = %+v, %v", path, moved, err)
		}
	}
}

func TestRemovedPostsComeBack(t *testing.T) {
	l := loaded(t, postA, postB)
	l.remove("learn/biology/a.md")
	l.load()
	if _, err := l.store.Moved(t.Context(), pathA); !errors.Is(err, db.ErrGone) {
		t.Errorf("Moved: %v, want ErrGone", err)
	}
	l.write(postA)
	l.load()
	l.wantTitle(pathA, "What is A?")
	if _, err := l.store.Moved(t.Context(), pathA); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("Moved: %v, want ErrNotFound", err)
	}
}

func TestRedirectsFollowTheFile(t *testing.T) {
	l := newLibrary(t, postA)
	contenttest.WriteFile(t, l.folder, content.RedirectsFile, "/x "+pathA+"\nbroken\n")
	l.load()
	if diff := cmp.Diff([]string{"_redirects:2: want: from to [status]"}, l.problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if _, err := l.store.Moved(t.Context(), "/x"); err != nil {
		t.Errorf("the good line is lost: %v", err)
	}
	before := l.store.Changed()
	l.remove(content.RedirectsFile)
	l.load()
	if !l.store.Changed().After(before) {
		t.Error("pages that link to what moved are not refreshed")
	}
	if _, err := l.store.Moved(t.Context(), "/x"); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("Moved: %v, want ErrNotFound", err)
	}
}

func TestRedirectsStayWhenTheFileCannotBeRead(t *testing.T) {
	l := newLibrary(t, postA)
	contenttest.WriteFile(t, l.folder, content.RedirectsFile, "/x "+pathA+"\n")
	l.load()
	l.remove(content.RedirectsFile)
	contenttest.WriteFile(t, l.folder, content.RedirectsFile+"/folder", "")
	l.load()
	if len(l.problems) != 1 {
		t.Errorf("problems: %v, want one: the file could not be read", l.problems)
	}
	if _, err := l.store.Moved(t.Context(), "/x"); err != nil {
		t.Errorf("the redirect is lost: %v", err)
	}
}

func TestSuggestions(t *testing.T) {
	l := loaded(t,
		contenttest.Post{Path: "/learn/biology/questions/what-is-a-cell-wall"},
		contenttest.Post{Path: "/learn/biology/questions/what-is-a-cell-made-of"},
		contenttest.Post{Path: "/learn/physics/questions/what-is-a-force"},
		contenttest.Post{Path: "/learn/physics/questions/who-is-newton"},
		contenttest.Post{Path: "/learn/physics/questions/what-is-a-cell-hidden", Fields: []string{"no_index: true"}})
	for _, test := range []struct {
		path string
		want []string
	}{
		{"/learn/biology/questions/what-is-a-cell-wal", []string{"/learn/biology/questions/what-is-a-cell-wall", "/learn/biology/questions/what-is-a-cell-made-of", "/learn/physics/questions/what-is-a-force"}},
		{"/learn/other/questions/who-is-newton", []string{"/learn/physics/questions/who-is-newton"}},
		{"/learn/biology/questions/why", nil},
		{"/", nil},
	} {
		links, err := l.store.Suggestions(t.Context(), test.path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, paths(links)); diff != "" {
			t.Errorf("Suggestions(%s) (-want +got):\n%s", test.path, diff)
		}
	}
}
