package web

import (
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Bare returns an Echo server that answers every request with one header and body:
// what the serving of finished pages is compared with.
func Bare(header http.Header, body []byte) http.Handler {
	e := echo.New()
	e.GET("/*", func(c echo.Context) error {
		maps.Copy(c.Response().Header(), header)
		return c.Blob(http.StatusOK, header.Get("Content-Type"), body)
	})
	return e
}
