package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// random serves GET /random: it redirects to a random question.
func (s *Server) random(c echo.Context) error {
	path, err := s.Store.RandomPath(c.Request().Context())
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Robots-Tag", "noindex")
	return c.Redirect(http.StatusFound, path)
}
