package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/db"
	"quicktakes/views"
)

// form is a form in which a question is served: the page (empty), or a media type.
type form string

const (
	asPage     form = ""
	asMarkdown form = "text/markdown"
	asJSON     form = "application/json"
)

// formOf returns the path of the question that a request asks for, and the form:
// the one that the address ends in, or else the one that the client wants.
func formOf(r *http.Request) (path string, as form) {
	if path, ok := strings.CutSuffix(r.URL.Path, ".md"); ok {
		return path, asMarkdown
	}
	if path, ok := strings.CutSuffix(r.URL.Path, ".json"); ok {
		return path, asJSON
	}
	return r.URL.Path, wantedForm(r)
}

// wantedForm returns the form in which the client wants a question: one other than the page
// only if the client names it and wants it at least as much. Other addresses have only a
// page.
func wantedForm(r *http.Request) form {
	accept := strings.ToLower(strings.Join(r.Header["Accept"], ","))
	wanted, most := asPage, 0.0
	for _, as := range []form{asMarkdown, asJSON} {
		if !strings.Contains(accept, string(as)) {
			continue
		}
		if weight := acceptWeight(accept, string(as)); weight > most {
			wanted, most = as, weight
		}
	}
	if wanted == asPage || most < acceptWeight(accept, "text/html") || !content.IsPostPath(r.URL.Path) {
		return asPage
	}
	return wanted
}

// announceForms sets the Link header: a page names its other forms, and each of those names
// the page that search engines should keep. At the page's own address it also sets Vary, and
// elsewhere noindex.
func (s *Server) announceForms(c echo.Context, question *db.Question, as form) {
	header := c.Response().Header()
	if as == asPage {
		header.Set("Link", fmt.Sprintf(`<%s.md>; rel="alternate"; type="%s", <%[1]s.json>; rel="alternate"; type="%[3]s"`, question.Post.Slug(), asMarkdown, asJSON))
	} else {
		header.Set("Link", fmt.Sprintf(`<%s%s>; rel="canonical"`, s.Site.BaseURL, question.Canonical))
	}
	if c.Request().URL.Path == question.Post.Path {
		header.Set("Vary", "Accept, Accept-Encoding")
	} else {
		header.Set("X-Robots-Tag", "noindex")
	}
}

// questionMarkdown returns title, source and date as YAML front matter, the question
// as a heading, and the answer with its formulas in LaTeX.
func (s *Server) questionMarkdown(question *db.Question) (document, error) {
	version, err := s.version(asMarkdown, question.Version, question.Canonical) // the Link header has the last
	write := func(_ context.Context, into *bytes.Buffer) error {
		post := question.Post
		fmt.Fprintf(into, "---\ntitle: %s\nsource: %s%s\ndate: %s\n---\n\n# %s\n\n%s\n",
			strconv.Quote(question.Rendered.Title.Text), s.Site.BaseURL, post.Path, post.Date.Format(time.DateOnly),
			answer.MarkdownTitle(post.Question, s.Site.BaseURL), answer.Markdown(post.Answer, s.Site.BaseURL))
		if post.Body != "" {
			fmt.Fprintf(into, "\n%s\n", answer.Markdown(post.Body, s.Site.BaseURL))
		}
		return nil
	}
	return document{contentType: string(asMarkdown) + "; charset=utf-8", version: version, write: write}, err
}

// questionDocument is a question as JSON: what its post says, and what the site
// derives from it.
type questionDocument struct {
	URL          string         `json:"url"`
	Canonical    string         `json:"canonical"`
	ID           int64          `json:"id"`
	Subject      string         `json:"subject"`
	Title        string         `json:"title"`
	ArticleTitle string         `json:"article_title"`
	Question     string         `json:"question"`
	QuestionText string         `json:"question_text"` // without Markdown
	Answer       questionAnswer `json:"answer"`
	Summary      string         `json:"summary"`
	Body         string         `json:"body,omitempty"`
	Author       string         `json:"author"`
	Published    time.Time      `json:"published"`
	Modified     time.Time      `json:"modified"`
	DateFormat   string         `json:"date_format"`
	PostedOn     string         `json:"post_on_text"`
	FileName     string         `json:"file_name"`
	SEO          questionSEO    `json:"seo"`
	Score        *float64       `json:"score,omitempty"`
	NoIndex      bool           `json:"no_index,omitempty"`
	Aliases      []string       `json:"aliases,omitempty"`
	Related      []questionLink `json:"related"`
	AlsoIn       []questionLink `json:"also_in,omitempty"`
}

// questionAnswer is an answer in its three forms.
type questionAnswer struct {
	Markdown string `json:"markdown"`
	HTML     string `json:"html"`
	Text     string `json:"text"`
}

type questionSEO struct {
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Keywords    []string `json:"keywords"`
}

type questionLink struct {
	URL     string `json:"url"`
	Title   string `json:"title"`
	Subject string `json:"subject"`
}

// summaryLength bounds the summary of an answer, in characters.
const summaryLength = 300

// questionJSON returns everything known about a question, as JSON.
func (s *Server) questionJSON(question *db.Question) (document, error) {
	q := question
	version, err := s.version(asJSON, q.Version, q.Modified, q.Canonical, q.Related, q.AlsoIn)
	write := func(_ context.Context, into *bytes.Buffer) error {
		return json.NewEncoder(into).Encode(newQuestionDocument(s.Site, question))
	}
	return document{contentType: string(asJSON) + "; charset=utf-8", version: version, write: write}, err
}

func newQuestionDocument(site views.Site, question *db.Question) questionDocument {
	post, rendered := question.Post, question.Rendered
	return questionDocument{
		URL:          site.BaseURL + post.Path,
		Canonical:    site.BaseURL + question.Canonical,
		ID:           post.ID,
		Subject:      post.Subject,
		Title:        post.Title,
		ArticleTitle: post.ArticleTitle,
		Question:     post.Question,
		QuestionText: rendered.Question.Text,
		Answer:       questionAnswer{answer.Markdown(post.Answer, site.BaseURL), answer.Standalone(rendered.Answer.HTML, site.BaseURL), rendered.Answer.Text},
		Summary:      answer.Summary(rendered.Answer.Text, summaryLength),
		Body:         answer.Markdown(post.Body, site.BaseURL),
		Author:       post.Author,
		Published:    post.Date,
		Modified:     question.Modified,
		DateFormat:   post.DateFormat,
		PostedOn:     post.PostedOn,
		FileName:     post.FileName,
		SEO:          questionSEO{post.SEO.Title, post.SEO.Description, append([]string{}, post.SEO.KeywordList()...)},
		Score:        post.Score,
		NoIndex:      post.NoIndex,
		Aliases:      post.Aliases,
		Related:      questionLinks(site, question.Related),
		AlsoIn:       questionLinks(site, question.AlsoIn),
	}
}

func questionLinks(site views.Site, links []content.Link) []questionLink {
	list := make([]questionLink, 0, len(links))
	for _, link := range links {
		list = append(list, questionLink{site.BaseURL + link.Path, link.Title, link.Subject})
	}
	return list
}
