package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"quicktakes/content"
	"quicktakes/content/contenttest"
	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web"
)

// The time at which the tests' libraries are loaded.
var loadTime = time.Date(2026, time.May, 1, 12, 0, 0, 0, time.UTC)

const baseURL = "https://example.org"

// site is a server on a library of its own.
type site struct {
	*web.Server
	t      *testing.T
	folder string
	file   string // of the database
	log    *bytes.Buffer
}

// newSite returns a site whose library is not loaded yet.
func newSite(t *testing.T, change func(*web.Config), posts ...contenttest.Post) *site {
	t.Helper()
	file := filepath.Join(t.TempDir(), "library.db")
	store, err := db.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	var log bytes.Buffer
	config := web.Config{
		Store:               store,
		Site:                views.Site{Name: "QuickTakes", BaseURL: baseURL},
		CanonicalDuplicates: true,
		Log:                 slog.New(slog.NewTextHandler(&log, nil)),
		CacheSize:           4 << 20,
	}
	if change != nil {
		change(&config)
	}
	return &site{Server: web.NewServer(config), t: t, folder: contenttest.Folder(t, posts...), file: file, log: &log}
}

func (s *site) load() {
	s.t.Helper()
	_, err := s.Store.Load(s.t.Context(), os.DirFS(s.folder), db.LoadOptions{Now: func() time.Time { return loadTime }})
	if err != nil {
		s.t.Fatal(err)
	}
}

// ask sends a request whose header fields are given as name, value, name, value.
func (s *site) ask(method, target string, header ...string) *http.Response {
	s.t.Helper()
	request := httptest.NewRequestWithContext(s.t.Context(), method, "/", nil)
	path, query, _ := strings.Cut(target, "?")
	request.URL.Path, request.URL.RawQuery = path, query
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Add(header[i], header[i+1])
	}
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// newLibrarySite returns a site on a small library with every kind of post.
func newLibrarySite(t *testing.T) *site {
	posts := []contenttest.Post{
		{Path: "/learn/biology/questions/cell", ID: 7, Date: "2025-03-01", Title: "What is a `cell`?", Answer: `A cell is small: $x \neq 0$.\n\n### More\n\nIt *lives*.`, Fields: []string{
			"aliases: [/old-cell]", contenttest.Related(1, "/learn/physics/questions/force"), contenttest.Related(2, "/learn/physics/questions/lost"),
		}},
		{Path: "/learn/biology/questions/hidden", Fields: []string{"no_index: true"}},
		{Path: "/learn/physics/questions/force", ID: 2, Title: "What is a force?", Answer: "Push."},
		{Path: "/learn/science/questions/force", ID: 1, Title: "What is a force?", Answer: "Push."},
		{Path: "/learn/physics/questions/removed"},
	}
	for i := range 205 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%03d", i), ID: 1000 + i, Date: "2025-02-01"})
	}
	s := newSite(t, nil, posts...)
	contenttest.WriteFile(t, s.folder, content.RedirectsFile, "/moved /learn/physics 308\n/gone 410\n/past/* /learn/:splat\n")
	s.load()
	if err := os.Remove(filepath.Join(s.folder, "learn/physics/removed.md")); err != nil {
		t.Fatal(err)
	}
	s.load()
	return s
}

const (
	cell  = "/learn/biology/questions/cell"
	force = "/learn/physics/questions/force"
)

func TestPages(t *testing.T) {
	s := newLibrarySite(t)
	for _, test := range []struct {
		target   string
		status   int
		selector map[string]string // to the text of the first that matches
	}{
		{"/", 200, map[string]string{"title": "QuickTakes: good questions, clear answers", "main a[href='" + cell + "']": "What is a cell?"}},
		{"/learn", 200, map[string]string{"h1": "All subjects", "main a[href='/learn/biology']": "Biology"}},
		{"/learn/biology", 200, map[string]string{"h1": "Biology questions", "main a[href='/learn/biology?page=3']": "3"}},
		{"/learn/biology?page=3", 200, map[string]string{"h1": "Biology questions", "main a[href='/learn/biology/questions/q000']": "What is q000?"}},
		{cell, 200, map[string]string{"h1": "What is a cell?", "h1 code": "cell", ".answer em": "lives", "#related a": "What is a force?", "time": "Mar 01, 2025"}},
		{"/learn/biology/questions/hidden", 200, map[string]string{"h1": "What is hidden?"}},
		{"/learn/biology/questions/nothing", 404, map[string]string{"main a[href='/learn']": ""}},
		{"/learn/biology/questions/q00", 404, map[string]string{"main a[href='/learn/biology/questions/q000']": "What is q000?"}},
		{"/learn/astrology", 404, nil},
		{"/learn/biology?page=4", 404, nil},
		{"/learn/biology?page=0", 404, nil},
		{"/learn/biology?page=-1", 404, nil},
		{"/learn/biology?page=02", 404, nil},
		{"/learn/biology?page=two", 404, nil},
		{"/learn/biology?page=", 404, nil},
		{"/learn/biology?page=2&page=3", 404, nil},
		{"/learn/biology?page=99999999999999999999", 404, nil},
		{"/nowhere", 404, nil},
		{"/learn/biology/questions", 404, nil},
		{"/learn/biology/questions/cell/more", 404, nil},
		{"/search", 404, nil},
		{"/.git/config", 404, nil},
		{"/learn/\xff\xfe", 404, nil},
		{"/\x00", 404, nil},
		{"/learn/biology/questions/" + strings.Repeat("a", 9000), 404, nil},
		{"/gone", 410, map[string]string{"main a[href='/learn']": ""}},
		{"/learn/physics/questions/removed", 410, nil},
	} {
		t.Run(test.target[:min(len(test.target), 60)], func(t *testing.T) {
			response := s.ask(http.MethodGet, test.target)
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			if got := response.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
				t.Errorf("Content-Type %s", got)
			}
			page, err := goquery.NewDocumentFromReader(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if n := page.Find("h1").Length(); n != 1 {
				t.Errorf("%d h1", n)
			}
			for selector, want := range test.selector {
				found := page.Find(selector)
				if got := strings.TrimSpace(found.First().Text()); found.Length() == 0 || want != "" && got != want {
					t.Errorf("%s is %q (%d found), want %q", selector, got, found.Length(), want)
				}
			}
			if noindex := strings.Contains(page.Find("meta[name=robots]").AttrOr("content", ""), "noindex"); noindex != (test.status != 200 || strings.Contains(test.target, "hidden")) {
				t.Errorf("noindex is %t", noindex)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	s := newLibrarySite(t)
	for _, test := range []struct {
		target   string
		status   int
		location string
	}{
		{"/Learn/Biology", 301, "/learn/biology"},
		{"/learn/", 301, "/learn"},
		{"//", 301, "/"},
		{"/index.html", 301, "/"},
		{"//learn//biology/", 301, "/learn/biology"},
		{"/learn/biology?page=1", 301, "/learn/biology"},
		{"/learn/biology?page=1&x=2", 301, "/learn/biology?x=2"},
		{"/learn/biology/?page=1", 301, "/learn/biology"},
		{"/learn/biology/?page=2", 301, "/learn/biology?page=2"},
		{cell + "/", 301, cell},
		{cell + ".html", 301, cell},
		{cell + ".html?utm_source=x", 301, cell + "?utm_source=x"},
		{"/learn/physics/questions/undefined" + cell, 301, cell},
		{strings.ToUpper(cell), 301, cell},
		{"/old-cell", 301, cell},
		{"/Old-Cell/", 301, cell},
		{"/learn/art/questions/cell", 301, cell},
		{"/Learn/Art/questions/cell.html", 301, cell},
		{"/moved", 308, "/learn/physics"},
		{"/Moved/", 308, "/learn/physics"},
		{"/past/biology", 301, "/learn/biology"},
		{"//evil.example/", 301, "/evil.example"},
		{"/past//evil.example", 301, "/learn/evil.example"},
	} {
		response := s.ask(http.MethodGet, test.target)
		if got := response.Header.Get("Location"); response.StatusCode != test.status || got != test.location {
			t.Errorf("%s: %d to %s, want %d to %s", test.target, response.StatusCode, got, test.status, test.location)
		}
	}
	for _, target := range []string{"/Gone/", "/LEARN/physics/questions/removed"} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != http.StatusGone {
			t.Errorf("%s: %d, want 410 at once", target, response.StatusCode)
		}
	}
	if response := s.ask(http.MethodGet, "/Learn/biology/questions/nothing/"); response.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown question: %d, want 404 at once", response.StatusCode)
	}
}

func TestMethods(t *testing.T) {
	s := newLibrarySite(t)
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodTrace} {
		for _, target := range []string{"/", cell, "/nowhere", "/Learn/", "/assets/x"} {
			response := s.ask(method, target)
			if allow := response.Header.Get("Allow"); response.StatusCode != http.StatusMethodNotAllowed || allow != "GET, HEAD" {
				t.Errorf("%s %s: %d, Allow %q, want 405 and GET, HEAD", method, target, response.StatusCode, allow)
			}
		}
	}
}

// addresses are one of each kind that the site answers with 200.
var addresses = []string{
	"/", "/learn", "/learn/biology", "/learn/biology?page=2", cell, cell + ".md", cell + ".json", "/sitemap.xml", "/sitemaps/pages.xml",
	"/sitemaps/biology.xml", "/robots.txt", "/manifest.webmanifest", "/healthz", "/readyz", "/favicon.ico", "/icon.svg",
	"/icon-192.png", "/icon-512.png", "/icon-maskable-512.png", "/apple-touch-icon.png",
}

func TestHeadAnswersLikeGet(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range append([]string{"/nowhere", "/gone", "/learn/"}, addresses...) {
		get := s.ask(http.MethodGet, target, "Accept-Encoding", "br")
		head := s.ask(http.MethodHead, target, "Accept-Encoding", "br")
		if get.StatusCode != head.StatusCode {
			t.Errorf("%s: HEAD %d, GET %d", target, head.StatusCode, get.StatusCode)
		}
		if diff := cmp.Diff(get.Header, head.Header); diff != "" {
			t.Errorf("%s: headers (-GET +HEAD):\n%s", target, diff)
		}
		if text := body(t, head); text != "" && target != "/healthz" && target != "/readyz" {
			t.Errorf("%s: HEAD has a body", target)
		}
	}
}

func TestEveryAnswerIsSecured(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range append([]string{"/nowhere", "/gone", "/learn/", "/\x00", "/assets/none.png"}, addresses...) {
		header := s.ask(http.MethodGet, target).Header
		for name, want := range map[string]string{
			"Content-Security-Policy":    "default-src 'none'",
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "strict-origin-when-cross-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Permissions-Policy":         "camera=()",
			"Strict-Transport-Security":  "max-age=31536000",
		} {
			if got := header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q, want %s", target, name, got, want)
			}
		}
		if policy := header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") {
			t.Errorf("%s: %s", target, policy)
		}
		if header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", target)
		}
	}
	plain := newSite(t, func(c *web.Config) { c.Site.BaseURL = "http://localhost:8080" })
	if got := plain.ask(http.MethodGet, "/robots.txt").Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("a site without https says Strict-Transport-Security: %s", got)
	}
}

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
		{"*;q=0", ""}, {"deflate", ""}, {"gzip;q=nonsense", ""},
	} {
		response := s.ask(http.MethodGet, cell, "Accept-Encoding", test.accept)
		if got := response.Header.Get("Content-Encoding"); got != test.coding {
			t.Errorf("Accept-Encoding %q: %q, want %q", test.accept, got, test.coding)
			continue
		}
		if response.Header.Get("Vary") != "Accept-Encoding" {
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
	if small := s.ask(http.MethodGet, "/robots.txt", "Accept-Encoding", "gzip").Header.Get("Content-Encoding"); small != "" {
		t.Errorf("a body that fits one packet is compressed: %s", small)
	}
}

func TestConditionalRequests(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range []string{"/", "/learn/biology", cell, cell + ".json", "/sitemap.xml"} {
		first := s.ask(http.MethodGet, target, "Accept-Encoding", "br")
		etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if !strings.HasPrefix(etag, `"`) || modified != "Fri, 01 May 2026 12:00:00 GMT" {
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
			for _, name := range []string{"ETag", "Cache-Control", "Vary", "Last-Modified"} {
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
		"/gone":    "public, max-age=60",
		"/learn/":  "public, max-age=3600",
		"/healthz": "no-store",
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
}

func TestNotReady(t *testing.T) {
	s := newSite(t, nil, contenttest.Post{Path: cell})
	for target, want := range map[string]int{"/": 503, cell: 503, "/learn": 503, "/Learn/": 301, "/readyz": 503, "/healthz": 200, "/favicon.ico": 200} {
		response := s.ask(http.MethodGet, target)
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", target, response.StatusCode, want)
		}
		if want == 503 && (response.Header.Get("Retry-After") == "" || response.Header.Get("Cache-Control") != "no-store") {
			t.Errorf("%s: Retry-After %q, Cache-Control %q", target, response.Header.Get("Retry-After"), response.Header.Get("Cache-Control"))
		}
	}
	s.load()
	if response := s.ask(http.MethodGet, "/readyz"); response.StatusCode != 200 {
		t.Errorf("/readyz: %d after a load", response.StatusCode)
	}
}

// What went wrong inside is logged, and never shown.
func TestFailureIsAPage(t *testing.T) {
	s := newLibrarySite(t)
	failing := errors.New("disk on fire")
	s.Handle("/fails", func() error { return failing })
	s.Handle("/panics", func() error { panic("cannot happen") })
	for target, cause := range map[string]string{"/fails": "disk on fire", "/panics": "cannot happen"} {
		response := s.ask(http.MethodGet, target)
		text := body(t, response)
		if response.StatusCode != http.StatusInternalServerError || !strings.Contains(text, "<h1") || strings.Contains(text, cause) {
			t.Errorf("%s: %d: %s", target, response.StatusCode, text)
		}
		if response.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control %s", target, response.Header.Get("Cache-Control"))
		}
		if !strings.Contains(s.log.String(), cause) {
			t.Errorf("%s: the log lacks %q: %s", target, cause, s.log)
		}
	}
}

func TestCanonicalDuplicates(t *testing.T) {
	for _, test := range []struct {
		canonical bool
		want      string
		inSitemap bool
	}{{true, "/learn/science/questions/force", false}, {false, force, true}} {
		s := newSite(t, func(c *web.Config) { c.CanonicalDuplicates = test.canonical },
			contenttest.Post{Path: force, ID: 2, Title: "What is a force?", Answer: "Push."},
			contenttest.Post{Path: "/learn/science/questions/force", ID: 1, Title: "What is a force?", Answer: "Push."})
		s.load()
		page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, force).Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := page.Find("link[rel=canonical]").AttrOr("href", ""); got != baseURL+test.want {
			t.Errorf("canonical is %s, want %s", got, test.want)
		}
		if page.Find("main a[href='/learn/science/questions/force']").Length() == 0 {
			t.Error("the page does not say that the question is also in Science")
		}
		if got := strings.Contains(body(t, s.ask(http.MethodGet, "/sitemaps/physics.xml")), force); got != test.inSitemap {
			t.Errorf("in the sitemap: %t, want %t", got, test.inSitemap)
		}
	}
}

func TestQuestionAsMarkdown(t *testing.T) {
	s := newLibrarySite(t)
	response := s.ask(http.MethodGet, cell+".md")
	const want = "---\ntitle: \"What is a cell?\"\nsource: https://example.org/learn/biology/questions/cell\ndate: 2025-03-01\n---\n\n" +
		"# What is a `cell`?\n\nA cell is small: $x \\neq 0$.\n\n### More\n\nIt *lives*.\n"
	if got := body(t, response); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	wantAlternate(t, response, "text/markdown; charset=utf-8", cell)
}

func TestQuestionAsJSON(t *testing.T) {
	s := newLibrarySite(t)
	response := s.ask(http.MethodGet, cell+".json")
	wantAlternate(t, response, "application/json; charset=utf-8", cell)
	var got map[string]any
	if err := json.Unmarshal([]byte(body(t, response)), &got); err != nil {
		t.Fatal(err)
	}
	answer, _ := got["answer"].(map[string]any)
	html, _ := answer["html"].(string)
	text, _ := answer["text"].(string)
	if !strings.Contains(html, "<math") || !strings.Contains(text, "x ≠ 0") {
		t.Errorf("answer is %v", answer)
	}
	delete(got, "answer")
	want := map[string]any{
		"url": baseURL + cell, "canonical": baseURL + cell, "id": 7.0, "subject": "Biology", "title": "What is a `cell`?",
		"article_title": "What is a `cell`?", "question": "What is a `cell`?", "summary": got["summary"], "author": "QuickTakes",
		"published": "2025-03-01T00:00:00Z", "modified": "2025-03-01T00:00:00Z", "aliases": []any{"/old-cell"},
		"seo":     map[string]any{"title": "QuickTakes | Biology", "description": "What there is to know about cell.", "keywords": []any{"cell", "school"}},
		"related": []any{map[string]any{"url": baseURL + force, "title": "What is a force?", "subject": "Physics"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	secondary := s.ask(http.MethodGet, force+".json")
	wantAlternate(t, secondary, "application/json; charset=utf-8", "/learn/science/questions/force")
	if response := s.ask(http.MethodGet, "/learn/biology/questions/nothing.json"); response.StatusCode != http.StatusNotFound {
		t.Errorf("unknown question: %d", response.StatusCode)
	}
}

func wantAlternate(t *testing.T, response *http.Response, contentType, canonical string) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Type": contentType,
		"Link":         "<" + baseURL + canonical + `>; rel="canonical"`,
		"X-Robots-Tag": "noindex",
	} {
		if got := response.Header.Get(name); response.StatusCode != 200 || got != want {
			t.Errorf("%d, %s %q, want %q", response.StatusCode, name, got, want)
		}
	}
}

func TestNoIndexIsInTheHeader(t *testing.T) {
	s := newLibrarySite(t)
	if got := s.ask(http.MethodGet, "/learn/biology/questions/hidden").Header.Get("X-Robots-Tag"); got != "noindex" {
		t.Errorf("X-Robots-Tag of a post with no_index is %q", got)
	}
	if got := s.ask(http.MethodGet, cell).Header.Get("X-Robots-Tag"); got != "" {
		t.Errorf("X-Robots-Tag of a listed post is %q", got)
	}
}
