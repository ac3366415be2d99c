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

// The time limits of a download. A client that stops reading makes room for another.
const (
	downloadTimeout      = 5 * time.Minute  // for the whole download
	downloadWriteTimeout = 30 * time.Second // for each write
)

// anki serves GET /learn/:subject/anki.txt: the subject's questions as flashcards for
// Anki, sent as they are read from the database.
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
	s.setCacheTags(header, request.URL.Path, nil)
	if coding != codingIdentity {
		header.Set("Content-Encoding", string(coding))
	}
	c.Response().WriteHeader(http.StatusOK)
	if request.Method == http.MethodHead {
		return nil
	}
	client, _ := c.Get(keyClient).(context.Context)
	ctx, cancel := context.WithTimeout(client, downloadTimeout)
	defer cancel()
	err = coding.stream(newPieceWriter(c.Response()), quick, func(w io.Writer) error {
		return s.Dump(ctx, w, DumpOptions{Format: Anki, Subject: subject.Slug})
	})
	if err != nil {
		if !hasLeft(c, err) {
			s.Log.Warn("download was cut short", "path", request.URL.Path, "error", err)
		}
		panic(http.ErrAbortHandler) // the client must not mistake a part for the whole
	}
	return nil
}

// pieceWriter writes a response that may take longer than others. Each write has a deadline
// of its own.
type pieceWriter struct {
	http.ResponseWriter
	controller *http.ResponseController
}

func newPieceWriter(w http.ResponseWriter) pieceWriter {
	return pieceWriter{w, http.NewResponseController(w)}
}

// Write implements io.Writer.
func (w pieceWriter) Write(piece []byte) (int, error) {
	err := w.controller.SetWriteDeadline(now().Add(downloadWriteTimeout))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return w.ResponseWriter.Write(piece)
}
