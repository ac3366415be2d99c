package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"quicktakes/assets"
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
		{Path: "/learn/hidden/questions/all", Fields: []string{"no_index: true"}},
	}
	for i := range 205 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%03d", i), ID: 1000 + i, Date: "2025-02-01"})
	}
	s := newSite(t, nil, posts...)
	contenttest.WriteFile(t, s.folder, content.RedirectsFile, `
/moved /learn/physics 308
/gone 410
/past/* /learn/:splat
/part /about#sources
/query /learn?a=b#c
/learn/old-biology/* /learn/biology/:splat
/learn/closed/* 410
/learn/art/questions/old.md /about
/learn/art/questions/old /learn/physics
`)
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
		{"/learn/biology", 200, map[string]string{"main a[href='/learn/biology/flashcards']": ""}},
		{"/learn/biology/flashcards", 200, map[string]string{"h1": "Biology flashcards", ".card summary": "What is a cell?", "main a[href='/learn/biology/flashcards?page=2']": ""}},
		{"/learn/biology/flashcards?page=11", 200, map[string]string{".card:last-of-type a[href='/learn/biology/questions/q000']": ""}},
		{"/learn/biology/flashcards?page=12", 404, nil},
		{"/learn/hidden/flashcards", 404, nil},
		{"/learn/astrology/flashcards", 404, nil},
		{cell, 200, map[string]string{"h1": "What is a cell?", "h1 code": "cell", ".answer em": "lives", "#related a": "What is a force?", "time": "Mar 01, 2025"}},
		{"/learn/biology/questions/hidden", 200, map[string]string{"h1": "What is hidden?"}},
		{"/learn/hidden", 200, map[string]string{"h1": "Hidden questions"}},
		{"/topics", 200, map[string]string{"h1": "All topics", "main a[href='/topics/school']": "school"}},
		{"/topics/school", 200, map[string]string{"h1": "Questions about school", "title": "Questions about school | QuickTakes", "main a[href='" + cell + "']": "What is a cell?"}},
		{"/topics/school?page=3", 200, map[string]string{"h1": "Questions about school", "title": "Questions about school, page 3 of 3 | QuickTakes", "main a[href='/learn/biology/questions/q000']": "What is q000?"}},
		{"/about", 200, map[string]string{"h1": "About these answers"}},
		{"/privacy", 200, map[string]string{"h1": "Privacy"}},
		{"/saved", 200, map[string]string{"h1": "My questions"}},
		{"/offline", 200, map[string]string{"h1": "Reading offline"}},
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
		{"/topics?page=2", 404, nil},
		{"/topics/school?page=4", 404, nil},
		{"/topics/school?page=03", 404, nil},
		{"/topics/cell", 404, nil},
		{"/topics/school/more", 404, nil},
		{"/nowhere", 404, nil},
		{"/learn/biology/questions", 404, nil},
		{"/learn/biology/questions/cell/more", 404, nil},
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
			if noindex := strings.Contains(page.Find("meta[name=robots]").AttrOr("content", ""), "noindex"); noindex != (test.status != 200 || strings.Contains(test.target, "hidden") || test.target == "/saved" || test.target == "/offline") {
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
		{"/Learn/Biology?x=日本&page=1", 301, "/learn/biology?x=%E6%97%A5%E6%9C%AC"},
		{"/learn/", 301, "/learn"},
		{"//", 301, "/"},
		{"/index.html", 301, "/"},
		{"//learn//biology/", 301, "/learn/biology"},
		{"/learn/biology?page=1", 301, "/learn/biology"},
		{"/learn/biology?page=1&x=2", 301, "/learn/biology?x=2"},
		{"/Learn/Biology?b=%20&a=1;c", 301, "/learn/biology?b=%20&a=1;c"},
		{"/learn/biology?x=1;2&page=1&a=%20", 301, "/learn/biology?x=1;2&a=%20"},
		{"/moved?b=1;2&a=3", 308, "/learn/physics?b=1;2&a=3"},
		{"/learn/biology/?page=1", 301, "/learn/biology"},
		{"/?page=1", 301, "/"},
		{"/learn?page=1", 301, "/learn"},
		{"/moved?page=1", 308, "/learn/physics"},
		{"/old-cell?page=1&x=2", 301, cell + "?x=2"},
		{"/learn/art/questions/cell.md?page=1", 301, cell + ".md"},
		{"/Learn/art/questions/cell.json/", 301, cell + ".json"},
		{cell + ".MD", 301, cell + ".md"},
		{cell + ".json?page=1", 301, cell + ".json"},
		{cell + "?utm_source=x&page=1", 301, cell + "?utm_source=x"},
		{"/learn/biology/?page=2", 301, "/learn/biology?page=2"},
		{cell + "/", 301, cell},
		{cell + ".html", 301, cell},
		{cell + ".html?utm_source=x", 301, cell + "?utm_source=x"},
		{"/learn/physics/questions/undefined" + cell, 301, cell},
		{strings.ToUpper(cell), 301, cell},
		{"/old-cell", 301, cell},
		{"/Old-Cell/", 301, cell},
		{"/learn/art/questions/cell", 301, cell},
		{"/learn/art/questions/cell.md", 301, cell + ".md"},
		{"/learn/art/questions/cell.json", 301, cell + ".json"},
		{"/old-cell.md", 404, ""}, // not the address of a question
		{cell + ").", 301, cell},
		{"/learn/art/questions/cell).", 301, cell},
		{cell + `",`, 301, cell},
		{"/Learn/Art/questions/cell.html", 301, cell},
		{"/topics/schools", 301, "/topics/school"},
		{"/Topics/Schools/?page=2", 301, "/topics/school?page=2"},
		{"/topics/school?page=1", 301, "/topics/school"},
		{"/moved", 308, "/learn/physics"},
		{"/Moved/", 308, "/learn/physics"},
		{"/past/biology", 301, "/learn/biology"},
		{"/learn/old-biology", 301, "/learn/biology"},
		{"/learn/old-biology?page=2", 301, "/learn/biology?page=2"},
		{"/learn/old-biology/flashcards", 301, "/learn/biology/flashcards"},
		{"/learn/old-biology/feed.xml", 301, "/learn/biology/feed.xml"},
		{"/learn/old-biology/anki.txt", 301, "/learn/biology/anki.txt"},
		{"/part?x=1", 301, "/about?x=1#sources"},
		{"/query?x=1", 301, "/learn?a=b#c"},
		{"/learn/art/questions/old", 301, "/learn/physics"},
		{"/learn/art/questions/old.json", 301, "/learn/physics"},
		{"/learn/art/questions/old.md", 301, "/about"}, // a line of its own
		{"//evil.example/", 301, "/evil.example"},
		{"/past//evil.example", 301, "/learn/evil.example"},
		{"/past/%zz", 301, "/learn/%25zz"},
		{"/Foo%zz", 301, "/foo%25zz"},
		{"/Foo?", 301, "/foo"},
	} {
		response := s.ask(http.MethodGet, test.target)
		if got := response.Header.Get("Location"); response.StatusCode != test.status || got != test.location {
			t.Errorf("%s: %d to %s, want %d to %s", test.target, response.StatusCode, got, test.status, test.location)
		}
	}
	for _, target := range []string{"/Gone/", "/LEARN/physics/questions/removed", "/learn/physics/questions/removed.md", "/gone?page=1", "/learn/physics/questions/removed?page=1", "/LEARN/physics/questions/removed.md",
		"/learn/physics/questions/removed).", "/learn/closed", "/learn/closed/flashcards", "/learn/closed/feed.xml", "/learn/closed/anki.txt"} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != http.StatusGone {
			t.Errorf("%s: %d, want 410 at once", target, response.StatusCode)
		}
	}
	for _, target := range []string{"/Learn/biology/questions/nothing/", "/learn/biology/questions/nothing?page=1", "/learn/biology/questions/nothing.md/", "/learn/biology/questions/nothing)."} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404 at once", target, response.StatusCode)
		}
	}
}

// Whether an address is answered must not depend on what is in the cache.
func TestOddlyEncodedAddresses(t *testing.T) {
	s := newLibrarySite(t)
	for range 2 {
		for _, test := range []struct {
			raw      string
			status   int
			location string
		}{
			{"/%6Cearn", 301, "/learn"},
			{"/learn/%62iology?page=2", 301, "/learn/biology?page=2"},
			{"/learn/biology%2Fquestions%2Fcell", 301, cell},
			{"/learn/biology%3Fpage=2", 404, ""},
			{cell + ".json.md", 404, ""},
		} {
			request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, test.raw, nil)
			recorder := httptest.NewRecorder()
			s.ServeHTTP(recorder, request)
			if got := recorder.Header().Get("Location"); recorder.Code != test.status || got != test.location {
				t.Errorf("%s: %d to %q, want %d to %q", test.raw, recorder.Code, got, test.status, test.location)
			}
		}
		for _, target := range []string{"/learn", "/learn/biology", "/learn/biology?page=2", cell} {
			s.ask(http.MethodGet, target)
		}
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

// addresses has one of each kind of address that the site answers with 200.
var addresses = []string{
	"/", "/learn", "/learn/biology", "/learn/biology?page=2", cell, cell + ".md", cell + ".json", "/sitemap.xml", "/sitemaps/pages.xml",
	"/sitemaps/biology.xml", "/topics", "/topics/school?page=2", "/feed.xml", "/feed.json", "/learn/biology/feed.xml", "/learn/biology/flashcards", "/learn/biology/anki.txt", "/llms.txt",
	"/robots.txt", "/manifest.webmanifest", "/healthz", "/readyz", "/favicon.ico", "/icon.svg",
	"/icon-192.png", "/icon-512.png", "/icon-maskable-512.png", "/apple-touch-icon.png",
	"/about", "/privacy", "/saved", "/offline", "/sw.js",
	assets.ScriptURL("site"), assets.ScriptURL("study"), assets.ScriptURL("offline"),
}

// A catch-all line of _redirects does not apply to addresses that the site answers.
func TestCatchAllLeavesAddressesAlone(t *testing.T) {
	s := newLibrarySite(t)
	lines := ""
	for i, address := range addresses {
		lines += fmt.Sprintf("/line-%d %s\n", i, address)
	}
	contenttest.WriteFile(t, s.folder, content.RedirectsFile, lines+"/* /learn/physics\n")
	s.load()
	for _, target := range []string{
		"/learn/biology?page=9", "/learn/biology/flashcards?page=99", "/topics/school?page=9", "/topics?page=9", "/search?page=x", "/sitemaps/nothing.xml", "/og/biology/nothing.png",
	} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d to %s, want 404", target, response.StatusCode, response.Header.Get("Location"))
		}
	}
	for i, address := range addresses {
		response := s.ask(http.MethodGet, fmt.Sprintf("/line-%d", i))
		if got := response.Header.Get("Location"); got != address {
			t.Errorf("the line for %s leads to %s", address, got)
		}
	}
}

func TestHeadAnswersLikeGet(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range append([]string{"/nowhere", "/gone", "/learn/"}, addresses...) {
		get := s.ask(http.MethodGet, target, "Accept-Encoding", "br")
		head := s.ask(http.MethodHead, target, "Accept-Encoding", "br")
		if get.StatusCode != head.StatusCode {
			t.Errorf("%s: HEAD %d, GET %d", target, head.StatusCode, get.StatusCode)
		}
		get.Header.Del("X-Request-Id") // differs for each request
		head.Header.Del("X-Request-Id")
		if diff := cmp.Diff(get.Header, head.Header); diff != "" {
			t.Errorf("%s: headers (-GET +HEAD):\n%s", target, diff)
		}
		if text := body(t, head); text != "" && target != "/healthz" && target != "/readyz" {
			t.Errorf("%s: HEAD has a body", target)
		}
	}
}

func TestEveryAnswerIsSecured(t *testing.T) {
	const (
		partPolicy = "default-src 'none'; frame-ancestors 'none'"
		pagePolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src ; img-src 'self'; font-src 'self'; connect-src 'self'; " +
			"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types worker"
	)
	styleHash := regexp.MustCompile(`'sha256-[\w+/]{43}=' ?`)
	s := newLibrarySite(t)
	for _, target := range append([]string{"/nowhere", "/gone", "/learn/", "/\x00", "/assets/none.png", "/none.svg", "/learn/none.png"}, addresses...) {
		header := s.ask(http.MethodGet, target).Header
		secured := map[string]string{
			"X-Content-Type-Options":    "nosniff",
			"Strict-Transport-Security": "max-age=31536000",
		}
		isPage := strings.HasPrefix(header.Get("Content-Type"), "text/html")
		if isPage {
			maps.Copy(secured, map[string]string{
				"Referrer-Policy":            "strict-origin-when-cross-origin",
				"Cross-Origin-Opener-Policy": "same-origin",
				"Permissions-Policy":         "camera=()",
			})
		}
		for name, want := range secured {
			if got := header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q, want %s", target, name, got, want)
			}
		}
		if policy := styleHash.ReplaceAllString(header.Get("Content-Security-Policy"), ""); policy != pagePolicy && (isPage || policy != partPolicy) {
			t.Errorf("%s: the policy is %s", target, policy)
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

// An internal error is logged, and never shown.
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

// A reader whose request took too long may ask again.
func TestLateAnswerIsARefusal(t *testing.T) {
	s := newLibrarySite(t)
	s.Handle("/late", func() error { return context.DeadlineExceeded })
	wantRefusal(t, s.ask(http.MethodGet, "/late"), http.StatusServiceUnavailable)
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
		if got := s.dump(web.JSONLines, "physics"); !strings.Contains(got, `"canonical":"`+baseURL+test.want+`"`) {
			t.Errorf("the dump lacks the canonical %s: %s", test.want, got)
		}
		if got := strings.Contains(body(t, s.ask(http.MethodGet, "/sitemaps/physics.xml")), force); got != test.inSitemap {
			t.Errorf("in the sitemap: %t, want %t", got, test.inSitemap)
		}
	}
}

// A question and its answer name their language, and so does the structured data.
func TestQuestionNamesItsLanguage(t *testing.T) {
	s := newSite(t, nil, contenttest.Post{Path: cell, Title: "什么是渗透作用？", Answer: "渗透作用是水通过细胞膜，从溶质少的一边移动到溶质多的一边，直到平衡。"})
	s.load()
	page := body(t, s.ask(http.MethodGet, cell))
	for _, want := range []string{`<h1 lang="zh">`, `<div class="answer" lang="zh">`, `"inLanguage":"zh"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
