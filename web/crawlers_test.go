package web_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
	"quicktakes/web"
)

// sitemapFile is what the tests read of a sitemap.
type sitemapFile struct {
	XMLName   xml.Name
	Addresses []struct {
		Location string `xml:"loc"`
		Modified string `xml:"lastmod"`
	} `xml:",any"`
}

func (s *site) sitemap(target string) (root string, entries []string) {
	s.t.Helper()
	response := s.ask(http.MethodGet, target)
	if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != "application/xml; charset=utf-8" {
		s.t.Errorf("%s: %d, %s", target, response.StatusCode, got)
	}
	var file sitemapFile
	if err := xml.Unmarshal([]byte(body(s.t, response)), &file); err != nil {
		s.t.Fatalf("%s: %v", target, err)
	}
	if file.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
		s.t.Errorf("%s: namespace %s", target, file.XMLName.Space)
	}
	for _, address := range file.Addresses {
		entries = append(entries, strings.TrimPrefix(address.Location, baseURL)+" "+address.Modified)
	}
	return file.XMLName.Local, entries
}

func (s *site) wantSitemap(target, root string, want ...string) {
	s.t.Helper()
	gotRoot, entries := s.sitemap(target)
	if gotRoot != root {
		s.t.Errorf("%s is a %s, want a %s", target, gotRoot, root)
	}
	if diff := cmp.Diff(want, entries); diff != "" {
		s.t.Errorf("%s (-want +got):\n%s", target, diff)
	}
}

func TestSitemaps(t *testing.T) {
	s := newSite(t, nil,
		contenttest.Post{Path: "/learn/art/questions/a", Date: "2025-01-01"},
		contenttest.Post{Path: "/learn/art/questions/b", Date: "2025-03-01"},
		contenttest.Post{Path: "/learn/art/questions/future", Date: "2099-01-01"},
		contenttest.Post{Path: "/learn/art/questions/hidden", Fields: []string{"no_index: true"}},
		contenttest.Post{Path: "/learn/secret/questions/hidden", Fields: []string{"no_index: true"}},
		contenttest.Post{Path: "/learn/biology/questions/c", Date: "2025-02-01", ID: 1, Title: "Twice?", Answer: "Twice."},
		contenttest.Post{Path: "/learn/zoology/questions/c", Date: "2025-02-01", ID: 2, Title: "Twice?", Answer: "Twice."})
	s.load()
	contenttest.Write(t, s.folder, contenttest.Post{Path: "/learn/art/questions/a", Date: "2025-01-01", Answer: "Another."})
	s.load()
	s.wantSitemap("/sitemap.xml", "sitemapindex", "/sitemaps/pages.xml ", "/sitemaps/art.xml 2026-05-01T12:00:00Z", "/sitemaps/biology.xml 2025-02-01T00:00:00Z")
	s.wantSitemap("/sitemaps/pages.xml", "urlset", "/ ", "/learn ", "/topics ", "/about ", "/privacy ", "/learn/art ", "/learn/art/flashcards ",
		"/learn/biology ", "/learn/biology/flashcards ", "/learn/zoology ", "/learn/zoology/flashcards ")
	s.wantSitemap("/sitemaps/art.xml", "urlset", "/learn/art/questions/b 2025-03-01T00:00:00Z", "/learn/art/questions/a 2026-05-01T12:00:00Z", "/learn/art/questions/future ")
	for _, target := range []string{
		"/sitemaps/astrology.xml", "/sitemaps/secret.xml", "/sitemaps/art", "/sitemaps/art.1.xml", "/sitemaps/art.2.xml", "/sitemaps/art.02.xml", "/sitemaps/art.-1.xml",
		"/sitemaps/pages.2.xml", "/sitemaps/pages.9223372036854775807.xml", "/sitemaps/art.9223372036854775807.xml", "/sitemaps/.xml",
	} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != 404 {
			t.Errorf("%s: %d, want 404", target, response.StatusCode)
		}
	}
}

// What does not fit into one sitemap continues in more, and what changed last is in the last.
func TestSitemapParts(t *testing.T) {
	s := newSite(t, nil,
		contenttest.Post{Path: "/learn/art/questions/a", Date: "2025-01-01"},
		contenttest.Post{Path: "/learn/art/questions/b", Date: "2025-02-01"},
		contenttest.Post{Path: "/learn/art/questions/c", Date: "2025-03-01"},
		contenttest.Post{Path: "/learn/art/questions/d", Date: "2025-03-01"},
		contenttest.Post{Path: "/learn/art/questions/e", Date: "2025-03-01"},
		contenttest.Post{Path: "/learn/art-2/questions/f", Date: "2025-05-01"})
	s.SetSitemapSize(2)
	s.load()
	const day = "T00:00:00Z"
	s.wantSitemap("/sitemap.xml", "sitemapindex", "/sitemaps/pages.xml ", "/sitemaps/pages.2.xml ", "/sitemaps/pages.3.xml ", "/sitemaps/pages.4.xml ", "/sitemaps/pages.5.xml ",
		"/sitemaps/art.xml 2025-02-01"+day, "/sitemaps/art.2.xml 2025-03-01"+day, "/sitemaps/art.3.xml 2025-03-01"+day, "/sitemaps/art-2.xml 2025-05-01"+day)
	s.wantSitemap("/sitemaps/pages.2.xml", "urlset", "/topics ", "/about ")
	s.wantSitemap("/sitemaps/pages.5.xml", "urlset", "/learn/art-2/flashcards ", "/topics/school ")
	s.wantSitemap("/sitemaps/art.xml", "urlset", "/learn/art/questions/a 2025-01-01"+day, "/learn/art/questions/b 2025-02-01"+day)
	s.wantSitemap("/sitemaps/art.2.xml", "urlset", "/learn/art/questions/c 2025-03-01"+day, "/learn/art/questions/d 2025-03-01"+day)
	s.wantSitemap("/sitemaps/art.3.xml", "urlset", "/learn/art/questions/e 2025-03-01"+day)
	s.wantSitemap("/sitemaps/art-2.xml", "urlset", "/learn/art-2/questions/f 2025-05-01"+day)
	contenttest.Write(t, s.folder, contenttest.Post{Path: "/learn/art/questions/a", Date: "2025-01-01", Answer: "Another."})
	s.load()
	s.wantSitemap("/sitemaps/art.3.xml", "urlset", "/learn/art/questions/a 2026-05-01T12:00:00Z")
	s.SetSitemapSize(1)
	s.wantSitemap("/sitemaps/pages.10.xml", "urlset", "/topics/school ")
}

// A subject may have the slug that names the sitemap of pages.
func TestSitemapOfSubjectCalledPages(t *testing.T) {
	s := newSite(t, nil,
		contenttest.Post{Path: "/learn/pages/questions/a", Date: "2025-01-01"},
		contenttest.Post{Path: "/learn/pages/questions/b", Date: "2025-02-01"})
	s.SetSitemapSize(1)
	s.load()
	const first, second = "/sitemaps/pages.subject.xml", "/sitemaps/pages.subject.2.xml"
	_, entries := s.sitemap("/sitemap.xml")
	for _, want := range []string{first + " 2025-01-01T00:00:00Z", second + " 2025-02-01T00:00:00Z", "/sitemaps/pages.xml "} {
		if !slices.Contains(entries, want) {
			t.Errorf("the index lacks %s: %v", want, entries)
		}
	}
	s.wantSitemap(first, "urlset", "/learn/pages/questions/a 2025-01-01T00:00:00Z")
	s.wantSitemap(second, "urlset", "/learn/pages/questions/b 2025-02-01T00:00:00Z")
	s.wantSitemap("/sitemaps/pages.xml", "urlset", "/ ")
	for _, target := range []string{"/sitemaps/pages.subject.3.xml", "/sitemaps/other.subject.xml"} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != 404 {
			t.Errorf("%s: %d, want 404", target, response.StatusCode)
		}
	}
}

func TestRobots(t *testing.T) {
	s := newLibrarySite(t)
	if got, want := body(t, s.ask(http.MethodGet, "/robots.txt")), "User-agent: *\nDisallow: /search\nDisallow: /random\n\nSitemap: https://example.org/sitemap.xml\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestIndexNowKey(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.IndexNowKey = "Key-0123" })
	if got := body(t, s.ask(http.MethodGet, "/Key-0123.txt")); got != "Key-0123" {
		t.Errorf("the key file holds %q", got)
	}
	if response := newLibrarySite(t).ask(http.MethodGet, "/key-0123.txt"); response.StatusCode != 404 {
		t.Errorf("a key file without a key: %d", response.StatusCode)
	}
}

func TestManifest(t *testing.T) {
	s := newLibrarySite(t)
	var manifest struct {
		Name  string `json:"name"`
		Start string `json:"start_url"`
		Icons []struct {
			Source string `json:"src"`
			Type   string `json:"type"`
		} `json:"icons"`
	}
	if err := json.Unmarshal([]byte(body(t, s.ask(http.MethodGet, "/manifest.webmanifest"))), &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Name != "QuickTakes" || manifest.Start != "/" || len(manifest.Icons) < 3 {
		t.Errorf("manifest is %+v", manifest)
	}
	for _, icon := range manifest.Icons {
		if response := s.ask(http.MethodGet, icon.Source); response.StatusCode != 200 || response.Header.Get("Content-Type") != icon.Type {
			t.Errorf("%s: %d, %s", icon.Source, response.StatusCode, response.Header.Get("Content-Type"))
		}
	}
}
