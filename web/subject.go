package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// subject serves GET /learn/:subject.
func (s *Server) subject(c echo.Context) error {
	page, err := requestedPage(c)
	if err != nil {
		return err
	}
	result, err := s.Store.SubjectPage(c.Request().Context(), c.Param("subject"), page)
	if err != nil {
		return err
	}
	return s.respondList(c, page, views.SubjectPage{
		Subject:   result.Subject,
		Questions: result.Questions,
		Topics:    result.Topics,
		Page:      result.Page,
		Pages:     result.Pages,
	}, "subject", result)
}
