package web

import "github.com/labstack/echo/v4"

// Handle adds an address whose handler is given by a test.
func (s *Server) Handle(path string, handler func() error) {
	s.get(path, func(echo.Context) error { return handler() })
}

// SetSitemapSize makes sitemaps hold at most size addresses.
func (s *Server) SetSitemapSize(size int) { s.sitemapSize = size }
