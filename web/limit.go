package web

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"net/netip"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/semaphore"

	"quicktakes/views"
)

// How much work is done at once, and how long requests wait for it.
const (
	maxWait         = time.Second
	waitersForEach  = 128 // waiting per request under way: about what is done within maxWait
	pagesAtOnce     = 4   // for each processor: some read while one is rendered
	searchesAtOnce  = 2
	picturesAtOnce  = 1
	downloadsAtOnce = 4
	retryRefused    = "1" // seconds that a refused client should wait
)

// limit bounds how much work of one kind is under way. More requests may wait for a
// short time; any beyond those are refused at once, so that those waiting are served.
type limit struct {
	present *semaphore.Weighted // under way or waiting
	working *semaphore.Weighted
}

// newLimit returns a limit of atOnce requests at a time.
func newLimit(atOnce int) *limit {
	return &limit{
		present: semaphore.NewWeighted(int64(atOnce + atOnce*waitersForEach)),
		working: semaphore.NewWeighted(int64(atOnce)),
	}
}

// enter waits until there is room for a request, and reports whether there is: not if ctx ends
// first. If so, the caller must call leave afterwards. A nil *limit always has room.
func (l *limit) enter(ctx context.Context) bool {
	if l == nil {
		return true
	}
	if !l.present.TryAcquire(1) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	if l.working.Acquire(ctx, 1) != nil {
		l.present.Release(1)
		return false
	}
	return true
}

func (l *limit) leave() {
	if l != nil {
		l.working.Release(1)
		l.present.Release(1)
	}
}

// limits bound the kinds of work that take time. Each has room of its own, so that
// a rush on one kind does not hold up the others.
type limits struct {
	pages, searches, pictures, downloads *limit
	// downloadsOf holds the limit on each network's downloads, by clientNetwork.
	downloadsOf *otter.Cache[netip.Addr, *limit]
	searchRate  *searchRate
}

func newLimits(searchesPerSecond int) limits {
	processors := runtime.GOMAXPROCS(0)
	return limits{
		pages:       newLimit(pagesAtOnce * processors),
		searches:    newLimit(searchesAtOnce * processors),
		pictures:    newLimit(picturesAtOnce * processors),
		downloads:   newLimit(downloadsAtOnce * processors),
		downloadsOf: otter.Must(&otter.Options[netip.Addr, *limit]{MaximumSize: maxClients}),
		searchRate:  newSearchRate(searchesPerSecond),
	}
}

// of returns the limit of the work that an address asks for, nil for what takes no
// time: health checks are answered whatever else is going on.
func (l *limits) of(path string) *limit {
	switch {
	case isSearch(path):
		return l.searches
	case strings.HasPrefix(path, picturePrefix):
		return l.pictures
	case isDownload(path):
		return l.downloads
	case strings.HasPrefix(path, "/assets/"), path == healthPath, path == readyPath:
		return nil
	}
	return l.pages
}

// ofNetwork returns the limit on the downloads of the client's network, nil if the request is
// not for a download. A slow client can make a download last, so half of all downloads are
// left to other networks.
func (l *limits) ofNetwork(r *http.Request) *limit {
	if !isDownload(r.URL.Path) {
		return nil
	}
	limit, _ := l.downloadsOf.ComputeIfAbsent(clientNetwork(r), func() (*limit, bool) {
		return newLimit(downloadsAtOnce * runtime.GOMAXPROCS(0) / 2), false
	})
	return limit
}

func isDownload(path string) bool { return strings.HasSuffix(path, ankiSuffix) }

func isSearch(path string) bool { return path == "/search" || strings.HasPrefix(path, "/search/") }

// limitWork answers a request within the limits, or refuses it.
func (s *Server) limitWork(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if isSearch(r.URL.Path) && !s.limits.searchRate.allows(r) {
			return s.refuse(c, http.StatusTooManyRequests)
		}
		ofNetwork := s.limits.ofNetwork(r)
		if !ofNetwork.enter(r.Context()) {
			if r.Context().Err() != nil {
				return r.Context().Err() // the client left while it waited
			}
			return s.refuse(c, http.StatusServiceUnavailable)
		}
		defer ofNetwork.leave()
		limit := s.limits.of(r.URL.Path)
		if !limit.enter(r.Context()) {
			if r.Context().Err() != nil {
				return r.Context().Err()
			}
			s.refused.Do(func() { s.Log.Warn("requests are refused: too much is under way", "path", r.URL.Path) })
			return s.refuse(c, http.StatusServiceUnavailable)
		}
		leave := sync.OnceFunc(limit.leave)
		defer leave()
		if limit != s.limits.downloads {
			// The work is done when the response begins: a slow client must not keep others
			// waiting.
			c.Response().Before(leave)
		}
		if err := next(c); err != nil {
			c.Error(err) // the error page is work, too
		}
		return nil
	}
}

// refuse answers a request with as little work as possible.
func (s *Server) refuse(c echo.Context, status int) error {
	page, err := s.refusal(context.WithoutCancel(c.Request().Context()), status)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	maps.Copy(header, s.security.pages)
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Length", strconv.Itoa(len(page)))
	header.Set("Retry-After", retryRefused)
	if c.Request().Method == http.MethodHead {
		page = nil
	}
	return c.Blob(status, contentTypeHTML, page)
}

// refusal returns the page with which requests are refused. It is rendered once per status.
func (s *Server) refusal(ctx context.Context, status int) ([]byte, error) {
	if page, ok := s.refusals.Load(status); ok {
		return page.([]byte), nil
	}
	var page bytes.Buffer
	err := views.Document(s.Site, views.ErrorPage{Status: status}).Render(ctx, &page)
	if err == nil {
		s.refusals.Store(status, page.Bytes())
	}
	return page.Bytes(), err
}
