package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/db"
	"quicktakes/views"
)

// statusOf returns the HTTP status that an error is answered with.
func statusOf(err error) int {
	var routing *echo.HTTPError
	switch {
	case errors.Is(err, db.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, db.ErrGone):
		return http.StatusGone
	case errors.Is(err, db.ErrNotReady), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable
	case errors.As(err, &routing):
		return routing.Code
	}
	return http.StatusInternalServerError
}

// retryAfter is how many seconds a client should wait after a 503.
const retryAfter = "5"

// errorPageTimeout limits the time spent on an error page.
const errorPageTimeout = 2 * time.Second

// fail answers a request with the page for its error, and logs the error if it is the
// server's.
func (s *Server) fail(err error, c echo.Context) {
	if hasLeft(c, err) {
		return // nobody is waiting for the response
	}
	// The request's time may be up, so its error page gets time of its own.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), errorPageTimeout)
	defer cancel()
	c.SetRequest(c.Request().WithContext(ctx))
	request := c.Request()
	status := statusOf(err)
	if status >= http.StatusInternalServerError && !errors.Is(err, db.ErrNotReady) {
		s.Log.Error("request failed", "request", requestIDOf(c), "method", request.Method, "path", request.URL.Path, "status", status, "error", err)
	}
	if c.Response().Committed {
		return
	}
	page := views.ErrorPage{Status: status}
	var lacking error // why the page lacks suggestions that it would have at another time
	if status == http.StatusNotFound || status == http.StatusGone {
		page.Query = wordsOf(request.URL.Path)
		page.Suggestions, lacking = s.suggestions(c)
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=60")
	if status >= http.StatusInternalServerError || lacking != nil {
		header.Set("Cache-Control", "no-store")
	}
	if status == http.StatusServiceUnavailable {
		header.Set("Retry-After", retryAfter)
	}
	if err := s.sendOnce(c, status, page); err != nil && !hasLeft(c, err) {
		s.Log.Error("cannot send error page", "request", requestIDOf(c), "path", request.URL.Path, "error", err)
	}
}

// hasLeft reports whether err arose because the client went away.
// If an HTTP/2 stream ended during a write, only its context says so.
func hasLeft(c echo.Context, err error) bool {
	client, isBound := c.Get(keyClient).(context.Context)
	isStopped := isBound && client.Err() != nil && c.Response().Committed
	var connection *net.OpError
	return isStopped || errors.Is(err, context.Canceled) || errors.As(err, &connection)
}

// wordsOf returns the words of the last part of a path.
func wordsOf(urlPath string) string {
	return strings.Join(strings.FieldsFunc(path.Base(urlPath), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// maxSearchSuggestions is how many questions a search suggests for an unknown address.
const maxSearchSuggestions = 5

// errNoSearch says that a client may not search now.
var errNoSearch = errors.New("too many searches")

// suggestions returns questions that the reader of an unknown address may have meant: those
// whose addresses begin like it, or else those that a search for its words finds. If that
// fails, the error page does without them.
func (s *Server) suggestions(c echo.Context) ([]content.Link, error) {
	if isSearch(c.Request().URL.Path) {
		return nil, nil // the request counts as a search already, and would wait for another
	}
	ctx, path := c.Request().Context(), content.CleanPath(c.Request().URL.Path)
	links, err := s.Store.Suggestions(ctx, path)
	// Names with a dot are files, which programs probe for all day.
	if err == nil && len(links) == 0 && !strings.Contains(path, ".") {
		links, err = s.searchSuggestions(ctx, c.Request(), wordsOf(path))
	}
	if err != nil && !errors.Is(err, db.ErrNotReady) && !errors.Is(err, errNoSearch) {
		s.Log.Error("cannot find suggestions for an unknown address", "path", path, "error", err)
	}
	return links, err
}

// searchSuggestions returns the questions that have all the words, or all but one if few have
// all, best first. The error is errNoSearch for a client that may not search now.
func (s *Server) searchSuggestions(ctx context.Context, request *http.Request, words string) ([]content.Link, error) {
	if !s.limits.searchRate.allows(request) || !s.limits.searches.enter(ctx) {
		return nil, errNoSearch
	}
	defer s.limits.searches.leave()
	page, err := s.Store.Search(ctx, db.Query{Text: bounded(words), Page: 1})
	if err != nil || len(page.Dropped) > 0 {
		return nil, err
	}
	var links []content.Link
	for _, result := range page.Results[:min(len(page.Results), maxSearchSuggestions)] {
		links = append(links, result.Link)
	}
	return links, nil
}
