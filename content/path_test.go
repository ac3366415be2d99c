package content_test

import (
	"testing"

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
		{"/learn/biology/questions/undefined", "/learn/biology/questions/undefined"},
	} {
		if got := content.CleanPath(test.path); got != test.want {
			t.Errorf("CleanPath(%q) = %q, want %q", test.path, got, test.want)
		}
		if again := content.CleanPath(test.want); again != test.want {
			t.Errorf("CleanPath(%q) = %q, want it unchanged", test.want, again)
		}
	}
}
