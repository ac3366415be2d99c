package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
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

// document is what an address serves.
type document struct {
	contentType string
	query       string // the part of the request's query that the document depends on
	form        form   // the form that the request's Accept header asks for
	// version differs for every different body; see Server.version.
	version string
	effort  effort // to compress it with
	write   func(ctx context.Context, into *bytes.Buffer) error
	// tags are the addresses of posts that the document shows or links to, none for a list.
	tags []string
	// isFixed says that the document is the same whatever the posts say.
	isFixed bool
}

// page returns the document of a page whose version is derived from values. Even its first
// reader gets the smallest coding: apart from questions there are few pages.
func (s *Server) page(page views.Page, values ...any) (document, error) {
	version, err := s.version(values...)
	write := func(ctx context.Context, into *bytes.Buffer) error {
		return views.Document(s.Site, page).Render(ctx, into)
	}
	return document{contentType: contentTypeHTML, version: version, effort: thorough, write: write}, err
}

// version returns a hash of values, the site and the program, so that the ETag of a body made
// from them is known before the body is made.
func (s *Server) version(values ...any) (string, error) {
	said, err := json.Marshal(append(values, s.Site, s.Build))
	return hash(said), err
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

// fixedPage returns the document of a page that is the same whatever the posts say.
func (s *Server) fixedPage(page views.Page, name string) (document, error) {
	d, err := s.page(page, name)
	d.isFixed = true
	return d, err
}

// fixed returns the document of a body that is the same whatever the posts say.
func fixed(contentType string, body []byte) document {
	d := static(contentType, body)
	d.isFixed = true
	return d
}

// static returns the document of a body that is made already.
func static(contentType string, body []byte) document {
	write := func(_ context.Context, into *bytes.Buffer) error {
		_, err := into.Write(body)
		return err
	}
	return document{contentType: contentType, version: hash(body), write: write}
}

// respond answers with a document: from the cache if it is there, with 304 if the
// client has it already.
func (s *Server) respond(c echo.Context, d document, err error) error {
	if err != nil {
		return err
	}
	request := c.Request()
	accepted := codingsOf(request)
	target := pageAddress{request.URL.Path, d.query, d.form}
	coding := accepted.quickest()
	if d.effort == thorough {
		coding = accepted[0]
	}
	a := s.newReply(c, d, coding)
	v := newValidator(a, changedAt(c))
	s.cache.validators.Set(target, v)
	if unchanged := v.unchanged(request, accepted); unchanged != nil {
		unchanged.send(c.Response(), request, s.security)
		return nil
	}
	if known := s.cache.known(target, accepted, d.version); known != nil {
		s.metrics.hits.Inc()
		a = known
	} else {
		s.metrics.misses.Inc()
		if a, err = s.cache.make(request.Context(), target, a, d); err != nil {
			return err
		}
	}
	a.checked.Store(changedAt(c))
	a.send(c.Response(), request, s.security)
	return nil
}

// newReply returns the reply with d in a coding, still without its body. It takes
// over headers that the handler has set.
func (s *Server) newReply(c echo.Context, d document, coding coding) *reply {
	modified := time.Unix(0, changedAt(c))
	if s.Started.After(modified) {
		modified = s.Started
	}
	modified = modified.UTC().Truncate(time.Second)
	header := c.Response().Header()
	a := &reply{
		version:  d.version,
		metrics:  s.metrics.routes[c.Path()],
		coding:   coding,
		modified: modified,
		etag:     etag(d.version, coding),
		header: http.Header{
			"Content-Type":  {d.contentType},
			"Cache-Control": {pageCaching},
			"Last-Modified": {modified.Format(http.TimeFormat)},
			"Vary":          {"Accept-Encoding"},
		},
	}
	if d.contentType == contentTypeHTML {
		a.header["Speculation-Rules"] = []string{`"` + speculationRulesPath + `"`}
	}
	if !d.isFixed {
		s.setCacheTags(a.header, c.Request().URL.Path, d.tags)
	}
	for _, name := range []string{"Access-Control-Allow-Origin", "Cache-Control", "Cross-Origin-Resource-Policy", "Link", "Vary", "X-Robots-Tag"} {
		if values := header[name]; len(values) > 0 {
			a.header[name] = values
		}
	}
	return a
}

// sendOnce answers with a page that is made for this request alone: it is not cached,
// and has no ETag.
func (s *Server) sendOnce(c echo.Context, status int, page views.Page) error {
	var body bytes.Buffer
	if err := views.Document(s.Site, page).Render(c.Request().Context(), &body); err != nil {
		return err
	}
	coding := acceptedCodings(c.Request().Header.Get("Accept-Encoding")).quickest()
	compressed, err := coding.compress(body.Bytes(), quick)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	maps.Copy(header, s.security.pages) // even at the address of a missing picture
	header.Set("Content-Type", contentTypeHTML)
	header.Set("Content-Length", strconv.Itoa(compressed.size()))
	header.Set(headerRequestID, requestIDOf(c))
	header.Set("Vary", "Accept-Encoding")
	if coding != codingIdentity {
		header.Set("Content-Encoding", string(coding))
	}
	c.Response().WriteHeader(status)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	return compressed.writeTo(c.Response())
}

// isUnchanged reports whether the client's conditions say that it has the body
// with this etag. The date counts only if the client sends no ETag
// (https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2).
func isUnchanged(request http.Header, etag string, modified time.Time) bool {
	if known := request["If-None-Match"]; len(known) > 0 {
		for candidate := range strings.SplitSeq(strings.Join(known, ","), ",") {
			candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
			if candidate == etag || candidate == "*" {
				return true
			}
		}
		return false
	}
	if request.Get("If-Modified-Since") == "" {
		return false
	}
	since, err := http.ParseTime(request.Get("If-Modified-Since"))
	return err == nil && !modified.After(since)
}
