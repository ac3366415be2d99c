package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// saved serves GET /saved.
func (s *Server) saved(c echo.Context) error {
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	d, err := s.fixedPage(views.SavedPage{}, "saved")
	return s.respond(c, d, err)
}
