package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
	if !strings.Contains(html, "<math") || !strings.Contains(text, "x ≠ 0") {
		t.Errorf("answer is %v", answer)
	}
	delete(got, "answer")
	want := map[string]any{
		"url": baseURL + cell, "canonical": baseURL + cell, "id": 7.0, "subject": "Biology", "title": "What is a `cell`?",
		"article_title": "What is a `cell`?", "question": "What is a `cell`?", "summary": got["summary"], "author": "QuickTakes",
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

func TestNoIndexIsInTheHeader(t *testing.T) {
	s := newLibrarySite(t)
	if got := s.ask(http.MethodGet, "/learn/biology/questions/hidden").Header.Get("X-Robots-Tag"); got != "noindex" {
		t.Errorf("X-Robots-Tag of a post with no_index is %q", got)
	}
	if got := s.ask(http.MethodGet, cell).Header.Get("X-Robots-Tag"); got != "" {
		t.Errorf("X-Robots-Tag of a listed post is %q", got)
	}
}
