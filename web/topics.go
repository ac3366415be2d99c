package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// topics serves GET /topics.
func (s *Server) topics(c echo.Context) error {
	page, err := requestedPage(c)
	if err != nil {
		return err
	}
	result, err := s.Store.TopicsPage(c.Request().Context(), page)
	if err != nil {
		return err
	}
	letters := make([]views.TopicLetter, len(result.Letters))
	for i, letter := range result.Letters {
		letters[i] = views.TopicLetter(letter)
	}
	return s.respondList(c, page, views.TopicsPage{
		MostUsed: result.MostUsed,
		Topics:   result.Topics,
		Letters:  letters,
		Count:    result.Count,
		Page:     result.Page,
		Pages:    result.Pages,
	}, "topics", result)
}
