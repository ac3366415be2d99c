package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"quicktakes/assets"
)

// robots serves GET /robots.txt (https://www.rfc-editor.org/rfc/rfc9309). Results of
// searches are without number, and nothing is found by them alone.
func (s *Server) robots(c echo.Context) error {
	text := fmt.Sprintf("User-agent: *\nDisallow: /search\nDisallow: /random\n\nSitemap: %s/sitemap.xml\n", s.Site.BaseURL)
	return s.respond(c, static("text/plain; charset=utf-8", []byte(text)), nil)
}

// indexNowPath returns the address of the key file, which keeps the key's capitals.
func (s *Server) indexNowPath() string { return "/" + s.IndexNowKey + ".txt" }

// indexNow serves GET /{key}.txt, which holds the key
// (https://www.indexnow.org/documentation).
func (s *Server) indexNow(c echo.Context) error {
	return s.respond(c, static("text/plain; charset=utf-8", []byte(s.IndexNowKey)), nil)
}

// manifest serves GET /manifest.webmanifest (https://www.w3.org/TR/appmanifest/).
func (s *Server) manifest(c echo.Context) error {
	type icon struct {
		Source  string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	data, err := json.Marshal(map[string]any{
		"id":               "/",
		"name":             s.Site.Name,
		"short_name":       s.Site.Name,
		"start_url":        "/",
		"scope":            "/",
		"display":          "minimal-ui",
		"background_color": "#fdfdfb",
		"theme_color":      "#fdfdfb",
		"icons": []icon{
			{"/icon-192.png", "192x192", "image/png", ""},
			{"/icon-512.png", "512x512", "image/png", ""},
			{"/icon-maskable-512.png", "512x512", "image/png", "maskable"},
		},
	})
	c.Response().Header().Set("Cache-Control", "public, max-age=86400")
	return s.respond(c, static("application/manifest+json", data), err)
}

const contentTypeScript = "text/javascript; charset=utf-8"

// script serves a script. Its address changes with its content. It is a part of each
// reader's first view, and compressed once.
func (s *Server) script(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	d := static(contentTypeScript, assets.Script(c.Request().URL.Path))
	d.effort = thorough
	return s.respond(c, d, nil)
}

// Where whoever watches the server asks how it is.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// healthz serves GET /healthz: the program is alive.
func (s *Server) healthz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.String(http.StatusOK, "ok\n")
}

// readyz serves GET /readyz: 200 when the site can answer, 503 until then.
func (s *Server) readyz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	if !s.Store.Ready() {
		c.Response().Header().Set("Retry-After", retryAfter)
		return c.String(http.StatusServiceUnavailable, "loading\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
