package web_test

import (
	"net/http"
	"testing"

	"quicktakes/assets"
	"quicktakes/content/contenttest"
	"quicktakes/web"
)

// An edit drops from a shared cache only what may show it.
func TestCacheTags(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.CacheTags, c.IndexNowKey = true, "Key-0123" }, contenttest.Post{Path: cell})
	s.load()
	picture, _ := s.picture(cell)
	for target, want := range map[string]string{
		"/":                       "lists",
		"/learn":                  "lists",
		"/feed.xml":               "lists",
		"/llms.txt":               "lists",
		"/sitemap.xml":            "lists",
		"/learn/biology":          "/learn/biology",
		"/learn/biology/anki.txt": "/learn/biology",
		cell:                      cell,
		cell + ".json":            cell,
		picture:                   cell,
		"/robots.txt":             "",
		"/Key-0123.txt":           "",
		"/manifest.webmanifest":   "",
		"/opensearch.xml":         "",
		"/speculation-rules.json": "",
		"/sw.js":                  "",
		assets.ScriptURL("site"):  "",
		"/about":                  "",
		"/privacy":                "",
		"/saved":                  "",
		"/offline":                "",
	} {
		response := s.ask(http.MethodGet, target)
		for _, name := range []string{"Surrogate-Key", "Cache-Tag"} {
			if got := response.Header.Get(name); response.StatusCode != http.StatusOK || got != want {
				t.Errorf("%s: %d, %s %q, want %q", target, response.StatusCode, name, got, want)
			}
		}
	}
}
