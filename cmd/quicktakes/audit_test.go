package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// badPage is a page of a site with planted mistakes. Empty fields stand for
// what is correct.
type badPage struct {
	path      string
	status    int
	header    [2]string
	title     string // the title element
	meta      string // the description
	canonical string
	data      string // the JSON-LD
	body      string
}

// serveBadSite serves pages with a sitemap that lists them and the other addresses given.
func serveBadSite(t *testing.T, pages []badPage, listed ...string) string {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	fill := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	for _, p := range pages {
		listed = append(listed, server.URL+p.path)
		name := strings.Trim(p.path, "/")
		fill(&p.title, "<title>Page "+name+"</title>")
		fill(&p.meta, `<meta name="description" content="What is on `+name+`">`)
		fill(&p.canonical, `<link rel="canonical" href="`+server.URL+p.path+`">`)
		fill(&p.data, `<script type="application/ld+json">{"@context": "https://schema.org", "@type": "WebSite", "name": "Bad", "url": "/"}</script>`)
		fill(&p.body, "<h1>"+name+"</h1>")
		mux.HandleFunc(p.path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if p.header[0] != "" {
				w.Header().Set(p.header[0], p.header[1])
			}
			if p.status != 0 {
				w.WriteHeader(p.status)
			}
			fmt.Fprintf(w, "<!doctype html><html lang=en><head>%s%s%s%s</head><body>%s</body></html>", p.title, p.meta, p.canonical, p.data, p.body)
		})
	}
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/good", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/sitemap.xml", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "<sitemapindex><sitemap><loc>%s/s.xml</loc></sitemap></sitemapindex>", server.URL)
	})
	mux.HandleFunc("/s.xml", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "<urlset><url><loc>%s</loc></url></urlset>", strings.Join(listed, "</loc></url><url><loc>"))
	})
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "User-agent: *\nDisallow: /private\n\nSitemap: %s/sitemap.xml\n", server.URL)
	})
	return server.URL
}

var auditTime = regexp.MustCompile(` \(\d+\.\ds\)`)

// findings returns the lines that an audit wrote, sorted, without the site.
func findings(out, site string) []string {
	lines := strings.Split(strings.TrimSpace(auditTime.ReplaceAllString(out, "")), "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], site, "")
	}
	slices.Sort(lines)
	return lines
}

func TestAuditFindsWhatCostsARanking(t *testing.T) {
	site := serveBadSite(t, []badPage{
		{path: "/good", body: `<h1>Good</h1><a href="/good#there">here</a> <a href="https://other.example/">elsewhere</a>`},
		{path: "/no-title", title: " "},
		{path: "/two-titles", title: "<title>One</title><title>Two</title>"},
		{path: "/no-description", meta: " "},
		{path: "/canonical-elsewhere", canonical: `<link rel="canonical" href="https://other.example/">`},
		{path: "/no-canonical", canonical: " "},
		{path: "/two-h1", body: "<h1>One</h1><h1>Two</h1>"},
		{path: "/bad-data", data: `<script type="application/ld+json">{</script>`},
		{path: "/no-data", data: " "},
		{path: "/lacking", data: `<script type="application/ld+json">{"@graph": [{"@type": ["Article", "LearningResource"], "headline": "A", "image": {"url": "x"}, "datePublished": "2025-01-31", "dateModified": "", "author": []}]}</script>`},
		{path: "/author", data: `<script type="application/ld+json">{"author": {"@type": "Organization", "name": "A. Author"}}</script>`},
		{path: "/author-lacking", data: `<script type="application/ld+json">{"author": [{"@type": "Organization"}], "publisher": {"@type": "Organization", "name": "A publisher"}}</script>`},
		{path: "/noindex", header: [2]string{"X-Robots-Tag", "noindex"}},
		{path: "/noindex-too", meta: `<meta name="description" content="x"><meta name="robots" content="NOINDEX, follow">`},
		{path: "/gone", status: 410},
		{path: "/broken", status: 500},
		{path: "/text", header: [2]string{"Content-Type", "text/plain"}},
		{path: "/large", body: "<h1>Large</h1>" + strings.Repeat("word ", 200_000)},
		{path: "/dead-links", body: `<h1>Dead</h1><a href="nowhere">1</a><a href="/nowhere#x">2</a><a href="/old">3</a><a href="/private/dead">4</a>`},
		{path: "/private/page"},
	}, "https://other.example/page")
	code, out, log := runCommand(t, "audit", site)
	want := []string{
		"/author-lacking: error: structured data: Organization lacks name",
		"/author-lacking: error: structured data: Organization lacks url",
		"/bad-data: error: has structured data that is not JSON: unexpected end of JSON input",
		"/broken: error: is in the sitemap and answers 500",
		"/canonical-elsewhere: error: is in the sitemap and has the canonical link https://other.example/",
		"/dead-links: error: links to /nowhere, which answers 404",
		"/dead-links: warning: links to /old, which redirects to /good",
		"/gone: error: is in the sitemap and answers 410",
		"/lacking: error: structured data: Article lacks author",
		"/lacking: error: structured data: Article lacks dateModified",
		"/large: warning: has 976 KB",
		"/no-canonical: error: has 0 canonical links",
		"/no-data: warning: has no structured data",
		"/no-description: warning: has 0 descriptions",
		"/no-title: error: has 0 titles",
		"/noindex-too: error: is in the sitemap and says noindex",
		"/noindex: error: is in the sitemap and says noindex",
		"/private/page: error: is in the sitemap and disallowed by /robots.txt",
		"/s.xml: error: lists https://other.example/page, which is not on ",
		"/text: error: is \"text/plain\", not text/html",
		"/two-h1: error: has 2 h1",
		"/two-titles: error: has 2 titles",
		"20 pages: 18 errors, 4 warnings",
	}
	if diff := cmp.Diff(want, findings(out, site)); code != 1 || diff != "" {
		t.Errorf("exit %d, %s (-want +got):\n%s", code, log, diff)
	}
}

func TestAuditFindsWhatIsDoubled(t *testing.T) {
	const title, meta = "<title>Same</title>", `<meta name="description" content="Same">`
	site := serveBadSite(t, []badPage{
		{path: "/a", body: `<h1>A</h1><a href="/dead">dead</a>`},
		{path: "/b", title: title, meta: meta, body: `<h1>B</h1><a href="/dead">dead</a>`},
		{path: "/c", title: title, meta: meta},
	})
	code, out, _ := runCommand(t, "audit", site)
	for _, want := range []string{"error: has the title of /", "warning: has the description of /", "error: links to /dead (also on 1 other page), which answers 404", "3 pages: 2 errors, 1 warning "} {
		if code != 1 || !strings.Contains(out, want) {
			t.Errorf("exit %d, %q lacks %q", code, out, want)
		}
	}
}

// The audit finds nothing wrong with the built-in library.
func TestAuditOfTheBuiltInLibrary(t *testing.T) {
	r := serve(t, "--db", filepath.Join(t.TempDir(), "library.db"), "--base-url", "https://example.org")
	r.waitFor(" added")
	code, out, log := runCommand(t, "audit", r.base, "--base-url", "https://example.org")
	if code != 0 || !strings.Contains(out, ": 0 errors, 0 warnings") {
		t.Errorf("exit %d: %s%s", code, out, log)
	}
	if code, out, log := runCommand(t, "audit", r.base); code != 1 || !strings.Contains(log, "--base-url") {
		t.Errorf("without the origin: exit %d, %s, %s", code, out, log)
	}
	r.end()
}

func TestAuditWithoutASite(t *testing.T) {
	if code, _, log := runCommand(t, "audit", "http://127.0.0.1:1"); code != 1 || !strings.Contains(log, "127.0.0.1:1") {
		t.Errorf("nobody there: exit %d, %s", code, log)
	}
	if code, _, log := runCommand(t, "audit", "example.org"); code != 2 || !strings.Contains(log, "example.org") {
		t.Errorf("no address: exit %d, %s", code, log)
	}
}
