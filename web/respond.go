package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// pageCaching lets browsers and proxies keep a page for five minutes, and show it
// for a day while they ask for a newer one
// (https://www.rfc-editor.org/rfc/rfc5861).
const pageCaching = "public, max-age=300, stale-while-revalidate=86400"

const contentTypeHTML = "text/html; charset=utf-8"

// render answers with a page.
func (s *Server) render(c echo.Context, status int, page views.Page) error {
	var buffer bytes.Buffer
	if err := views.Document(s.Site, page).Render(c.Request().Context(), &buffer); err != nil {
		return err
	}
	return s.send(c, status, contentTypeHTML, buffer.Bytes())
}

// send answers with a body: compressed as the client likes it best, with an ETag
// for each form, or with 304 where the client has it already.
func (s *Server) send(c echo.Context, status int, contentType string, body []byte) error {
	response, request := c.Response(), c.Request()
	header := response.Header()
	header.Set("Content-Type", contentType)
	header.Set("Vary", "Accept-Encoding")
	if header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", pageCaching)
	}
	coding := chooseCoding(request.Header.Get("Accept-Encoding"), len(body))
	if status == http.StatusOK {
		hash := sha256.Sum256(body)
		etag := `"` + hex.EncodeToString(hash[:12]) + coding.suffix() + `"`
		header.Set("ETag", etag)
		modified, err := s.modified(c)
		if err != nil {
			return err
		}
		header.Set("Last-Modified", modified.Format(http.TimeFormat))
		if isUnchanged(request.Header, etag, modified) {
			header.Del("Content-Type")
			return c.NoContent(http.StatusNotModified)
		}
	}
	if coding != identity {
		header.Set("Content-Encoding", string(coding))
		compressed, err := coding.compress(body)
		if err != nil {
			return err
		}
		body = compressed
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	response.WriteHeader(status)
	if request.Method == http.MethodHead {
		return nil
	}
	_, err := response.Write(body)
	return err
}

// modified returns when the pages last changed: with the library or the program.
func (s *Server) modified(c echo.Context) (time.Time, error) {
	changed, err := s.Store.Changed(c.Request().Context())
	if s.Built.After(changed) {
		changed = s.Built
	}
	return changed.UTC().Truncate(time.Second), err
}

// isUnchanged reports whether the client's conditions say that it has the body
// with this etag. The date counts only for clients that know no ETag
// (https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2).
func isUnchanged(request http.Header, etag string, modified time.Time) bool {
	if known := request.Values("If-None-Match"); len(known) > 0 {
		for candidate := range strings.SplitSeq(strings.Join(known, ","), ",") {
			candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
			if candidate == etag || candidate == "*" {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(request.Get("If-Modified-Since"))
	return err == nil && !modified.After(since)
}
