package web_test

import (
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

	"quicktakes/content/contenttest"
	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web"
)

// benchmarkPosts is the number of posts that the benchmarks serve.
const benchmarkPosts = 2000

// benchmarkSite returns a site with many posts and their paths.
func benchmarkSite(b *testing.B, cacheSize int64) (site *web.Server, paths []string) {
	b.Helper()
	var posts []contenttest.Post
	for i := range benchmarkPosts {
		path := fmt.Sprintf("/learn/biology/questions/q%d", i)
		paths = append(paths, path)
		posts = append(posts, contenttest.Post{Path: path, ID: i, Answer: strings.Repeat(fmt.Sprintf(`Some *words* of answer %d.\n\n- and a list\n\n`, i), 20), Fields: []string{
			contenttest.Related(1, fmt.Sprintf("/learn/biology/questions/q%d", (i+1)%benchmarkPosts)),
			contenttest.Related(2, fmt.Sprintf("/learn/biology/questions/q%d", (i+2)%benchmarkPosts)),
		}})
	}
	store, err := db.Open(b.Context(), filepath.Join(b.TempDir(), "library.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	if _, err := store.Load(b.Context(), os.DirFS(contenttest.Folder(b, posts...)), db.LoadOptions{Now: time.Now}); err != nil {
		b.Fatal(err)
	}
	return web.NewServer(web.Config{
		Store:     store,
		Site:      views.Site{Name: "QuickTakes", BaseURL: baseURL},
		Log:       slog.New(slog.NewTextHandler(io.Discard, nil)),
		CacheSize: cacheSize,
	}), paths
}

// askInTurn asks for paths in turn until the benchmark ends.
func askInTurn(b *testing.B, handler http.Handler, paths []string, header http.Header) {
	b.Helper()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, paths[i%len(paths)], nil)
		request.Header = header
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		if recorder.Code != http.StatusOK && recorder.Code != http.StatusNotModified {
			b.Fatal(paths[i%len(paths)], recorder.Code)
		}
		i++
	}
}

// BenchmarkHotPage compares a page from the cache with a bare Echo handler that writes the
// same bytes and headers.
func BenchmarkHotPage(b *testing.B) {
	site, paths := benchmarkSite(b, 64<<20)
	header := http.Header{"Accept-Encoding": {"gzip"}}
	request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, paths[0], nil)
	request.Header = header
	recorder := httptest.NewRecorder()
	site.ServeHTTP(recorder, request)
	b.Run("QuickTakes", func(b *testing.B) { askInTurn(b, site, paths[:1], header) })
	bare := web.Bare(recorder.Header(), recorder.Body.Bytes())
	b.Run("Echo", func(b *testing.B) { askInTurn(b, bare, paths[:1], header) })
}

func BenchmarkColdPage(b *testing.B) {
	site, paths := benchmarkSite(b, 0)
	for _, coding := range []string{"identity", "gzip", "br", "zstd"} {
		b.Run(coding, func(b *testing.B) { askInTurn(b, site, paths, http.Header{"Accept-Encoding": {coding}}) })
	}
}

// A returning crawler costs no rendering, and no reading from the database if the cache has
// room for the validators of its pages.
func BenchmarkUnchangedPage(b *testing.B) {
	for name, cacheSize := range map[string]int64{"read": 0, "known": 4 << 20} {
		site, paths := benchmarkSite(b, cacheSize)
		b.Run(name, func(b *testing.B) { askInTurn(b, site, paths, http.Header{"If-None-Match": {"*"}}) })
	}
}
