package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"quicktakes/web"
)

// The worker changes with every build of the program, and only then: browsers start afresh
// with a new one.
func TestServiceWorkerChangesWithTheProgram(t *testing.T) {
	workers := map[string]bool{}
	for _, build := range []string{"one", "one", "two"} {
		s := newSite(t, func(c *web.Config) { c.Build = build })
		response := s.ask(http.MethodGet, "/sw.js")
		if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || !strings.HasPrefix(got, "text/javascript") {
			t.Fatalf("%d, %s", response.StatusCode, got)
		}
		if got := response.Header.Get("Cache-Control"); got != "no-cache" {
			t.Errorf("Cache-Control is %q: a cached worker cannot be replaced", got)
		}
		workers[body(t, response)] = true
	}
	if len(workers) != 2 {
		t.Errorf("%d workers for two programs", len(workers))
	}
}

// A worker that cannot fetch its shell is never installed.
func TestServiceWorkerFindsItsShell(t *testing.T) {
	s := newLibrarySite(t)
	first, _, _ := strings.Cut(body(t, s.ask(http.MethodGet, "/sw.js")), ";")
	shell := regexp.MustCompile(`"(/[^"]+)"`).FindAllStringSubmatch(first, -1)
	if len(shell) < 4 {
		t.Fatalf("the shell is %v", shell)
	}
	for _, match := range shell {
		if response := s.ask(http.MethodGet, match[1]); response.StatusCode != 200 {
			t.Errorf("%s: %d", match[1], response.StatusCode)
		}
	}
}
