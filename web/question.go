package web

import (
	"errors"
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
	asJSON := false
	if !asMarkdown {
		path, asJSON = strings.CutSuffix(address, ".json")
	}
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
	q := question
	d, err := s.page(views.QuestionPage{
		Site:      s.Site,
		Post:      q.Post,
		Rendered:  q.Rendered,
		Subject:   q.Subject,
		Canonical: q.Canonical,
		Modified:  q.Modified,
		Picture:   s.sharePicture(q).path,
		Related:   q.Related,
		AlsoIn:    q.AlsoIn,
		Previous:  q.Newer,
		Next:      q.Older,
	}, "question", q.Version, q.Modified, q.Subject, q.Canonical, q.Related, q.AlsoIn, q.Newer, q.Older)
	return s.respond(c, d, err)
}
