package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/db"
)

// announceAlternate says of another form of a question's page which page search
// engines should keep.
func (s *Server) announceAlternate(c echo.Context, question *db.Question) {
	header := c.Response().Header()
	header.Set("Link", fmt.Sprintf(`<%s%s>; rel="canonical"`, s.Site.BaseURL, question.Canonical))
	header.Set("X-Robots-Tag", "noindex")
}

// questionMarkdown answers with title, source and date as YAML front matter, the
// question as heading, and the answer with its formulas in LaTeX.
func (s *Server) questionMarkdown(c echo.Context, question *db.Question) error {
	s.announceAlternate(c, question)
	post := question.Post
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntitle: %s\nsource: %s%s\ndate: %s\n---\n\n# %s\n\n%s\n",
		strconv.Quote(question.Rendered.Title.Text), s.Site.BaseURL, post.Path, post.Date.Format(time.DateOnly),
		post.Question, answer.Markdown(post.Answer))
	if post.Body != "" {
		fmt.Fprintf(&b, "\n%s\n", post.Body)
	}
	d := static("text/markdown; charset=utf-8", b.Bytes())
	d.version = hash(append(b.Bytes(), question.Canonical...)) // the header names it
	return s.respond(c, d, nil)
}

// questionDocument is a question as JSON: what its post says, and what the site
// makes of it.
type questionDocument struct {
	URL          string         `json:"url"`
	Canonical    string         `json:"canonical"`
	ID           int64          `json:"id"`
	Subject      string         `json:"subject"`
	Title        string         `json:"title"`
	ArticleTitle string         `json:"article_title"`
	Question     string         `json:"question"`
	Answer       questionAnswer `json:"answer"`
	Summary      string         `json:"summary"`
	Author       string         `json:"author"`
	Published    time.Time      `json:"published"`
	Modified     time.Time      `json:"modified"`
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

// questionJSON answers with all that is known of a question.
func (s *Server) questionJSON(c echo.Context, question *db.Question) error {
	s.announceAlternate(c, question)
	post, rendered := question.Post, question.Rendered
	data, err := json.Marshal(questionDocument{
		URL:          s.Site.BaseURL + post.Path,
		Canonical:    s.Site.BaseURL + question.Canonical,
		ID:           post.ID,
		Subject:      post.Subject,
		Title:        post.Title,
		ArticleTitle: post.ArticleTitle,
		Question:     post.Question,
		Answer:       questionAnswer{answer.Markdown(post.Answer), rendered.Answer.HTML, rendered.Answer.Text},
		Summary:      answer.Summary(rendered.Answer.Text, summaryLength),
		Author:       post.Author,
		Published:    post.Date,
		Modified:     question.Modified,
		SEO:          questionSEO{post.SEO.Title, post.SEO.Description, post.SEO.KeywordList()},
		Score:        post.Score,
		NoIndex:      post.NoIndex,
		Aliases:      post.Aliases,
		Related:      s.questionLinks(question.Related),
		AlsoIn:       s.questionLinks(question.AlsoIn),
	})
	return s.respond(c, static("application/json; charset=utf-8", data), err)
}

func (s *Server) questionLinks(links []content.Link) []questionLink {
	list := make([]questionLink, 0, len(links))
	for _, link := range links {
		list = append(list, questionLink{s.Site.BaseURL + link.Path, link.Title, link.Subject})
	}
	return list
}
