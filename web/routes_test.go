package web_test

import (
	"net/http"
	"testing"

	"quicktakes/assets"
	"quicktakes/web"
)

// Each route answers, with the status and the type that its address promises.
func TestEveryRoute(t *testing.T) {
	s := newLibrarySite(t)
	picture, _ := s.picture(cell)
	const (
		page   = "text/html; charset=utf-8"
		text   = "text/plain; charset=utf-8"
		script = "text/javascript; charset=utf-8"
		atom   = "application/atom+xml; charset=utf-8"
		xml    = "application/xml; charset=utf-8"
		png    = "image/png"
	)
	type example struct {
		address     string
		status      int
		contentType string
	}
	examples := map[string]example{ // by route
		"/":                                   {"/", 200, page},
		"/learn":                              {"/learn", 200, page},
		"/learn/:subject":                     {"/learn/biology", 200, page},
		"/learn/:subject/flashcards":          {"/learn/biology/flashcards", 200, page},
		"/learn/:subject/feed.xml":            {"/learn/biology/feed.xml", 200, atom},
		"/learn/:subject/anki.txt":            {"/learn/biology/anki.txt", 200, text},
		"/learn/:subject/questions/:question": {cell, 200, page},
		"/random":                             {"/random", 302, ""},
		"/og/:subject/:file":                  {picture, 200, png},
		"/search":                             {"/search?q=cell", 200, page},
		"/search/suggest":                     {"/search/suggest?q=cel", 200, "application/x-suggestions+json; charset=utf-8"},
		"/opensearch.xml":                     {"/opensearch.xml", 200, "application/opensearchdescription+xml; charset=utf-8"},
		"/topics":                             {"/topics", 200, page},
		"/topics/:topic":                      {"/topics/school", 200, page},
		"/feed.xml":                           {"/feed.xml", 200, atom},
		"/feed.json":                          {"/feed.json", 200, "application/feed+json; charset=utf-8"},
		"/llms.txt":                           {"/llms.txt", 200, text},
		"/about":                              {"/about", 200, page},
		"/privacy":                            {"/privacy", 200, page},
		"/saved":                              {"/saved", 200, page},
		"/offline":                            {"/offline", 200, page},
		"/sw.js":                              {"/sw.js", 200, script},
		"/sitemap.xml":                        {"/sitemap.xml", 200, xml},
		"/sitemaps/:file":                     {"/sitemaps/biology.xml", 200, xml},
		"/robots.txt":                         {"/robots.txt", 200, text},
		"/manifest.webmanifest":               {"/manifest.webmanifest", 200, "application/manifest+json"},
		"/Key-0123.txt":                       {"/Key-0123.txt", 200, text},
		"/speculation-rules.json":             {"/speculation-rules.json", 200, "application/speculationrules+json"},
		"/healthz":                            {"/healthz", 200, "text/plain; charset=UTF-8"},
		"/readyz":                             {"/readyz", 200, "text/plain; charset=UTF-8"},
		assets.ScriptURL("site"):              {assets.ScriptURL("site"), 200, script},
		assets.ScriptURL("study"):             {assets.ScriptURL("study"), 200, script},
		assets.ScriptURL("offline"):           {assets.ScriptURL("offline"), 200, script},
		"/assets/*":                           {assets.URL("fonts/stix-two-math.woff2"), 200, "font/woff2"},
		"/favicon.ico":                        {"/favicon.ico", 200, "image/x-icon"},
		"/icon.svg":                           {"/icon.svg", 200, "image/svg+xml; charset=utf-8"},
		"/icon-192.png":                       {"/icon-192.png", 200, png},
		"/icon-512.png":                       {"/icon-512.png", 200, png},
		"/icon-maskable-512.png":              {"/icon-maskable-512.png", 200, png},
		"/apple-touch-icon.png":               {"/apple-touch-icon.png", 200, png},
		"/*":                                  {"/nowhere", 404, page},
	}
	config := s.Config
	config.IndexNowKey = "Key-0123"
	s.Server = web.NewServer(config)
	for _, route := range s.Routes() {
		example, ok := examples[route]
		if !ok {
			t.Errorf("%s has no example", route)
			continue
		}
		delete(examples, route)
		if got := s.RouteOf(example.address); got != route {
			t.Errorf("%s is an address of the route %s, not of %s", example.address, got, route)
		}
		response := s.ask(http.MethodGet, example.address)
		if got := response.Header.Get("Content-Type"); response.StatusCode != example.status || got != example.contentType {
			t.Errorf("%s: %d, %s, want %d, %s", example.address, response.StatusCode, got, example.status, example.contentType)
		}
	}
	for route := range examples {
		t.Errorf("there is no route %s", route)
	}
}
