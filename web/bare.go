package web

import (
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Bare returns an Echo server that answers every request with the given header and body:
// the baseline against which serving finished pages is measured.
func Bare(header http.Header, body []byte) http.Handler {
	e := echo.New()
	e.GET("/*", func(c echo.Context) error {
		maps.Copy(c.Response().Header(), header)
		return c.Blob(http.StatusOK, header.Get("Content-Type"), body)
	})
	return e
}
