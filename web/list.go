package web

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"quicktakes/db"
	"quicktakes/views"
)

// requestedPage returns which page of a list a request asks for, from 1. The error is
// db.ErrNotFound if the query does not name a page properly.
func requestedPage(c echo.Context) (int, error) {
	values, ok := c.QueryParams()["page"]
	if !ok {
		return 1, nil
	}
	page := parsePage(values)
	if page == 0 {
		return 0, db.ErrNotFound
	}
	return page, nil
}

// respondList answers with one page of a list, whose version is derived from values.
func (s *Server) respondList(c echo.Context, number int, page views.Page, values ...any) error {
	d, err := s.page(page, values...)
	if number > 1 {
		d.query = "page=" + strconv.Itoa(number)
	}
	return s.respond(c, d, err)
}

// parsePage returns the number of a page, from 2, or 0 if values is not exactly one such
// number in its usual spelling: every page has one address, and that of page 1 has no number.
func parsePage(values []string) int {
	page, err := strconv.Atoi(values[0])
	if err != nil || len(values) > 1 || page < 2 || strconv.Itoa(page) != values[0] {
		return 0
	}
	return page
}
