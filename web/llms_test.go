package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestLLMs(t *testing.T) {
	response := newDumpSite(t).ask(http.MethodGet, "/llms.txt")
	text := body(t, response)
	if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != "text/plain; charset=utf-8" {
		t.Errorf("%d, %s", response.StatusCode, got)
	}
	if !strings.HasPrefix(text, "# QuickTakes\n\n> 252 student questions in 3 subjects") ||
		!strings.Contains(text, "\n- [Biology](https://example.org/learn/biology): 1 of 252 questions\n") {
		t.Errorf("llms.txt is %s", text)
	}
}
