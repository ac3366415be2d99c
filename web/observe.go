package web

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// headerRequestID holds a request's ID, by which the request can be found in the log. Only
// responses that are made for one request have it.
const headerRequestID = "X-Request-Id"

// keyRequestID is the key of a request's ID in its Echo context.
const keyRequestID = "request"

// maxRequestID is the length of the longest ID that is accepted from a proxy, in bytes.
const maxRequestID = 64

// now is the clock for response times and write deadlines.
func now() time.Time {
	return time.Now() //nolint:forbidigo // no page shows it
}

// observe gives requests IDs and counts their responses, except those from the cache.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		begun := now()
		c.Set(keyRequestID, requestID(c.Request()))
		defer s.observeResponse(c, begun) // deferred, since a download that breaks off panics
		if err := next(c); err != nil {
			c.Error(err)
		}
		return nil
	}
}

// observeResponse counts the response to a request.
func (s *Server) observeResponse(c echo.Context, begun time.Time) {
	status := c.Response().Status
	if !c.Response().Committed {
		status = statusClientClosed
	}
	took := now().Sub(begun)
	s.metrics.observe(c.Path(), status, took)
	if s.AccessLog {
		s.logAccess(c.Request(), status, c.Response().Size, took, slog.String("request", requestIDOf(c)))
	}
}

// observeCached counts a response from the cache.
func (s *Server) observeCached(a *reply, r *http.Request, isUnchanged bool, begun time.Time) {
	took := now().Sub(begun)
	s.metrics.hits.Inc()
	a.metrics.observe(isUnchanged, took)
	if !s.AccessLog {
		return
	}
	status, size := http.StatusOK, int64(a.body.size())
	if isUnchanged {
		status = http.StatusNotModified
	}
	if isUnchanged || r.Method == http.MethodHead {
		size = 0
	}
	s.logAccess(r, status, size, took, slog.Bool("cached", true))
}

// observeRedirect counts a redirect by redirectToBaseURL.
func (s *Server) observeRedirect(r *http.Request, begun time.Time) {
	took := now().Sub(begun)
	s.metrics.observe(noRoute, http.StatusPermanentRedirect, took)
	if s.AccessLog {
		s.logAccess(r, http.StatusPermanentRedirect, 0, took)
	}
}

// requestID returns the ID of a request: the one that a trusted proxy gave it, or else a new
// one.
func requestID(r *http.Request) string {
	if given := r.Header.Get(headerRequestID); given != "" && len(given) <= maxRequestID && !strings.ContainsFunc(given, isNotPrintable) {
		return given
	}
	return rand.Text()
}

func isNotPrintable(r rune) bool { return r <= ' ' || r > '~' }

// requestIDOf returns the ID that observe gave a request.
func requestIDOf(c echo.Context) string {
	id, _ := c.Get(keyRequestID).(string)
	return id
}

// logAccess logs a response. It leaves out the query and the client's full address: what
// people search for is counted without anything about them.
func (s *Server) logAccess(r *http.Request, status int, size int64, took time.Duration, more ...slog.Attr) {
	attributes := []slog.Attr{
		slog.String("method", r.Method),
		slog.String("path", r.URL.Path),
		slog.Int("status", status),
		slog.Int64("bytes", size),
		slog.Float64("seconds", took.Seconds()),
		slog.String("network", loggedNetwork(r)),
	}
	if crawler := crawlerOf(r.UserAgent()); crawler != "" {
		attributes = append(attributes, slog.String("crawler", crawler))
	}
	s.Log.LogAttrs(r.Context(), slog.LevelInfo, "answered", append(attributes, more...)...)
}

// crawlers are the names by which well-known crawlers identify themselves.
var crawlers = []string{
	"Googlebot", "Google-InspectionTool", "GoogleOther", "bingbot", "DuckDuckBot", "YandexBot", "Baiduspider", "Applebot",
	"SeznamBot", "Yeti", "PetalBot", "Sogou", "Qwantbot", "MojeekBot",
	"GPTBot", "OAI-SearchBot", "ChatGPT-User", "ClaudeBot", "Claude-SearchBot", "PerplexityBot", "CCBot", "Amazonbot",
	"meta-externalagent", "Bytespider",
	"facebookexternalhit", "Twitterbot", "LinkedInBot", "Slackbot", "Discordbot", "TelegramBot", "WhatsApp", "Pinterestbot",
	"AhrefsBot", "SemrushBot", "MJ12bot", "DotBot",
}

// crawlerOf returns the crawler that a User-Agent header names, or an empty string. Any
// client can claim to be one.
func crawlerOf(userAgent string) string {
	for _, name := range crawlers {
		if strings.Contains(userAgent, name) {
			return name
		}
	}
	return ""
}
