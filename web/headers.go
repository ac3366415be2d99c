package web

import (
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"quicktakes/assets"
	"quicktakes/content"
)

// security is what answers say to browsers about what they may do.
type security struct {
	pages http.Header
	parts http.Header // of pages: scripts, pictures, fonts
}

// of returns what the answer of an address says.
func (s security) of(address string) http.Header {
	if address == speculationRulesPath || strings.HasPrefix(address, "/assets/") {
		return s.parts
	}
	switch path.Ext(address) {
	case ".svg", ".ico", ".png", ".webmanifest":
		return s.parts
	}
	return s.pages
}

// newSecurity returns the security of a site. A page may show itself, with its own
// script, styles, pictures and fonts, ask its own site, and nothing else
// (https://www.w3.org/TR/CSP3/). Its parts, which are no pages, say only what counts
// for them: they are a part of each first view.
func newSecurity(baseURL string) security {
	policy := []string{
		"default-src 'none'",
		"script-src 'self'",
		"worker-src 'self'",
		"style-src " + strings.Join(assets.StyleHashes(), " "),
		"img-src 'self'",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types worker",
	}
	parts := http.Header{}
	parts.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	parts.Set("X-Content-Type-Options", "nosniff")
	parts.Set("Cross-Origin-Resource-Policy", "same-origin")
	if strings.HasPrefix(baseURL, "https://") {
		parts.Set("Strict-Transport-Security", "max-age=31536000")
	}
	pages := parts.Clone()
	pages.Set("Content-Security-Policy", strings.Join(policy, "; "))
	pages.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	pages.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	pages.Set("Cross-Origin-Opener-Policy", "same-origin")
	return security{pages, parts}
}

// secure sets the security headers. Pictures may be shown by other sites: that is what
// share pictures are for, and icons are named in feeds. What is for programs may be read
// by those in pages of other sites (https://fetch.spec.whatwg.org/#http-cors-protocol):
// nothing here depends on who asks.
func (s *Server) secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		address := c.Request().URL.Path
		maps.Copy(header, s.security.of(address))
		if strings.HasPrefix(address, "/assets/img/") || isIcon(address) {
			header.Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		allowPrograms(header, c.Request())
		return next(c)
	}
}

// allowPrograms sets the headers of what programs in pages of other sites may read.
func allowPrograms(header http.Header, r *http.Request) {
	if isForPrograms(r) {
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
}

// isForPrograms reports whether a request asks for a feed, for llms.txt, or for a
// question in another form than its page, maybe by an address that is sent on to that.
func isForPrograms(r *http.Request) bool {
	r = &http.Request{URL: &url.URL{Path: content.CleanPath(r.URL.Path)}, Header: r.Header}
	switch path.Base(r.URL.Path) {
	case "feed.xml", "feed.json", "llms.txt":
		return true
	}
	question, as := formOf(r)
	return as != asPage && content.IsPostPath(question)
}

// isIcon reports whether an address is that of one of the site's icons.
func isIcon(address string) bool {
	return path.Dir(address) == "/" && slices.Contains([]string{".svg", ".ico", ".png"}, path.Ext(address))
}
