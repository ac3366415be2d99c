package answer_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"go.yaml.in/yaml/v3"

	"quicktakes/content/answer"
)

// difficultPost is a post of testdata/posts.txt: a line "# name", a line "want" with the
// numbers of elements in its answer, and the raw answer up to the next name.
type difficultPost struct {
	name string
	want map[string]int
	raw  string
}

var postStart = regexp.MustCompile(`(?m)^# (.+)\nwant (.+)\n`)

func difficultPosts(tb testing.TB) []difficultPost {
	tb.Helper()
	file, err := os.ReadFile("testdata/posts.txt")
	if err != nil {
		tb.Fatal(err)
	}
	text := string(file)
	var posts []difficultPost
	starts := postStart.FindAllStringSubmatchIndex(text, -1)
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		post := difficultPost{name: text[at[2]:at[3]], want: map[string]int{}, raw: strings.TrimRight(text[at[1]:end], "\n")}
		for pair := range strings.FieldsSeq(text[at[4]:at[5]]) {
			name, count, _ := strings.Cut(pair, "=")
			if post.want[name], err = strconv.Atoi(count); err != nil {
				tb.Fatalf("%s: %v", post.name, err)
			}
		}
		posts = append(posts, post)
	}
	return posts
}

// renderer returns the renderer that tests share, as an engine takes time to start.
var renderer = sync.OnceValue(func() *answer.Renderer { return answer.NewRenderer(nil) })

// selectors are the CSS selectors behind the short names in difficult posts.
var selectors = map[string]string{
	"tables": "table", "display": "math[display=block]", "links": "a[href]:not([href^='#'])", "spans": "pre span",
	"tex": "code.tex", "tasks": "span[role=img]", "wide": "span[tabindex]", "code": "code:not(.tex)",
}

func TestDifficultPosts(t *testing.T) {
	posts := difficultPosts(t)
	if len(posts) < 80 {
		t.Fatalf("%d posts, want at least 80", len(posts))
	}
	r := renderer()
	for _, post := range posts {
		t.Run(post.name, func(t *testing.T) {
			got, err := r.Answer(post.raw)
			if err != nil {
				t.Fatal(err)
			}
			doc := document(t, got.HTML)
			for name, want := range post.want {
				selector := selectors[name]
				if selector == "" {
					selector = name
				}
				if n := doc.Find(selector).Length(); n != want {
					t.Errorf("%d %s, want %d in\n%s", n, selector, want, got.HTML)
				}
			}
			checkSafe(t, got.HTML)
			checkHeadings(t, doc)
			if left := leftovers(doc); left != "" {
				t.Errorf("left over: %s in\n%s", left, got.HTML)
			}
		})
	}
}

// TestSamplePosts renders the posts in the folder that QUICKTAKES_POSTS names or, if it is not
// set, the difficult posts.
func TestSamplePosts(t *testing.T) {
	raws := sampleAnswers(t)
	r := renderer()
	failed, formulas := 0, 0
	for name, raw := range raws {
		got, err := r.Answer(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		failed += len(got.Failed)
		for _, f := range got.Failed {
			t.Logf("%s: %q: %s", name, f.Source, f.Reason)
		}
		doc := document(t, got.HTML)
		formulas += doc.Find("math").Length()
		if left := leftovers(doc); left != "" {
			t.Errorf("%s: left over: %s", name, left)
		}
		checkSafe(t, got.HTML)
		checkHeadings(t, doc)
		checkStructure(t, doc, raw)
		if strings.TrimSpace(got.Text) == "" {
			t.Errorf("%s: no text", name)
		}
		if t.Failed() {
			t.Fatalf("first bad post: %s\n%s", name, got.HTML)
		}
	}
	t.Logf("%d posts, %d formulas, %d that cannot be read", len(raws), formulas, failed)
}

// sampleAnswers returns the raw answers of the posts below QUICKTAKES_POSTS, or
// the difficult ones, by name.
func sampleAnswers(tb testing.TB) map[string]string {
	tb.Helper()
	raws := make(map[string]string)
	dir := os.Getenv("QUICKTAKES_POSTS")
	if dir == "" {
		for _, post := range difficultPosts(tb) {
			raws[post.name] = post.raw
		}
		return raws
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.md"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no posts below %s (%v)", dir, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var front struct{ Answer string }
		parts := strings.SplitN(string(text), "---\n", 3)
		if len(parts) != 3 {
			tb.Fatalf("%s: no front matter", file)
		}
		if err := yaml.Unmarshal([]byte(parts[1]), &front); err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		raws[strings.TrimPrefix(file, dir)] = front.Answer
	}
	return raws
}

func document(tb testing.TB, html string) *goquery.Document {
	tb.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

// checkStructure checks that there are as many blocks of each kind as goldmark alone finds in
// the post's Markdown. Headings without words do not count: only goldmark keeps them.
func checkStructure(t *testing.T, doc *goquery.Document, raw string) {
	t.Helper()
	var out strings.Builder
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM))
	if err := markdown.Convert([]byte(answer.Markdown(raw, "")), &out); err != nil {
		t.Fatal(err)
	}
	alone := document(t, out.String())
	for _, selector := range []string{":is(h1, h2, h3, h4, h5, h6):not(:empty)", "ul", "ol", "li", "blockquote", "table", "tr", "pre", "hr"} {
		if got, want := doc.Find(selector).Length(), alone.Find(selector).Length(); got != want {
			t.Errorf("%d %s, want %d", got, selector, want)
		}
	}
}

var leftover = regexp.MustCompile(`\\[a-zA-Z]{2,}|\\n|\\\\|\$\$|\*\*|####|&(?:amp|lt|gt|quot|#\d+);|\x{E000}|\x{E001}`)

// leftovers returns what a reader should never see: Markdown, LaTeX or HTML syntax in the
// text. It ignores code.
func leftovers(doc *goquery.Document) string {
	words := doc.Clone()
	words.Find("code, annotation").Remove()
	text := words.Text()
	if left := leftover.FindString(text); left != "" {
		return left + " in " + text
	}
	return ""
}

// checkHeadings checks that headings begin with h2, skip no level and have unique ids that
// cannot be ids of the page.
func checkHeadings(t *testing.T, doc *goquery.Document) {
	t.Helper()
	seen := map[string]bool{}
	last := 1
	doc.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, h *goquery.Selection) {
		level := int(goquery.NodeName(h)[1] - '0')
		if level < 2 || level > last+1 {
			t.Errorf("h%d after h%d", level, last)
		}
		last = level
		id, _ := h.Attr("id")
		if id == "" || seen[id] || id[0] >= 'a' && id[0] <= 'z' || strings.ContainsAny(id, " \t\n") {
			t.Errorf("bad id %q", id)
		}
		seen[id] = true
	})
}
