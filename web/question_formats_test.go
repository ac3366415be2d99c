package web_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
	"quicktakes/web"
)

func TestQuestionAsMarkdown(t *testing.T) {
	s := newLibrarySite(t)
	response := s.ask(http.MethodGet, cell+".md")
	const want = "---\ntitle: \"What is a cell?\"\nsource: https://example.org/learn/biology/questions/cell\ndate: 2025-03-01\n---\n\n" +
		"# What is a `cell`?\n\nA cell is small: $x \\neq 0$.\n\n### More\n\nIt *lives*.\n"
	if got := body(t, response); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	wantAlternate(t, response, "text/markdown; charset=utf-8", cell)
}

// Money beside formulas, in the heading and after the answer too, must not look like a
// formula to other programs either.
func TestMoneyInMarkdown(t *testing.T) {
	s := newSite(t, nil)
	post := contenttest.Post{Path: "/learn/economics/questions/price", Title: "What are $5 and $x$?", Answer: "At $6."}
	contenttest.WriteFile(t, s.folder, post.File(), strings.Replace(post.Text(), "&nbsp;", "About $7.", 1))
	s.load()
	const want = "\n\n# What are \\$5 and $x$?\n\nAt \\$6.\n\nAbout \\$7.\n"
	if got := body(t, s.ask(http.MethodGet, post.Path+".md")); !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
}

// Outside the site a link without a host leads nowhere.
func TestLinksLeadHereFromElsewhere(t *testing.T) {
	const path = "/learn/art/questions/links"
	s := newSite(t, nil, contenttest.Post{Path: path, Answer: "See [all](/learn)."})
	s.load()
	const markdown, html = `See [all](` + baseURL + `/learn).`, `See <a href="` + baseURL + `/learn">all</a>.`
	if got := body(t, s.ask(http.MethodGet, path+".md")); !strings.Contains(got, markdown) {
		t.Errorf("the Markdown is %s", got)
	}
	var data struct {
		Answer struct{ Markdown, HTML string }
	}
	if err := json.Unmarshal([]byte(body(t, s.ask(http.MethodGet, path+".json"))), &data); err != nil {
		t.Fatal(err)
	}
	if data.Answer.Markdown != markdown || data.Answer.HTML != "<p>"+html+"</p>\n" {
		t.Errorf("the JSON has %+v", data.Answer)
	}
	if cards := strings.ReplaceAll(s.dump(web.Anki, ""), `""`, `"`); !strings.Contains(cards, html) {
		t.Errorf("the flashcards are %s", cards)
	}
	if page := body(t, s.ask(http.MethodGet, path)); !strings.Contains(page, `See <a href="/learn">all</a>.`) {
		t.Error("the page has another link than its path")
	}
}

func TestQuestionAsJSON(t *testing.T) {
	s := newLibrarySite(t)
	response := s.ask(http.MethodGet, cell+".json")
	wantAlternate(t, response, "application/json; charset=utf-8", cell)
	var got map[string]any
	if err := json.Unmarshal([]byte(body(t, response)), &got); err != nil {
		t.Fatal(err)
	}
	answer, _ := got["answer"].(map[string]any)
	html, _ := answer["html"].(string)
	text, _ := answer["text"].(string)
	if !strings.Contains(html, "<math") || !strings.Contains(html, "<h2>More</h2>") || !strings.Contains(text, "x ≠ 0") {
		t.Errorf("answer is %v", answer)
	}
	delete(got, "answer")
	want := map[string]any{
		"url": baseURL + cell, "canonical": baseURL + cell, "id": 7.0, "subject": "Biology", "title": "What is a `cell`?",
		"article_title": "What is a `cell`?", "question": "What is a `cell`?", "question_text": "What is a cell?", "date_format": "MMM DD, YYYY",
		"post_on_text": "Posted on", "file_name": "cell.md", "summary": got["summary"], "author": "QuickTakes",
		"published": "2025-03-01T00:00:00Z", "modified": "2025-03-01T00:00:00Z", "aliases": []any{"/old-cell"},
		"seo":     map[string]any{"title": "QuickTakes | Biology", "description": "What there is to know about cell.", "keywords": []any{"cell", "school"}},
		"related": []any{map[string]any{"url": baseURL + force, "title": "What is a force?", "subject": "Physics"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	secondary := s.ask(http.MethodGet, force+".json")
	wantAlternate(t, secondary, "application/json; charset=utf-8", "/learn/science/questions/force")
	if response := s.ask(http.MethodGet, "/learn/biology/questions/nothing.json"); response.StatusCode != http.StatusNotFound {
		t.Errorf("unknown question: %d", response.StatusCode)
	}
}

func wantAlternate(t *testing.T, response *http.Response, contentType, canonical string) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Type": contentType,
		"Link":         "<" + baseURL + canonical + `>; rel="canonical"`,
		"X-Robots-Tag": "noindex",
	} {
		if got := response.Header.Get(name); response.StatusCode != 200 || got != want {
			t.Errorf("%d, %s %q, want %q", response.StatusCode, name, got, want)
		}
	}
}

// The header of the Markdown names the canonical page, which may change with another post.
func TestMarkdownChangesWithItsCanonical(t *testing.T) {
	s := newLibrarySite(t)
	before := s.ask(http.MethodGet, force+".md").Header
	if err := os.Remove(filepath.Join(s.folder, "learn/science/force.md")); err != nil {
		t.Fatal(err)
	}
	s.load()
	after := s.ask(http.MethodGet, force+".md").Header
	if before.Get("Link") == after.Get("Link") || before.Get("ETag") == after.Get("ETag") {
		t.Errorf("%v, before %v", after, before)
	}
}

// The page's own address answers in the form that the client names.
func TestFormFollowsTheAcceptHeader(t *testing.T) {
	const html, markdown, data = "text/html; charset=utf-8", "text/markdown; charset=utf-8", "application/json; charset=utf-8"
	s := newLibrarySite(t)
	for range 2 { // made, and from the cache
		for accept, want := range map[string]string{
			"":    html,
			"*/*": html,
			"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8": html,
			"text/markdown":                            markdown,
			"text/markdown, text/html, */*":            markdown,
			"Text/Markdown":                            markdown,
			"text/markdown;Q=0.5, text/html":           html,
			"text/markdown;q=0.5, TEXT/*":              html,
			"text/html;q=0.5, text/markdown":           markdown,
			"text/markdown;q=0.5, text/html":           html,
			"text/markdown;q=0, */*":                   html,
			"text/markdown;variant=GFM;q=0.5, text/*":  html,
			"application/json":                         data,
			"application/json, text/plain, */*":        data,
			"application/json;q=0.9, text/html;q=0.95": html,
			"image/png":                                html,
		} {
			response := s.ask(http.MethodGet, cell, "Accept", accept)
			if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != want {
				t.Errorf("Accept %q: %d, %s, want %s", accept, response.StatusCode, got, want)
			}
			if got := response.Header.Get("Vary"); got != "Accept, Accept-Encoding" {
				t.Errorf("Accept %q: Vary %q", accept, got)
			}
			if got := response.Header.Get("X-Robots-Tag"); got != "" {
				t.Errorf("Accept %q: X-Robots-Tag %q at the page's address", accept, got)
			}
			other := s.ask(http.MethodGet, cell+map[string]string{html: "", markdown: ".md", data: ".json"}[want])
			if body(t, response) != body(t, other) {
				t.Errorf("Accept %q: not the body of the form's own address", accept)
			}
			if again := s.ask(http.MethodGet, cell, "Accept", accept, "If-None-Match", response.Header.Get("Etag")); again.StatusCode != http.StatusNotModified {
				t.Errorf("Accept %q: %d, want 304", accept, again.StatusCode)
			}
		}
	}
	for _, target := range []string{"/learn", cell + ".md", cell + ".json", "/feed.xml"} {
		want := s.ask(http.MethodGet, target).Header.Get("Content-Type")
		for range 2 {
			if got := s.ask(http.MethodGet, target, "Accept", "application/json").Header.Get("Content-Type"); got != want {
				t.Errorf("%s: %s for JSON, want %s", target, got, want)
			}
		}
	}
}

// Scripts on other sites may read what is meant for programs, even if they have it already,
// it has moved, or it does not exist.
func TestOtherSitesReadWhatIsForPrograms(t *testing.T) {
	s := newLibrarySite(t)
	check := func(name string, response *http.Response, status int, allowed, policy string) {
		t.Helper()
		got := []string{response.Header.Get("Access-Control-Allow-Origin"), response.Header.Get("Cross-Origin-Resource-Policy")}
		if response.StatusCode != status || got[0] != allowed || got[1] != policy {
			t.Errorf("%s: %d, origins %q, policy %q, want %d, %q and %q", name, response.StatusCode, got[0], got[1], status, allowed, policy)
		}
	}
	for _, test := range []struct{ target, accept, allowed, policy string }{
		{cell + ".md", "", "*", "cross-origin"},
		{cell + ".json", "", "*", "cross-origin"},
		{cell, "text/markdown", "*", "cross-origin"},
		{cell, "application/json", "*", "cross-origin"},
		{"/feed.xml", "", "*", "cross-origin"},
		{"/feed.json", "", "*", "cross-origin"},
		{"/learn/biology/feed.xml", "", "*", "cross-origin"},
		{"/llms.txt", "", "*", "cross-origin"},
		{cell, "", "", "same-origin"},
		{"/", "application/json", "", "same-origin"},
		{"/learn/biology", "", "", "same-origin"},
		{"/search", "", "", "same-origin"},
	} {
		for range 2 { // made, and from the cache
			response := s.ask(http.MethodGet, test.target, "Accept", test.accept)
			check(test.target, response, http.StatusOK, test.allowed, test.policy)
			if tag := response.Header.Get("Etag"); tag != "" {
				check(test.target+" again", s.ask(http.MethodGet, test.target, "Accept", test.accept, "If-None-Match", tag), http.StatusNotModified, test.allowed, test.policy)
			}
		}
	}
	const moved = "/learn/chemistry/questions/cell"
	check(moved, s.ask(http.MethodGet, moved+".json"), http.StatusMovedPermanently, "*", "cross-origin")
	check("another spelling", s.ask(http.MethodGet, strings.Replace(cell, "biology", "Biology", 1)+".json/"), http.StatusMovedPermanently, "*", "cross-origin")
	const unknown = "/learn/biology/questions/unknown"
	check(unknown, s.ask(http.MethodGet, unknown+".json"), http.StatusNotFound, "*", "same-origin")
}

func TestPageAnnouncesItsForms(t *testing.T) {
	s := newLibrarySite(t)
	const want = `<cell.md>; rel="alternate"; type="text/markdown", ` +
		`<cell.json>; rel="alternate"; type="application/json"`
	if got := s.ask(http.MethodGet, cell).Header.Get("Link"); got != want {
		t.Errorf("Link is %s, want %s", got, want)
	}
	if got := s.ask(http.MethodGet, cell, "Accept", "text/markdown").Header.Get("Link"); got != "<"+baseURL+cell+`>; rel="canonical"` {
		t.Errorf("Link of the Markdown is %s", got)
	}
}

func TestNoIndexIsInTheHeader(t *testing.T) {
	s := newLibrarySite(t)
	if got := s.ask(http.MethodGet, "/learn/biology/questions/hidden").Header.Get("X-Robots-Tag"); got != "noindex" {
		t.Errorf("X-Robots-Tag of a post with no_index is %q", got)
	}
	if got := s.ask(http.MethodGet, cell).Header.Get("X-Robots-Tag"); got != "" {
		t.Errorf("X-Robots-Tag of a listed post is %q", got)
	}
}
