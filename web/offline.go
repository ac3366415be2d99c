package web

import (
	"encoding/json"
	"fmt"

	"github.com/labstack/echo/v4"

	"quicktakes/assets"
	"quicktakes/views"
)

// offline serves GET /offline: what the service worker shows in place of a page that
// it cannot fetch.
func (s *Server) offline(c echo.Context) error {
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	d, err := s.fixedPage(views.OfflinePage{}, "offline")
	return s.respond(c, d, err)
}

// serviceWorker serves GET /sw.js. Browsers check for a new version whenever a page
// is opened, and start afresh with it (https://www.w3.org/TR/service-workers/#update).
func (s *Server) serviceWorker(c echo.Context) error {
	version, err := s.version("service worker")
	if err != nil {
		return err
	}
	shell := []string{"/offline", "/saved", assets.ScriptURL("site"), assets.ScriptURL("study"), assets.ScriptURL("offline")}
	constants, err := json.Marshal([]any{version, shell, views.KeptPages})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	text := fmt.Sprintf("const [version, shell, mostPages] = %s;\n%s", constants, assets.ServiceWorker())
	return s.respond(c, fixed(contentTypeScript, []byte(text)), nil)
}
