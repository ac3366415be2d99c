package web

import (
	"errors"
	"strconv"

	"github.com/labstack/echo/v4"

	"quicktakes/db"
	"quicktakes/views"
)

// subject serves GET /learn/:subject.
func (s *Server) subject(c echo.Context) error {
	path := c.Request().URL.Path
	page := 1
	if values, ok := c.QueryParams()["page"]; ok {
		if page = parsePage(values); page == 0 {
			return db.ErrNotFound
		}
	}
	result, err := s.Store.SubjectPage(c.Request().Context(), c.Param("subject"), page)
	if errors.Is(err, db.ErrNotFound) {
		return s.moved(c, path)
	}
	if err != nil {
		return err
	}
	d, err := s.page(views.SubjectPage{
		Subject:   result.Subject,
		Questions: result.Questions,
		Page:      result.Page,
		Pages:     result.Pages,
	}, "subject", result)
	if page > 1 {
		d.query = "page=" + strconv.Itoa(page)
	}
	return s.respond(c, d, err)
}

// parsePage returns the number of a page from 2, 0 for what is none: every page
// has one address.
func parsePage(values []string) int {
	page, err := strconv.Atoi(values[0])
	if err != nil || len(values) > 1 || page < 2 || strconv.Itoa(page) != values[0] {
		return 0
	}
	return page
}
