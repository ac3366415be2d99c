package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// privacy serves GET /privacy.
func (s *Server) privacy(c echo.Context) error {
	d, err := s.fixedPage(views.PrivacyPage{Site: s.Site}, "privacy")
	return s.respond(c, d, err)
}
