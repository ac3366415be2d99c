package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// home serves GET /.
func (s *Server) home(c echo.Context) error {
	home, err := s.Store.Home(c.Request().Context())
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, views.HomePage{Subjects: home.Subjects, Newest: home.Newest, Posts: home.Posts})
}

// learn serves GET /learn.
func (s *Server) learn(c echo.Context) error {
	subjects, err := s.Store.Subjects(c.Request().Context())
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, views.LearnPage{Subjects: subjects})
}
