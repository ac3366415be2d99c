package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// The addresses at which monitors check the server.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// healthz serves GET /healthz: the program is alive.
func (s *Server) healthz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.String(http.StatusOK, "ok\n")
}

// readyz serves GET /readyz: 200 when the site can answer, 503 until then.
func (s *Server) readyz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	if !s.Store.Ready() {
		c.Response().Header().Set("Retry-After", retryAfter)
		return c.String(http.StatusServiceUnavailable, "loading\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
