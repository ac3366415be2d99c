package web

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/db"
	"quicktakes/views"
)

// question serves GET /learn/:subject/questions/:question: the page, or Markdown or
// JSON if the address ends in .md or .json or the client prefers them.
func (s *Server) question(c echo.Context) error {
	path, as := formOf(c.Request())
	question, err := s.Store.Question(c.Request().Context(), path)
	if errors.Is(err, db.ErrNotFound) {
		return s.movedQuestion(c, path, strings.TrimPrefix(c.Request().URL.Path, path))
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

// movedQuestion redirects to where the question at path moved. The form is what follows path
// in the requested address, such as .md, and is empty for the page. The error is that of
// db.Store.Moved.
func (s *Server) movedQuestion(c echo.Context, path, form string) error {
	moved, err := s.Store.Moved(c.Request().Context(), path)
	if form != "" && (err != nil || !content.IsPostPath(moved.Path)) {
		if failure := s.moved(c, path+form); !errors.Is(failure, db.ErrNotFound) {
			return failure // this form has its own line in _redirects
		}
		form = ""
	}
	if err != nil {
		return err
	}
	return redirect(c, moved.Status, moved.Path+form, moved.Rest)
}

func (s *Server) questionPage(q *db.Question) (document, error) {
	d, err := s.page(views.QuestionPage{
		Site:      s.Site,
		Post:      q.Post,
		Rendered:  q.Rendered,
		Subject:   q.Subject,
		Canonical: q.Canonical,
		Modified:  q.Modified,
		Picture:   s.picturePath(q.Post.Path, q.Rendered.Title, q.Subject.Name),
		Related:   q.Related,
		Topics:    q.Topics,
		AlsoIn:    q.AlsoIn,
		Previous:  q.Newer,
		Next:      q.Older,
	}, "question", q.Version, q.Modified, q.Subject, q.Canonical, q.Related, q.Topics, q.AlsoIn, q.Newer, q.Older)
	d.effort = quick // most are requested only by crawlers
	return d, err
}
