package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms are the packages of the module, each with those of the module that it may
// import: cmd -> web -> {views, db, assets}, views -> {content, assets},
// db -> content -> content/answer.
var rooms = map[string][]string{
	"cmd/quicktakes":      {"web", "views", "db", "assets", "content", "content/answer"},
	"web":                 {"views", "db", "assets", "content", "content/answer", "web/picture"},
	"web/picture":         {},
	"views":               {"assets", "content", "content/answer"},
	"db":                  {"content", "content/answer"},
	"content":             {"content/answer"},
	"content/answer":      {},
	"content/contenttest": {"content"},
	"assets":              {},
}

// testRooms are the packages that only tests import.
var testRooms = []string{"content/contenttest"}

// exclusive are the packages from outside, and all below them, that only some
// rooms may import.
var exclusive = map[string][]string{
	"database/sql":             {"db"},
	"modernc.org/sqlite":       {"db"},
	"github.com/labstack/echo": {"web"},
	"net/http":                 {"web", "assets", "cmd/quicktakes"},
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	module := os.DirFS("../..")
	err := fs.WalkDir(module, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if file != "." && strings.HasPrefix(name, ".") || name == "testdata" || file == "content/learn" || file == "node_modules" {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		source, err := fs.ReadFile(module, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		seen[path.Dir(file)] = true
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if reason := refused(file, imported); reason != "" {
				t.Errorf("%s imports %s: %s", file, imported, reason)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range rooms {
		if !seen[room] {
			t.Errorf("rooms names %s, which has no Go file", room)
		}
	}
}

// TestRefused checks that TestImports would notice a forbidden import.
func TestRefused(t *testing.T) {
	for _, test := range []struct {
		file, imported string
		want           bool
	}{
		{"cmd/quicktakes/main.go", "quicktakes/web", false},
		{"cmd/quicktakes/main.go", "github.com/labstack/echo/v4", true},
		{"web/home.go", "quicktakes/db", false},
		{"web/home.go", "quicktakes/cmd/quicktakes", true},
		{"web/home.go", "database/sql", true},
		{"web/home_test.go", "quicktakes/content/contenttest", false},
		{"web/home_test.go", "quicktakes/web", false},
		{"web/home.go", "quicktakes/content/contenttest", true},
		{"views/home.go", "quicktakes/db", true},
		{"views/home_test.go", "net/http/httptest", true},
		{"db/load.go", "modernc.org/sqlite/lib", false},
		{"db/load.go", "modernc.org/sqliteother", false},
		{"db/load.go", "quicktakes/views", true},
		{"content/post.go", "modernc.org/sqlite", true},
		{"content/post.go", "net/http", true},
		{"content/post.go", "net/url", false},
		{"content/answer/answer.go", "quicktakes/content", true},
		{"assets/assets.go", "net/http", false},
		{"assets/assets.go", "quicktakes/content", true},
		{"util/util.go", "strings", true},
	} {
		if got := refused(test.file, test.imported); (got != "") != test.want {
			t.Errorf("refused(%q, %q) = %q, want a reason: %t", test.file, test.imported, got, test.want)
		}
	}
}

// refused returns why a file may not import a package, "" if it may.
func refused(file, imported string) string {
	room := path.Dir(file)
	isTest := strings.HasSuffix(file, "_test.go")
	allowed, known := rooms[room]
	if !known {
		return "package " + room + " has no row in rooms"
	}
	for outside, owners := range exclusive {
		if (imported == outside || strings.HasPrefix(imported, outside+"/")) && !slices.Contains(owners, room) {
			return "only " + strings.Join(owners, ", ") + " may"
		}
	}
	other, inside := strings.CutPrefix(imported, "quicktakes/")
	switch {
	case !inside, slices.Contains(allowed, other):
		return ""
	case isTest && (other == room || slices.Contains(testRooms, other)):
		return ""
	case slices.Contains(testRooms, other):
		return "only tests may"
	default:
		return "imports go one way, and " + room + " does not import " + other
	}
}
