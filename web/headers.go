package web

import (
	"maps"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"quicktakes/assets"
)

// securityHeaders returns what every answer says to browsers about what its page
// may do: show itself, with its own script, styles, pictures and fonts, ask its
// own site, and nothing else
// (https://www.w3.org/TR/CSP3/).
func securityHeaders(baseURL string) http.Header {
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
	header := http.Header{}
	header.Set("Content-Security-Policy", strings.Join(policy, "; "))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	if strings.HasPrefix(baseURL, "https://") {
		header.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return header
}

// secure sets the security headers. Pictures may be shown by other sites: that is
// what share pictures are for.
func (s *Server) secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		maps.Copy(header, s.security)
		if strings.HasPrefix(c.Request().URL.Path, "/assets/img/") {
			header.Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		return next(c)
	}
}
