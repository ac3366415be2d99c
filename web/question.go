package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"quicktakes/db"
	"quicktakes/views"
)

// question serves GET /learn/:subject/questions/:question, as Markdown or JSON if
// the address ends in .md or .json.
func (s *Server) question(c echo.Context) error {
	address := c.Request().URL.Path
	path, asMarkdown := strings.CutSuffix(address, ".md")
	path, asJSON := strings.CutSuffix(path, ".json")
	question, err := s.Store.Question(c.Request().Context(), path)
	if errors.Is(err, db.ErrNotFound) {
		return s.moved(c, address)
	}
	if err != nil {
		return err
	}
	if !s.CanonicalDuplicates {
		question.Canonical = path
	}
	header := c.Response().Header()
	if question.Post.NoIndex {
		header.Set("X-Robots-Tag", "noindex")
	}
	switch {
	case asMarkdown:
		return s.questionMarkdown(c, question)
	case asJSON:
		return s.questionJSON(c, question)
	}
	return s.render(c, http.StatusOK, views.QuestionPage{
		Post:      question.Post,
		Rendered:  question.Rendered,
		Subject:   question.Subject,
		Canonical: question.Canonical,
		Modified:  question.Modified,
		Related:   question.Related,
		AlsoIn:    question.AlsoIn,
		Previous:  question.Newer,
		Next:      question.Older,
	})
}
