// Package web serves the library over HTTP: routes, pages, errors, caching and
// what crawlers read.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	"quicktakes/assets"
	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web/picture"
)

// Config configures a Server, and what Dump writes.
type Config struct {
	Store    *db.Store
	Searches *db.Searches // nil when searches are not counted
	Site     views.Site
	// Host is the host of the site's base URL: requests for another host are redirected to it.
	// If it is empty, the site answers under every name.
	Host string
	// CacheTags adds a header to each page that names the posts and lists it shows, so that
	// a shared cache can drop the page when they change.
	CacheTags bool
	// TrustedProxies are the networks of proxies whose X-Forwarded-For, X-Forwarded-Host,
	// X-Forwarded-Proto and X-Request-Id headers are believed.
	TrustedProxies []netip.Prefix
	// CanonicalDuplicates points posts with the same question and answer at one of
	// them, and leaves the others out of sitemaps.
	CanonicalDuplicates bool
	Log                 *slog.Logger
	AccessLog           bool // whether each response is logged
	// Metrics is where the server registers its metrics; nil for nowhere.
	Metrics prometheus.Registerer
	// Started is when the program started. No page counts as last modified before that,
	// because it may have differed under earlier settings. Build differs for every build.
	Started time.Time
	Build   string
	// IndexNowKey proves to search engines that announcements come from this site; empty if
	// it makes none.
	IndexNowKey string
	// CacheSize bounds the memory for finished pages, in bytes.
	CacheSize int64
	// SearchRate is how many searches per second a client may keep up; 0 for no limit.
	SearchRate int
}

// Server serves the site. It is an http.Handler.
type Server struct {
	Config
	echo     *echo.Echo
	security security
	cache    *cache
	// sitemapSize is how many addresses a sitemap holds: less than maxSitemapSize
	// only in tests.
	sitemapSize int
	painter     *picture.Painter
	metrics     *metrics
	limits      limits
	refusals    sync.Map // pages as []byte, by status
	refused     rate.Sometimes
}

// requestTimeout limits the time spent on one request.
const requestTimeout = 10 * time.Second

// NewServer returns a Server.
func NewServer(config Config) *Server {
	s := &Server{
		Config:   config,
		echo:     echo.New(),
		security: newSecurity(config.Site.BaseURL),
		cache:    newCache(config.CacheSize),

		sitemapSize: maxSitemapSize,
		painter:     picture.NewPainter(config.Site.Name),
		limits:      newLimits(config.SearchRate),
		refused:     rate.Sometimes{Interval: time.Minute},
	}
	s.metrics = newMetrics(config.Metrics, s.cache)
	s.echo.HideBanner = true
	s.echo.HTTPErrorHandler = s.fail
	s.echo.Pre(s.observe, s.limitWork, s.secure, s.bound, middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: s.panicError}), s.clean)
	s.routes()
	return s
}

// ServeHTTP answers a request: straight from the cache if the page is there, or else through
// the router.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r, isPlain := s.received(r)
	if s.isElsewhere(r, isPlain) {
		begun := now()
		s.redirectToBaseURL(w, r)
		s.observeRedirect(r, begun)
		return
	}
	if r.ContentLength != 0 {
		// No address takes a body, so it is not read: the connection ends with the response.
		w.Header().Set("Connection", "close")
	}
	if (r.Method == http.MethodGet || r.Method == http.MethodHead) && r.URL.RawPath == "" {
		begun, changed := now(), s.changed()
		a := s.cache.unchanged(r, changed)
		if a == nil {
			a = s.cache.current(r, changed)
		}
		if a != nil {
			unchanged := a.send(w, r, s.security)
			s.observeCached(a, r, unchanged, begun)
			return
		}
	}
	s.echo.ServeHTTP(w, r)
}

// changed returns when the library last changed, in Unix nanoseconds; 0 if none is loaded
// yet.
func (s *Server) changed() int64 {
	if changed := s.Store.Changed(); !changed.IsZero() {
		return changed.UnixNano()
	}
	return 0
}

// routes registers every address of the site.
func (s *Server) routes() {
	s.get("/", s.home)
	s.get("/learn", s.learn)
	s.get("/learn/:subject", s.subject)
	s.get("/learn/:subject/flashcards", s.flashcards)
	s.get("/learn/:subject/feed.xml", s.subjectFeed)
	s.get("/learn/:subject"+ankiSuffix, s.anki)
	s.get("/learn/:subject/questions/:question", s.question)
	s.get("/random", s.random)
	s.get(picturePrefix+":subject/:file", s.picture)
	s.get("/search", s.search)
	s.get("/search/suggest", s.suggest)
	s.get("/opensearch.xml", s.openSearch)
	s.get("/topics", s.topics)
	s.get("/topics/:topic", s.topic)
	s.get("/feed.xml", s.feed)
	s.get("/feed.json", s.feedJSON)
	s.get("/llms.txt", s.llms)
	s.get("/about", s.about)
	s.get("/privacy", s.privacy)
	s.get("/saved", s.saved)
	s.get("/offline", s.offline)
	s.get("/sw.js", s.serviceWorker)
	s.get("/sitemap.xml", s.sitemapIndex)
	s.get("/sitemaps/:file", s.sitemap)
	s.get("/robots.txt", s.robots)
	s.get("/manifest.webmanifest", s.manifest)
	if s.IndexNowKey != "" {
		s.get(s.indexNowPath(), s.indexNow)
	}
	s.get(speculationRulesPath, s.speculationRules)
	s.get(healthPath, s.healthz)
	s.get(readyPath, s.readyz)
	s.get(assets.ScriptURL("site"), s.script)
	s.get(assets.ScriptURL("study"), s.script)
	s.get(assets.ScriptURL("offline"), s.script)
	s.get("/assets/*", echo.WrapHandler(assets.Handler()))
	for _, name := range assets.RootFiles() {
		handler, _ := assets.RootFile(name)
		s.get("/"+name, echo.WrapHandler(handler))
	}
	s.echo.RouteNotFound("/*", s.unknown)
}

// get routes GET and HEAD alike: a HEAD is a GET whose body is not sent.
func (s *Server) get(path string, handler echo.HandlerFunc) {
	s.metrics.add(path)
	s.echo.Match([]string{http.MethodGet, http.MethodHead}, path, handler, s.redirectMoved)
}

// redirectMoved redirects from an address where nothing is found to where it moved, if it did.
func (s *Server) redirectMoved(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if errors.Is(err, db.ErrNotFound) {
			return s.unknown(c)
		}
		return err
	}
}

// keyChanged is the key, in a request's Echo context, of the time of the library state from
// which it is answered, or of an earlier state.
const keyChanged = "changed"

func changedAt(c echo.Context) int64 {
	changed, _ := c.Get(keyChanged).(int64)
	return changed
}

// keyClient is the key, in a request's Echo context, of the context that ends when the client
// leaves.
const keyClient = "client"

// bound gives each request a deadline.
func (s *Server) bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Set(keyChanged, s.changed())
		c.Set(keyClient, c.Request().Context())
		ctx, cancel := context.WithTimeout(c.Request().Context(), requestTimeout)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

func (s *Server) panicError(_ echo.Context, err error, stack []byte) error {
	return fmt.Errorf("%w: %w\n%s", errPanic, err, stack)
}

// errPanic marks errors that were panics.
var errPanic = errors.New("panic")
