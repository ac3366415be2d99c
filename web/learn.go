package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// learn serves GET /learn.
func (s *Server) learn(c echo.Context) error {
	subjects, err := s.Store.Subjects(c.Request().Context())
	if err != nil {
		return err
	}
	d, err := s.page(views.LearnPage{Subjects: subjects}, "learn", subjects)
	return s.respond(c, d, err)
}
