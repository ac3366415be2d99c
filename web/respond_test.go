package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"quicktakes/assets"
	"quicktakes/content/contenttest"
	"quicktakes/web"
)

func TestCompression(t *testing.T) {
	s := newLibrarySite(t)
	decoders := map[string]func(io.Reader) (io.Reader, error){
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		"zstd": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	}
	plain := s.ask(http.MethodGet, cell)
	want := body(t, plain)
	etags := map[string]string{plain.Header.Get("ETag"): "identity"}
	for _, test := range []struct{ accept, coding string }{
		{"gzip", "gzip"}, {"br", "br"}, {"zstd", "zstd"}, {"gzip, deflate, br, zstd", "br"}, {"*", "br"}, {"GZIP", "gzip"},
		{"gzip;q=1.0, br;q=0.5", "gzip"}, {"br;q=0, gzip", "gzip"}, {"identity", ""}, {"", ""}, {"gzip;q=0, br;q=0, zstd;q=0", ""},
		{"gzip;Q=0", ""}, {"gzip; Q=0.5, br;q=0.1", "gzip"},
		{"identity, gzip;q=0.1", ""}, {"identity;q=0.5, gzip", "gzip"}, {"identity, gzip", "gzip"}, {"gzip, identity;q=0", "gzip"}, {"*, gzip;q=0.1, br;q=0.1, zstd;q=0.1", ""},
		{"*;q=0", ""}, {"deflate", ""}, {"gzip;q=nonsense", ""},
	} {
		response := s.ask(http.MethodGet, cell, "Accept-Encoding", test.accept)
		if got := response.Header.Get("Content-Encoding"); got != test.coding {
			t.Errorf("Accept-Encoding %q: %q, want %q", test.accept, got, test.coding)
			continue
		}
		if !strings.Contains(response.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("Accept-Encoding %q: Vary %q", test.accept, response.Header.Get("Vary"))
		}
		etag := response.Header.Get("ETag")
		if other, ok := etags[etag]; ok && other != test.coding && other != "identity" {
			t.Errorf("%s has the ETag of %s", test.coding, other)
		}
		if test.coding == "" {
			continue
		}
		etags[etag] = test.coding
		decoder, err := decoders[test.coding](response.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(decoder); err != nil || string(got) != want {
			t.Errorf("Accept-Encoding %q: another body, %v", test.accept, err)
		}
	}
	for _, target := range []string{"/search?q=cell", "/nowhere"} { // which are made for one request
		response := s.ask(http.MethodGet, target, "Accept-Encoding", "gzip")
		if response.Header.Get("Content-Encoding") != "gzip" || response.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", target, response.Header)
		}
	}
	for _, target := range []string{"/", "/learn", "/learn/biology", "/learn/biology/flashcards"} {
		if first := s.ask(http.MethodGet, target, "Accept-Encoding", "gzip, br").Header.Get("Content-Encoding"); first != "br" {
			t.Errorf("%s is first sent with the coding %q", target, first)
		}
	}
	if small := s.ask(http.MethodGet, "/robots.txt", "Accept-Encoding", "gzip").Header.Get("Content-Encoding"); small != "" {
		t.Errorf("a body that fits one packet is compressed: %s", small)
	}
}

func TestConditionalRequests(t *testing.T) {
	s := newLibrarySite(t)
	picture, _ := s.picture(cell)
	for _, target := range []string{"/", "/learn/biology", cell, cell + ".md", cell + ".json", "/learn/biology/questions/hidden", picture, "/sitemap.xml"} {
		first := s.ask(http.MethodGet, target, "Accept-Encoding", "br")
		etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		// The library was loaded twice, and no two states share a second.
		if !strings.HasPrefix(etag, `"`) || modified != "Fri, 01 May 2026 12:00:01 GMT" {
			t.Errorf("%s: ETag %s, Last-Modified %s", target, etag, modified)
		}
		for _, test := range []struct {
			name   string
			header []string
			status int
		}{
			{"the ETag", []string{"If-None-Match", etag}, 304},
			{"one of several", []string{"If-None-Match", `"x", W/` + etag}, 304},
			{"anything", []string{"If-None-Match", "*"}, 304},
			{"another", []string{"If-None-Match", `"x"`}, 200},
			{"the date", []string{"If-Modified-Since", modified}, 304},
			{"an earlier date", []string{"If-Modified-Since", "Fri, 01 May 2026 11:59:59 GMT"}, 200},
			{"no date", []string{"If-Modified-Since", "yesterday"}, 200},
			{"another ETag with the date", []string{"If-None-Match", `"x"`, "If-Modified-Since", modified}, 200},
		} {
			response := s.ask(http.MethodGet, target, append(test.header, "Accept-Encoding", "br")...)
			if response.StatusCode != test.status {
				t.Errorf("%s with %s: %d, want %d", target, test.name, response.StatusCode, test.status)
			}
			if test.status != 304 {
				continue
			}
			if text := body(t, response); text != "" {
				t.Errorf("%s with %s: a 304 with a body", target, test.name)
			}
			// It renews the headers that the client has cached.
			for _, name := range []string{
				"ETag", "Cache-Control", "Vary", "Last-Modified", "Cross-Origin-Resource-Policy", "X-Robots-Tag", "Content-Security-Policy",
			} {
				if response.Header.Get(name) != first.Header.Get(name) {
					t.Errorf("%s with %s: %s %q, want %q", target, test.name, name, response.Header.Get(name), first.Header.Get(name))
				}
			}
		}
		compressed := first.Header.Get("Content-Encoding") != ""
		if response := s.ask(http.MethodGet, target, "If-None-Match", etag); compressed && response.StatusCode != 200 {
			t.Errorf("%s: the ETag of br stands for the plain page", target)
		}
	}
}

// A client may keep the coding that it has, even if it would be sent another now.
func TestConditionalRequestsInAnyCoding(t *testing.T) {
	s := newLibrarySite(t)
	for _, coding := range []string{"gzip", "br", "zstd"} {
		etag := s.ask(http.MethodGet, cell, "Accept-Encoding", coding).Header.Get("ETag")
		response := s.ask(http.MethodGet, cell, "Accept-Encoding", "gzip, br, zstd", "If-None-Match", etag)
		if response.StatusCode != 304 || response.Header.Get("ETag") != etag {
			t.Errorf("%s: %d, ETag %s, want 304, %s", coding, response.StatusCode, response.Header.Get("ETag"), etag)
		}
	}
}

// A server that was started later may have other settings: to a client that knows
// only the date, its pages are newer.
func TestConditionalRequestsAfterARestart(t *testing.T) {
	s := newLibrarySite(t)
	modified := s.ask(http.MethodGet, cell).Header.Get("Last-Modified")
	config := s.Config
	config.Site.Name = "Other"
	config.Started = loadTime.Add(time.Hour)
	later := &site{Server: web.NewServer(config), t: t}
	if response := later.ask(http.MethodGet, cell, "If-Modified-Since", modified); response.StatusCode != 200 {
		t.Errorf("%d, want 200", response.StatusCode)
	}
	modified = later.ask(http.MethodGet, cell).Header.Get("Last-Modified")
	if response := later.ask(http.MethodGet, cell, "If-Modified-Since", modified); response.StatusCode != 304 {
		t.Errorf("%d with the date of the later server, want 304", response.StatusCode)
	}
}

func TestPagesChangeWithThePost(t *testing.T) {
	s := newLibrarySite(t)
	etag := func(target string) string { return s.ask(http.MethodGet, target).Header.Get("ETag") }
	cellBefore, forceBefore := etag(cell), etag(force)
	contenttest.Write(t, s.folder, contenttest.Post{Path: force, ID: 2, Title: "What is a force, really?"})
	s.load()
	if etag(force) == forceBefore {
		t.Error("the page of a changed post has its old ETag")
	}
	if etag(cell) == cellBefore {
		t.Error("a page that names the changed post has its old ETag")
	}
}

func TestCacheControl(t *testing.T) {
	s := newLibrarySite(t)
	for target, want := range map[string]string{
		"/":        "public, max-age=300, stale-while-revalidate=86400",
		cell:       "public, max-age=300, stale-while-revalidate=86400",
		"/nowhere": "public, max-age=60",
		"/search":  "private, max-age=60",
		"/gone":    "public, max-age=60",
		"/learn/":  "public, max-age=3600",
		"/healthz": "no-store",

		"/search/suggest?q=ce":   "public, max-age=300",
		assets.ScriptURL("site"): "public, max-age=31536000, immutable",
	} {
		if got := s.ask(http.MethodGet, target).Header.Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control %s, want %s", target, got, want)
		}
	}
	page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, cell).Body)
	if err != nil {
		t.Fatal(err)
	}
	picture := strings.TrimPrefix(page.Find("meta[property='og:image']").AttrOr("content", ""), baseURL)
	response := s.ask(http.MethodGet, picture)
	if got := response.Header.Get("Cache-Control"); response.StatusCode != 200 || !strings.Contains(got, "immutable") {
		t.Errorf("%s: %d, Cache-Control %s", picture, response.StatusCode, got)
	}
	if got := response.Header.Get("Cross-Origin-Resource-Policy"); got != "cross-origin" {
		t.Errorf("share pictures may not be shown by other sites: %s", got)
	}
	for _, picture := range []string{"/icon-512.png", "/favicon.ico", assets.URL("img/share.png")} { // feeds and structured data name them
		if got := s.ask(http.MethodGet, picture).Header.Get("Cross-Origin-Resource-Policy"); got != "cross-origin" {
			t.Errorf("%s may not be shown by other sites: %s", picture, got)
		}
	}
}
