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

// retryAfter is in how many seconds a client may ask again after a 503.
const retryAfter = "5"

// errorTime bounds the work on an error page.
const errorTime = 2 * time.Second

// fail answers a request with the page of its error, and is where errors are
// logged.
func (s *Server) fail(err error, c echo.Context) {
	if hasLeft(c, err) {
		return // nobody waits for the answer
	}
	// The time of the request may be up; its error page gets some of its own.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), errorTime)
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
	if status == http.StatusNotFound || status == http.StatusGone {
		page.Query = wordsOf(request.URL.Path)
		page.Suggestions = s.suggestions(c)
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=60")
	if status >= http.StatusInternalServerError {
		header.Set("Cache-Control", "no-store")
	}
	if status == http.StatusServiceUnavailable {
		header.Set("Retry-After", retryAfter)
	}
	if err := s.sendOnce(c, status, page); err != nil && !hasLeft(c, err) {
		s.Log.Error("error page failed", "request", requestIDOf(c), "path", request.URL.Path, "error", err)
	}
}

// hasLeft reports whether err arose because the client went away.
// Where a stream of HTTP/2 ended while it was written to, only its context tells.
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

// maxFound bounds what a search suggests for an address that is unknown.
const maxFound = 5

// suggestions returns what the reader of an unknown address may have meant: questions
// whose addresses begin like it, else those that a search for its words finds. An error
// page without them is still a page.
func (s *Server) suggestions(c echo.Context) []content.Link {
	ctx, path := c.Request().Context(), content.CleanPath(c.Request().URL.Path)
	links, err := s.Store.Suggestions(ctx, path)
	// Names with a dot are of files, for which programs look in vain all day.
	if err == nil && len(links) == 0 && !strings.Contains(path, ".") {
		links, err = s.found(ctx, c.Request(), wordsOf(path))
	}
	if err != nil && !errors.Is(err, db.ErrNotReady) {
		s.Log.Error("suggestions failed", "path", path, "error", err)
	}
	return links
}

// found returns the questions that have all of the words, or where few have, all but one,
// best first: none to a client that may not search now.
func (s *Server) found(ctx context.Context, request *http.Request, words string) ([]content.Link, error) {
	if !s.limits.searchRate.allows(request) || !s.limits.searches.enter(ctx) {
		return nil, nil
	}
	defer s.limits.searches.leave()
	page, err := s.Store.Search(ctx, db.Query{Text: bounded(words), Page: 1})
	if err != nil || len(page.Dropped) > 0 {
		return nil, err
	}
	var links []content.Link
	for _, result := range page.Results[:min(len(page.Results), maxFound)] {
		links = append(links, result.Link)
	}
	return links, nil
}
