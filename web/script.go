package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/assets"
)

const contentTypeScript = "text/javascript; charset=utf-8"

// script serves a script. Its address changes with its content. Every first visit needs it,
// so it is compressed once, thoroughly.
func (s *Server) script(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	d := fixed(contentTypeScript, assets.Script(c.Request().URL.Path))
	d.effort = thorough
	return s.respond(c, d, nil)
}
