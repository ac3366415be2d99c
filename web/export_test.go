package web

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// How many requests for pages are under way at most, how many more wait, and how many
// searches do either.
var (
	PagesUnderWay   = pagesAtOnce * runtime.GOMAXPROCS(0)
	PagesWaiting    = PagesUnderWay * waitersForEach
	SearchesPresent = searchesAtOnce * runtime.GOMAXPROCS(0) * (1 + waitersForEach)
)

// Handle adds an address with a handler from a test.
func (s *Server) Handle(path string, handler func() error) {
	s.get(path, func(echo.Context) error { return handler() })
}

// HandlePage adds an address with a page from a test: its version, and a function that makes
// its text.
func (s *Server) HandlePage(path string, page func() (version string, text func(context.Context) (string, error))) {
	s.get(path, func(c echo.Context) error {
		version, text := page()
		write := func(ctx context.Context, into *bytes.Buffer) error {
			made, err := text(ctx)
			into.WriteString(made)
			return err
		}
		return s.respond(c, document{contentType: contentTypeHTML, version: version, write: write}, nil)
	})
}

// Routes returns the server's routes, sorted.
func (s *Server) Routes() []string {
	routes := map[string]bool{}
	for _, route := range s.echo.Routes() {
		routes[route.Path] = true
	}
	return slices.Sorted(maps.Keys(routes))
}

// RouteOf returns the route of an address.
func (s *Server) RouteOf(address string) string {
	path, _, _ := strings.Cut(address, "?")
	c := s.echo.NewContext(nil, nil)
	s.echo.Router().Find(http.MethodGet, path, c)
	return c.Path()
}

// SetSitemapSize makes sitemaps hold at most size addresses.
func (s *Server) SetSitemapSize(size int) { s.sitemapSize = size }

// Evict drops a page in a coding from the cache.
func (s *Server) Evict(path, contentCoding string) {
	s.cache.replies.Invalidate(replyKey{pageAddress{path: path}, coding(contentCoding)})
}
