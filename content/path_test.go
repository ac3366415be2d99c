package content_test

import (
	"strings"
	"testing"
	"time"

	"quicktakes/content"
)

func TestCleanPath(t *testing.T) {
	for _, test := range []struct{ path, want string }{
		{"/", "/"},
		{"", "/"},
		{"//", "/"},
		{"/index.html", "/"},
		{"/.html", "/"},
		{"/learn", "/learn"},
		{"/Learn/Biology/", "/learn/biology"},
		{"//learn//biology", "/learn/biology"},
		{"/learn/biology/questions/x.html", "/learn/biology/questions/x"},
		{"/learn/biology/questions/x.html/", "/learn/biology/questions/x"},
		{"/learn/biology/questions/undefined/learn/physics/questions/y", "/learn/physics/questions/y"},
		{"/learn/a/questions/undefined/learn/b/questions/undefined/learn/c/questions/z", "/learn/c/questions/z"},
		{"/foo/.html", "/foo"},
		{"/a.html.html", "/a"},
		{"/x/undefined//learn/biology", "/learn/biology"},
		{"/learn/biology/questions/undefined", "/learn/biology/questions/undefined"},
	} {
		if got := content.CleanPath(test.path); got != test.want {
			t.Errorf("CleanPath(%q) = %q, want %q", test.path, got, test.want)
		}
	}
}

func TestSlugsOfAPath(t *testing.T) {
	for _, test := range []struct{ path, subject, slug string }{
		{"/learn/cell-biology/questions/what-is-osmosis", "cell-biology", "what-is-osmosis"},
		{"/learn/biology", "biology", "biology"},
		{"/learn/biology/flashcards", "biology", "flashcards"},
	} {
		if subject, slug := content.SubjectSlugOf(test.path), content.SlugOf(test.path); subject != test.subject || slug != test.slug {
			t.Errorf("%s: subject %q, slug %q", test.path, subject, slug)
		}
	}
}

// A visitor may send an address of any length: to read one again for each of its endings
// would take hours.
func TestCleanPathOfManyEndings(t *testing.T) {
	start := time.Now()
	if got := content.CleanPath("/" + strings.Repeat(".html/", 1<<20)); got != "/" {
		t.Errorf("a clean path of %d bytes, want /", len(got))
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %v", took)
	}
}

func FuzzCleanPath(f *testing.F) {
	for _, path := range []string{"/foo/.html", "/a.html.html", "/x/undefined//learn/biology", "/index.html/", "/A//b/"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		clean := content.CleanPath(path)
		if again := content.CleanPath(clean); again != clean {
			t.Errorf("CleanPath(%q) = %q, and of that %q: two hops", path, clean, again)
		}
	})
}
