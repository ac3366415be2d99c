package web_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"quicktakes/content/contenttest"
	"quicktakes/db"
	"quicktakes/web"
)

// waitUntil polls until the condition holds, and fails the test after a minute.
func waitUntil(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !condition(); {
		if time.Now().After(deadline) {
			t.Fatal("waited in vain until", what)
		}
	}
}

func TestCacheServesTheSameAnswer(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range addresses {
		first := s.ask(http.MethodGet, target, "Accept-Encoding", "gzip")
		again := s.ask(http.MethodGet, target, "Accept-Encoding", "gzip")
		if body(t, first) != body(t, again) {
			t.Errorf("%s: another body from the cache", target)
		}
		for name := range first.Header {
			if first.Header.Get(name) != again.Header.Get(name) {
				t.Errorf("%s: %s %q from the cache, %q before", target, name, again.Header.Get(name), first.Header.Get(name))
			}
		}
	}
}

// The cache must not mix up addresses.
func TestCacheKeepsAddressesApart(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range []string{"/learn/biology", "/learn/biology?page=2", "/learn/biology?page=3", "/learn/biology?utm_source=x"} {
		s.ask(http.MethodGet, target)
	}
	page := func(target string) string { return body(t, s.ask(http.MethodGet, target)) }
	if page("/learn/biology") != page("/learn/biology?utm_source=x") {
		t.Error("a query that means nothing changes the page")
	}
	if page("/learn/biology") == page("/learn/biology?page=2") || page("/learn/biology?page=2") == page("/learn/biology?page=3") {
		t.Error("two pages of a list are the same")
	}
	if response := s.ask(http.MethodGet, "/learn/biology?page=1"); response.StatusCode != http.StatusMovedPermanently {
		t.Errorf("page 1 by number: %d", response.StatusCode)
	}
	if response := s.ask(http.MethodPost, "/learn/biology"); response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST of a cached page: %d", response.StatusCode)
	}
}

// Gzip changes no kind of page.
func TestGzippedPagesAreThePlainOnes(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range []string{"/", cell, "/learn/biology", "/topics", "/search?q=cell"} {
		plain := body(t, s.ask(http.MethodGet, target))
		response := s.ask(http.MethodGet, target, "Accept-Encoding", "gzip")
		reader, err := gzip.NewReader(response.Body)
		if err != nil {
			t.Fatalf("%s: %v", target, err)
		}
		if page, err := io.ReadAll(reader); err != nil || string(page) != plain {
			t.Errorf("%s: %d bytes, %v, want %d of the plain page", target, len(page), err, len(plain))
		}
	}
}

// A popular page is compressed better in the background.
func TestCacheImprovesPopularPages(t *testing.T) {
	s := newLibrarySite(t)
	const accept = "gzip, br"
	first := s.ask(http.MethodGet, cell, "Accept-Encoding", accept)
	if got := first.Header.Get("Content-Encoding"); got != "gzip" {
		t.Errorf("a page that is not in the cache comes as %q, want what is made fastest", got)
	}
	waitUntil(t, "brotli is made", func() bool {
		return s.ask(http.MethodGet, cell, "Accept-Encoding", accept).Header.Get("Content-Encoding") == "br"
	})
	improved := s.ask(http.MethodGet, cell, "Accept-Encoding", accept)
	if improved.ContentLength >= first.ContentLength {
		t.Errorf("%d bytes, not less than %d before", improved.ContentLength, first.ContentLength)
	}
	if etag := improved.Header.Get("ETag"); etag == first.Header.Get("ETag") {
		t.Errorf("gzip and brotli have one ETag %s", etag)
	}
	if response := s.ask(http.MethodGet, cell, "Accept-Encoding", "gzip"); response.Header.Get("Content-Encoding") != "gzip" {
		t.Error("a client that knows only gzip gets something else")
	}
	s.Evict(cell, "br")
	if got := s.ask(http.MethodGet, cell, "Accept-Encoding", accept).Header.Get("Content-Encoding"); got != "gzip" {
		t.Errorf("a page whose better form left the cache comes as %q", got)
	}
	waitUntil(t, "brotli is made again", func() bool {
		return s.ask(http.MethodGet, cell, "Accept-Encoding", accept).Header.Get("Content-Encoding") == "br"
	})
}

func TestCacheDropsWhatChanged(t *testing.T) {
	s := newLibrarySite(t)
	has := func(target, text string) bool { return strings.Contains(body(t, s.ask(http.MethodGet, target)), text) }
	if !has(force, "Push.") || !has("/", cell) {
		t.Fatal("the pages lack what their posts say")
	}
	contenttest.Write(t, s.folder, contenttest.Post{Path: force, ID: 2, Title: "What is a force?", Answer: "Pull."})
	if err := os.Remove(filepath.Join(s.folder, "learn/biology/cell.md")); err != nil {
		t.Fatal(err)
	}
	s.load()
	if has(force, "Push.") || !has(force, "Pull.") || has("/", cell) {
		t.Error("a page shows what its post said before the load")
	}
	if response := s.ask(http.MethodGet, cell); response.StatusCode != http.StatusGone {
		t.Errorf("the page of a removed post: %d", response.StatusCode)
	}
}

// A load by another process reaches the pages with the next Refresh.
func TestCacheDropsWhatAnotherProcessChanged(t *testing.T) {
	s := newLibrarySite(t)
	s.ask(http.MethodGet, force)
	other, err := db.Open(t.Context(), s.file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	contenttest.Write(t, s.folder, contenttest.Post{Path: force, ID: 2, Title: "What is a force?", Answer: "Pull."})
	if _, err := other.Load(t.Context(), os.DirFS(s.folder), db.LoadOptions{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	if err := s.Store.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text := body(t, s.ask(http.MethodGet, force)); !strings.Contains(text, "Pull.") {
		t.Error("the page shows what its post said before the load")
	}
}

// A request after a load does not get the page that an earlier request began to make.
func TestPageThatIsMadeDuringALoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, nil)
		version, proceed := "old", make(chan struct{})
		s.HandlePage("/page", func() (string, func(context.Context) (string, error)) {
			made := version
			return made, func(context.Context) (string, error) {
				if made == "old" {
					<-proceed
				}
				return made, nil
			}
		})
		ask := func() <-chan string {
			text := make(chan string, 1)
			go func() { text <- body(t, s.ask(http.MethodGet, "/page")) }()
			synctest.Wait() // until it waits for the page
			return text
		}
		before := ask()
		version = "new"
		after := ask()
		close(proceed)
		if got := <-before; got != "old" {
			t.Errorf("the page before the load is %q", got)
		}
		if got := <-after; got != "new" {
			t.Errorf("the page after the load is %q", got)
		}
	})
}

// A page is finished even if its client leaves, since others may be waiting for it.
func TestPageOfAClientThatLeavesIsMade(t *testing.T) {
	s := newSite(t, nil)
	client, leave := context.WithCancel(t.Context())
	s.HandlePage("/page", func() (string, func(context.Context) (string, error)) {
		return "1", func(ctx context.Context) (string, error) {
			leave()
			return "made", ctx.Err()
		}
	})
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, httptest.NewRequestWithContext(client, http.MethodGet, "/page", nil))
	if got := recorder.Body.String(); got != "made" {
		t.Errorf("the page is %q", got)
	}
}

func TestCacheIsBounded(t *testing.T) {
	registry := prometheus.NewRegistry()
	s := newSite(t, func(c *web.Config) { c.CacheSize, c.Metrics = 1<<20, registry })
	for i := range 50 {
		contenttest.Write(t, s.folder, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Answer: strings.Repeat("long ", 10_000)})
	}
	s.load()
	for i := range 50 {
		s.ask(http.MethodGet, fmt.Sprintf("/learn/biology/questions/q%d", i))
	}
	waitUntil(t, "1 MB holds no more than 20 pages of 50 KB", func() bool {
		metrics, err := registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range metrics {
			if m.GetName() == "quicktakes_cache_pages" {
				return m.Metric[0].GetGauge().GetValue() <= 20
			}
		}
		return false
	})
}

func TestCacheOfNoSize(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.CacheSize = 0 }, contenttest.Post{Path: cell, Title: "What is a cell?"})
	s.load()
	for range 3 {
		if text := body(t, s.ask(http.MethodGet, cell)); !strings.Contains(text, "What is a cell?") {
			t.Error("no page without a cache")
		}
	}
}

func TestCacheUnderManyReaders(t *testing.T) {
	s := newLibrarySite(t)
	var group sync.WaitGroup
	for reader := range 4 {
		group.Go(func() {
			for i := range addresses {
				target := addresses[(reader+i)%len(addresses)]
				if response := s.ask(http.MethodGet, target, "Accept-Encoding", "gzip, br"); response.StatusCode != http.StatusOK {
					t.Errorf("%s: %d", target, response.StatusCode)
				}
			}
		})
	}
	for range 2 {
		contenttest.Write(t, s.folder, contenttest.Post{Path: force, Answer: time.Now().String()})
		s.load()
	}
	group.Wait()
}
