package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

func TestRandom(t *testing.T) {
	s := newSite(t, nil,
		contenttest.Post{Path: "/learn/art/questions/a"},
		contenttest.Post{Path: "/learn/art/questions/b"},
		contenttest.Post{Path: "/learn/art/questions/hidden", Fields: []string{"no_index: true"}},
	)
	s.load()
	drawn := make(map[string]int)
	for range 200 {
		response := s.ask(http.MethodGet, "/random")
		if response.StatusCode != http.StatusFound || response.Header.Get("Cache-Control") != "no-store" || response.Header.Get("X-Robots-Tag") != "noindex" {
			t.Fatalf("%d, %v", response.StatusCode, response.Header)
		}
		drawn[response.Header.Get("Location")]++
	}
	if len(drawn) != 2 || drawn["/learn/art/questions/a"] == 0 || drawn["/learn/art/questions/b"] == 0 {
		t.Errorf("drawn: %v, want both listed questions", drawn)
	}

	unlisted := newSite(t, nil, contenttest.Post{Path: "/learn/art/questions/hidden", Fields: []string{"no_index: true"}})
	unlisted.load()
	if response := unlisted.ask(http.MethodGet, "/random"); response.StatusCode != http.StatusNotFound {
		t.Errorf("%d without a listed question, want 404", response.StatusCode)
	}
}

func TestSpeculationRules(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range []string{"/", "/learn", cell} {
		path := strings.Trim(s.ask(http.MethodGet, target).Header.Get("Speculation-Rules"), `"`)
		response := s.ask(http.MethodGet, path)
		if got := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || got != "application/speculationrules+json" {
			t.Errorf("%s names %q: %d, %s", target, path, response.StatusCode, got)
		}
		if text := body(t, response); !json.Valid([]byte(text)) {
			t.Errorf("no JSON: %s", text)
		}
	}
	if got := s.ask(http.MethodGet, "/robots.txt").Header.Get("Speculation-Rules"); got != "" {
		t.Errorf("/robots.txt names rules: %s", got)
	}
}
