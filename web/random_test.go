package web_test

import (
	"net/http"
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
