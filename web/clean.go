package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/db"
)

// clean refuses all methods but GET and HEAD, and redirects addresses that are
// not in their clean form, in one hop even if the clean address has moved. The first page
// of a list has no number.
func (s *Server) clean(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		request := c.Request()
		if request.Method != http.MethodGet && request.Method != http.MethodHead {
			c.Response().Header().Set("Allow", "GET, HEAD")
			return echo.ErrMethodNotAllowed
		}
		path := request.URL.Path
		if !utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl) {
			return db.ErrNotFound
		}
		clean := s.cleanPath(path)
		if question := strings.TrimRight(clean, sentenceEnds); question != clean && content.IsPostPath(question) {
			_, err := s.Store.Question(request.Context(), question)
			if err == nil {
				return redirect(c, http.StatusMovedPermanently, question, "")
			}
			if errors.Is(err, db.ErrNotFound) {
				err = s.moved(c, question)
			}
			if !errors.Is(err, db.ErrNotFound) {
				return err
			}
		}
		isClean := clean == path && (request.URL.RawPath == "" || s.keepsPath(path))
		if isClean && !isFirstPage(c.QueryParams()) {
			return next(c)
		}
		err := s.moved(c, clean)
		if !errors.Is(err, db.ErrNotFound) && !errors.Is(err, db.ErrNotReady) {
			return err
		}
		if question := content.CutForm(clean); content.IsPostPath(question) {
			if _, err := s.Store.Question(request.Context(), question); err != nil {
				return err
			}
		}
		return redirect(c, http.StatusMovedPermanently, clean, "")
	}
}

// cleanPath returns the clean form of path, or path itself where case matters.
func (s *Server) cleanPath(path string) string {
	if s.keepsPath(path) {
		return path
	}
	return content.CleanPath(path)
}

// keepsPath reports whether path must stay as it is: the address of an asset holds a hash,
// and that of the IndexNow key file the key.
func (s *Server) keepsPath(path string) bool {
	return strings.HasPrefix(path, "/assets/") || path == s.indexNowPath()
}

// isFirstPage reports whether a query asks for page 1 of a list, whose address has no number.
func isFirstPage(query url.Values) bool {
	pages := query["page"]
	return len(pages) == 1 && pages[0] == "1"
}

// queryOf returns the query of a request as it was sent, except for page=1, since page 1 has no
// number, and for bytes that a Location header may not have.
func queryOf(r *http.Request) string {
	query := r.URL.RawQuery
	if isFirstPage(r.URL.Query()) {
		parts := slices.DeleteFunc(strings.Split(query, "&"), func(part string) bool {
			parameter, err := url.ParseQuery(part)
			return err == nil && isFirstPage(parameter)
		})
		query = strings.Join(parts, "&")
	}
	var ascii strings.Builder
	for _, c := range []byte(query) {
		if c < utf8.RuneSelf {
			ascii.WriteByte(c)
		} else {
			fmt.Fprintf(&ascii, "%%%02X", c)
		}
	}
	return ascii.String()
}

// sentenceEnds are the characters that often follow an address in a text and end up in links
// made from it.
const sentenceEnds = `.,:;!?'")]}>*`

// moved redirects to where path moved. Another form of a question, such as Markdown, moves with
// its question. The error is that of db.Store.Moved.
func (s *Server) moved(c echo.Context, path string) error {
	ctx := c.Request().Context()
	question := content.CutForm(path)
	if !content.IsPostPath(question) {
		question = path
	}
	form := strings.TrimPrefix(path, question)
	moved, err := s.Store.Moved(ctx, question)
	if form != "" && (err != nil || !content.IsPostPath(moved.Path)) {
		form = ""
		// This form may have a line of its own in _redirects.
		if own, failure := s.Store.Moved(ctx, path); !errors.Is(failure, db.ErrNotFound) {
			moved, err = own, failure
		}
	}
	if err != nil {
		return err
	}
	return redirect(c, moved.Status, moved.Path+form, moved.Rest)
}

// redirectCaching lets caches keep a redirect for only an hour: it may be a mistake.
const redirectCaching = "public, max-age=3600"

// redirect sends the reader to a path on this site, followed by rest: a query, a fragment or
// both. The request's own query is kept unless rest has one.
func redirect(c echo.Context, status int, path, rest string) error {
	if query := queryOf(c.Request()); query != "" && !strings.HasPrefix(rest, "?") {
		rest = "?" + query + rest
	}
	c.Response().Header().Set("Cache-Control", redirectCaching)
	return c.Redirect(status, (&url.URL{Path: path}).EscapedPath()+rest)
}

// unknown answers an address that has no route.
func (s *Server) unknown(c echo.Context) error {
	return s.moved(c, c.Request().URL.Path)
}
