package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// home serves GET /.
func (s *Server) home(c echo.Context) error {
	home, err := s.Store.Home(c.Request().Context())
	if err != nil {
		return err
	}
	d, err := s.page(views.HomePage{Subjects: home.Subjects, Newest: home.Newest, Topics: home.Topics, Posts: home.Posts}, "home", home)
	return s.respond(c, d, err)
}
