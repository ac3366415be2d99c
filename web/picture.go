package web

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web/picture"
)

// picturePrefix begins the addresses of share pictures.
const picturePrefix = "/og/"

// picture serves GET /og/:subject/:file, where the file is named for a question and
// for what its picture shows. Any other hash than that of today's is 404.
func (s *Server) picture(c echo.Context) error {
	slug, _, _ := strings.Cut(c.Param("file"), ".")
	question, err := s.Store.Question(c.Request().Context(), "/learn/"+c.Param("subject")+"/questions/"+slug)
	if err != nil {
		return err
	}
	shared := s.sharePicture(question.Post.Path, question.Rendered.Title, question.Subject.Name)
	if c.Request().URL.Path != shared.path {
		return db.ErrNotFound
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	draw := func(_ context.Context, into *bytes.Buffer) error { return s.painter.Draw(into, shared.card) }
	return s.respond(c, document{contentType: "image/png", version: shared.version, write: draw}, nil)
}

// sharePicture is the picture of a question.
type sharePicture struct {
	path    string
	version string // another for every other picture
	card    picture.Card
}

// sharePicture returns the picture of the question at path, in the words of its title
// and its subject's name.
func (s *Server) sharePicture(path string, title answer.Title, subject string) sharePicture {
	post := content.Post{Path: path}
	card := picture.Card{Title: passages(title), Subject: subject, Hue: views.HueDegrees(post.SubjectSlug())}
	version := hash(fmt.Appendf(nil, "%s %q %#v", picture.Version, s.Site.Name, card))
	return sharePicture{picturePrefix + post.SubjectSlug() + "/" + post.Slug() + "." + version + ".png", version, card}
}

// codeElement finds the code in a title.
var codeElement = regexp.MustCompile(`<code>(.*?)</code>`)

// passages returns the text of a title with its code apart.
func passages(title answer.Title) []picture.Passage {
	var list []picture.Passage
	rest := title.Text
	for _, match := range codeElement.FindAllStringSubmatch(title.HTML, -1) {
		code := html.UnescapeString(match[1])
		before, after, found := strings.Cut(rest, code)
		if !found {
			continue
		}
		list = append(list, picture.Passage{Text: before}, picture.Passage{Text: code, Code: true})
		rest = after
	}
	return append(list, picture.Passage{Text: rest})
}
