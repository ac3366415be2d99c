package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// about serves GET /about.
func (s *Server) about(c echo.Context) error {
	d, err := s.fixedPage(views.AboutPage{Site: s.Site}, "about")
	return s.respond(c, d, err)
}
