package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web/picture"
)

// picturePrefix begins the addresses of share pictures.
const picturePrefix = "/og/"

// pictureFile matches the file name of a share picture: the question's slug and a hash of
// what the picture shows.
var pictureFile = regexp.MustCompile(`^([^.]+)\.[0-9a-f]{24}\.png$`)

// picture serves GET /og/:subject/:file. An earlier address of a question's picture
// redirects to the current one: other sites keep addresses of pictures for a long time.
func (s *Server) picture(c echo.Context) error {
	name := pictureFile.FindStringSubmatch(c.Param("file"))
	if name == nil {
		return db.ErrNotFound
	}
	question, err := s.questionOrMoved(c.Request().Context(), "/learn/"+c.Param("subject")+"/questions/"+name[1])
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	shared := s.sharePicture(question.Post.Path, question.Rendered.Title, question.Subject.Name)
	if c.Request().URL.Path != shared.path {
		// A title may change back, which makes an old picture the current one again.
		header.Set("Cache-Control", "no-cache")
		return c.Redirect(http.StatusFound, shared.path)
	}
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	draw := func(_ context.Context, into *bytes.Buffer) error { return s.painter.Draw(into, shared.card) }
	return s.respond(c, document{contentType: "image/png", version: shared.version, write: draw, tags: []string{question.Post.Path}}, nil)
}

// questionOrMoved returns the question that is at path or has moved from there.
func (s *Server) questionOrMoved(ctx context.Context, path string) (*db.Question, error) {
	question, err := s.Store.Question(ctx, path)
	if !errors.Is(err, db.ErrNotFound) {
		return question, err
	}
	moved, err := s.Store.Moved(ctx, path)
	if err != nil {
		return nil, err
	}
	return s.Store.Question(ctx, moved.Path)
}

// sharePicture is the picture that link previews show of a question.
type sharePicture struct {
	path    string
	version string // differs between pictures
	card    picture.Card
}

// sharePicture returns the picture of the question at path, with its title and its
// subject's name.
func (s *Server) sharePicture(path string, title answer.Title, subject string) sharePicture {
	slug := content.SubjectSlugOf(path)
	card := picture.Card{Title: passages(title), Subject: subject, Hue: views.HueDegrees(slug)}
	version := hash(fmt.Appendf(nil, "%s %q %#v", picture.Version, s.Site.Name, card))
	return sharePicture{picturePrefix + slug + "/" + content.SlugOf(path) + "." + version + ".png", version, card}
}

// picturePath returns the address of a question's own picture, empty if its title
// cannot be drawn.
func (s *Server) picturePath(path string, title answer.Title, subject string) string {
	shared := s.sharePicture(path, title, subject)
	if !picture.IsLegible(shared.card.Title...) {
		return ""
	}
	return shared.path
}

// passages returns the parts of a title as the painter takes them.
func passages(title answer.Title) []picture.Passage {
	var list []picture.Passage
	for _, passage := range title.Passages() {
		list = append(list, picture.Passage(passage))
	}
	return list
}
