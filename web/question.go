package web

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web/picture"
)

// question serves GET /learn/:subject/questions/:question: the page, or Markdown or
// JSON if the address ends in .md or .json or the client prefers them.
func (s *Server) question(c echo.Context) error {
	path, as := formOf(c.Request())
	question, err := s.Store.Question(c.Request().Context(), path)
	if errors.Is(err, db.ErrNotFound) {
		return s.movedQuestion(c, path)
	}
	if err != nil {
		return err
	}
	if !s.CanonicalDuplicates {
		question.Canonical = path
	}
	if question.Post.NoIndex {
		c.Response().Header().Set("X-Robots-Tag", "noindex")
	}
	s.announceForms(c, question, as)
	var d document
	switch as {
	case asMarkdown:
		d, err = s.questionMarkdown(question)
	case asJSON:
		d, err = s.questionJSON(question)
	case asPage:
		d, err = s.questionPage(question)
	}
	d.form = wantedForm(c.Request())
	d.tags = questionTags(question)
	return s.respond(c, d, err)
}

// movedQuestion redirects to where the question at path moved, in the form that the
// address asks for.
func (s *Server) movedQuestion(c echo.Context, path string) error {
	suffix := strings.TrimPrefix(c.Request().URL.Path, path)
	err := s.moved(c, path+suffix)
	if suffix == "" || !errors.Is(err, db.ErrNotFound) {
		return err
	}
	moved, err := s.Store.Moved(c.Request().Context(), path)
	if err != nil {
		return err
	}
	if !content.IsPostPath(moved.Path) {
		suffix = ""
	}
	return redirect(c, movedStatus(moved), moved.Path+suffix, moved.Rest)
}

// picturePath returns the address of a question's own picture, empty where most of its
// title cannot be drawn.
func (s *Server) picturePath(q *db.Question) string {
	shared := s.sharePicture(q.Post.Path, q.Rendered.Title, q.Subject.Name)
	if !picture.IsLegible(shared.card.Title...) {
		return ""
	}
	return shared.path
}

func (s *Server) questionPage(q *db.Question) (document, error) {
	return s.page(views.QuestionPage{
		Site:      s.Site,
		Post:      q.Post,
		Rendered:  q.Rendered,
		Subject:   q.Subject,
		Canonical: q.Canonical,
		Modified:  q.Modified,
		Picture:   s.picturePath(q),
		Related:   q.Related,
		Topics:    q.Topics,
		AlsoIn:    q.AlsoIn,
		Previous:  q.Newer,
		Next:      q.Older,
	}, "question", q.Version, q.Modified, q.Subject, q.Canonical, q.Related, q.Topics, q.AlsoIn, q.Newer, q.Older)
}
