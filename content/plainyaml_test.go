package content

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// plainNode is what the parser of posts uses of a node.
type plainNode struct {
	Kind    yaml.Kind
	Value   string
	Anchor  string
	IsNull  bool
	Line    int
	Content []plainNode
}

func plainNodeOf(n *yaml.Node) plainNode {
	seen := plainNode{Kind: n.Kind, Value: n.Value, Anchor: n.Anchor, IsNull: n.Tag == "!!null", Line: n.Line}
	for i, child := range n.Content {
		node := plainNodeOf(child)
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			node.IsNull = false // a field may be named null
		}
		seen.Content = append(seen.Content, node)
	}
	return seen
}

// compareWithYAML reports whether text is plain, and if so, fails the test
// unless the library reads the same from it.
func compareWithYAML(t testing.TB, name string, text []byte) bool {
	t.Helper()
	got := readPlainYAML(text)
	if got == nil {
		return false
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		t.Errorf("%s: read, but YAML says: %v", name, err)
		return true
	}
	if diff := cmp.Diff(plainNodeOf(root.Content[0]), plainNodeOf(got)); diff != "" {
		t.Errorf("%s (-YAML +plain):\n%s", name, diff)
	}
	return true
}

var plainYAMLTests = []struct {
	text  string
	plain bool
}{
	{"a: b\n", true},
	{"a:   b  \nc:\n", true},
	{"a: b\nc: >-\n    d e\n    f\ng: h", true},
	{"a: >-\n  # no comment\n  - no item\n  b: no field \n  c\n", true},
	{"a:\n  b: c\n  d:\n    e: >-\n      f\ng: h\n", true},
	{"a: 'b: \\n # \"c\"'\nd: \"e, 'f'\"\ng: ''\n", true},
	{"a: null\nb: ~\nc: 'null'\nd: NULL\nnull: nulL\n", true},
	{"a: -1.0\nb: 9:3:3:1\nc: a#b\nd: 2025-01-31\ne: «é»\nA_1: /x?y=[z]\n", true},
	{"a: é\u00a0–’\nb: true\n", true},
	{"", false},
	{"a: b\n c\n", false},
	{"a: b: c\n", false},
	{"a: b:\n", false},
	{"a: b # c\n", false},
	{"a: >-\n", false},
	{"a: >-\nb: c\n", false},
	{"a: >-\n  b\n\n  c\n", false},
	{"a: >-\n  b\n   c\n", false},
	{"a: >-\n   b\n  c\n", false},
	{"a: >\n  b\n", false},
	{"a: |\n  b\n", false},
	{"a: -b\n", false},
	{"a: - b\n", false},
	{"a:\n- b\n", false},
	{"a: [b]\n", false},
	{"a: {b: c}\n", false},
	{"a: &b c\n", false},
	{"a: *b\n", false},
	{"a: !!str b\n", false},
	{"a: 'b''c'\n", false},
	{"a: 'b' c\n", false},
	{"a: \"b\\n\"\n", false},
	{"a: 'b\n", false},
	{"a: '\n", false},
	{"a:\tb\n", false},
	{"a: b\r\n", false},
	{"a: b\u0085c\n", false},
	{"a: b\u2028c\n", false},
	{"a: b\ufeffc\n", false},
	{"a: b\x7f\n", false},
	{"a: b\n\nc: d\n", false},
	{"# a\nb: c\n", false},
	{" a: b\nc: d\n", false},
	{"a:\n    b: c\n  d: e\n", false},
	{"a :b\n", false},
	{"a b: c\n", false},
	{"\"a\": b\n", false},
	{"---\na: b\n", false},
}

func TestPlainYAMLIsYAML(t *testing.T) {
	for _, test := range plainYAMLTests {
		if plain := compareWithYAML(t, fmt.Sprintf("%q", test.text), []byte(test.text)); plain != test.plain {
			t.Errorf("%q: plain is %t, want %t", test.text, plain, test.plain)
		}
	}
}

// Nearly all posts are plain: those of the library, and those below the folder that
// QUICKTAKES_POSTS names.
func TestPlainYAMLOfPosts(t *testing.T) {
	folders := []fs.FS{Library()}
	if folder := os.Getenv("QUICKTAKES_POSTS"); folder != "" {
		folders = append(folders, os.DirFS(folder))
	}
	for _, folder := range folders {
		plain, all := 0, 0
		err := Walk(folder, func(_ string, files []File, err error) error {
			for _, file := range files {
				data, err := ReadFile(folder, file.Name)
				if err != nil {
					return err
				}
				front, _, err := splitFrontMatter(data)
				if err != nil {
					return err
				}
				if compareWithYAML(t, file.Name, front) {
					plain++
				}
				all++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if plain < all*9/10 {
			t.Errorf("%d of %d posts are plain", plain, all)
		}
	}
}

func FuzzPlainYAML(f *testing.F) {
	for _, test := range plainYAMLTests {
		f.Add([]byte(test.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if utf8.Valid(text) && !bytes.Contains(text, []byte("\n---")) {
			compareWithYAML(t, "fuzz", text)
		}
	})
}
