package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// topic serves GET /topics/:topic.
func (s *Server) topic(c echo.Context) error {
	page, err := requestedPage(c)
	if err != nil {
		return err
	}
	result, err := s.Store.TopicPage(c.Request().Context(), c.Param("topic"), page)
	if err != nil {
		return err
	}
	return s.respondList(c, page, views.TopicPage{
		Topic:     result.Topic,
		Questions: result.Questions,
		Page:      result.Page,
		Pages:     result.Pages,
	}, "topic", result)
}
