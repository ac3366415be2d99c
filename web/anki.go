package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// ankiSuffix ends the addresses of downloads.
const ankiSuffix = "/anki.txt"

// streamTime bounds the time for a download, however slow the client.
const streamTime = 5 * time.Minute

// anki serves GET /learn/:subject/anki.txt: the subject's questions as flashcards for
// Anki, sent while they are read.
func (s *Server) anki(c echo.Context) error {
	request := c.Request()
	subject, err := s.Store.Subject(request.Context(), c.Param("subject"))
	if err != nil {
		return err
	}
	coding := codingsOf(request).quickest()
	header := c.Response().Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="`+subject.Slug+`-anki.txt"`)
	header.Set("Cache-Control", pageCaching)
	header.Set("Vary", "Accept-Encoding")
	header.Set("X-Robots-Tag", "noindex")
	if coding != identity {
		header.Set("Content-Encoding", string(coding))
	}
	c.Response().WriteHeader(http.StatusOK)
	if request.Method == http.MethodHead {
		return nil
	}
	ctx, cancel, err := extend(c)
	defer cancel()
	if err == nil {
		err = coding.stream(c.Response(), quick, func(w io.Writer) error {
			return s.Dump(ctx, w, DumpOptions{Format: Anki, Subject: subject.Slug})
		})
	}
	if err != nil {
		s.Log.Warn("download broke off", "path", request.URL.Path, "error", err)
		panic(http.ErrAbortHandler) // the client must not take a part for the whole
	}
	return nil
}

// extend gives a request the time for a download.
func extend(c echo.Context) (context.Context, context.CancelFunc, error) {
	client, _ := c.Get(keyClient).(context.Context)
	ctx, cancel := context.WithTimeout(client, streamTime)
	deadline, _ := ctx.Deadline()
	err := http.NewResponseController(c.Response()).SetWriteDeadline(deadline)
	if errors.Is(err, http.ErrNotSupported) {
		err = nil // there is none that could be too early
	}
	return ctx, cancel, err
}
