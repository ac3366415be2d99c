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

// security holds the headers that tell browsers what a response may do.
type security struct {
	pages http.Header
	parts http.Header // what pages load: scripts, pictures, fonts
}

// of returns the security headers of an address.
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

// newSecurity returns the security headers of a site. A page may use the scripts, styles,
// pictures and fonts of its own site, send requests to it, and nothing else
// (https://www.w3.org/TR/CSP3/). The parts of pages carry only the headers that matter for
// them: every first visit downloads them.
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

// secure sets the security headers. Other sites may show the pictures: share pictures are
// made for that, and feeds name the icons. Scripts on other sites may read what is meant for
// programs (https://fetch.spec.whatwg.org/#http-cors-protocol): no response depends on who
// asks.
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

// allowPrograms sets the headers that let scripts on other sites read what is meant for
// programs.
func allowPrograms(header http.Header, r *http.Request) {
	if isForPrograms(r) {
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
}

// isForPrograms reports whether a request asks for a feed, for llms.txt, or for a
// question in a form other than its page, even by an address that redirects to it.
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
