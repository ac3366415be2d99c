package web

import (
	"encoding/json"
	"fmt"

	"github.com/labstack/echo/v4"
)

// robots serves GET /robots.txt (https://www.rfc-editor.org/rfc/rfc9309). Search
// results are excluded: there is no end to them, and every question is listed elsewhere.
func (s *Server) robots(c echo.Context) error {
	text := fmt.Sprintf("User-agent: *\nDisallow: /search\nDisallow: /random\n\nSitemap: %s/sitemap.xml\n", s.Site.BaseURL)
	return s.respond(c, fixed("text/plain; charset=utf-8", []byte(text)), nil)
}

// indexNowPath returns the address of the key file, in which the key's case matters.
func (s *Server) indexNowPath() string { return "/" + s.IndexNowKey + ".txt" }

// indexNow serves GET /{key}.txt, which holds the key
// (https://www.indexnow.org/documentation).
func (s *Server) indexNow(c echo.Context) error {
	return s.respond(c, fixed("text/plain; charset=utf-8", []byte(s.IndexNowKey)), nil)
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
	return s.respond(c, fixed("application/manifest+json", data), err)
}
