package web

import (
	"bytes"
	"fmt"

	"github.com/labstack/echo/v4"
)

// llms serves GET /llms.txt, which tells language models what is here and how to read
// it (https://llmstxt.org/).
func (s *Server) llms(c echo.Context) error {
	subjects, err := s.Store.Subjects(c.Request().Context())
	if err != nil {
		return err
	}
	questions := 0
	for _, subject := range subjects {
		questions += subject.Count
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `# %s

> %d student questions in %d subjects, each with one clear answer.

Each question has a page. Add .md to its address for the question as Markdown, with formulas in
LaTeX, or .json for all its fields. The page's own address gives the same to requests that accept
text/markdown or application/json.

## Subjects

`, s.Site.Name, questions, len(subjects))
	for _, subject := range subjects {
		fmt.Fprintf(&b, "- [%s](%s%s): %d of %d questions\n", subject.Name, s.Site.BaseURL, subject.Path(), subject.Count, questions)
	}
	fmt.Fprintf(&b, `
## Optional

- [Newest questions](%[1]s/feed.xml): an Atom feed, with summaries; each subject has its own
- [Sitemap](%[1]s/sitemap.xml): all addresses, with the dates when they last changed
`, s.Site.BaseURL)
	return s.respond(c, static("text/plain; charset=utf-8", b.Bytes()), nil)
}
