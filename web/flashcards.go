package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/views"
)

// flashcards serves GET /learn/:subject/flashcards.
func (s *Server) flashcards(c echo.Context) error {
	page, err := requestedPage(c)
	if err != nil {
		return err
	}
	result, err := s.Store.FlashcardsPage(c.Request().Context(), c.Param("subject"), page)
	if err != nil {
		return err
	}
	return s.respondList(c, page, views.FlashcardsPage{
		Subject: result.Subject,
		Cards:   result.Cards,
		Page:    result.Page,
		Pages:   result.Pages,
	}, "flashcards", result)
}
