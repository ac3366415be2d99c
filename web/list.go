package web

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"quicktakes/db"
	"quicktakes/views"
)

// requestedPage returns the number of the page of a list that a request asks for.
// The error is db.ErrNotFound for what is none.
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

// respondList answers with a page of a list, whose version follows from values.
func (s *Server) respondList(c echo.Context, number int, page views.Page, values ...any) error {
	d, err := s.page(page, values...)
	if number > 1 {
		d.query = "page=" + strconv.Itoa(number)
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
