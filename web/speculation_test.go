package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

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
