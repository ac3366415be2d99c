package web

import (
	"github.com/labstack/echo/v4"

	"quicktakes/db"
	"quicktakes/views"
)

// question serves GET /learn/:subject/questions/:question: the page, or Markdown or
// JSON if the address ends in .md or .json or the client prefers them.
func (s *Server) question(c echo.Context) error {
	path, as := formOf(c.Request())
	question, err := s.Store.Question(c.Request().Context(), path)
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

func (s *Server) questionPage(q *db.Question) (document, error) {
	d, err := s.page(views.QuestionPage{
		Site:       s.Site,
		Post:       q.Post,
		Rendered:   q.Rendered,
		Subject:    q.Subject,
		Canonical:  q.Canonical,
		Modified:   q.Modified,
		Picture:    s.picturePath(q.Post.Path, q.Rendered.Title, q.Subject.Name),
		Related:    q.Related,
		Topics:     q.Topics,
		AlsoIn:     q.AlsoIn,
		Previous:   q.Newer,
		Next:       q.Older,
		DirAndLang: views.AnswerDirAndLang(q.Rendered.Answer.HTML),
	}, "question", q.Version, q.Modified, q.Subject, q.Canonical, q.Related, q.Topics, q.AlsoIn, q.Newer, q.Older)
	d.effort = quick // most are requested only by crawlers
	return d, err
}
