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

> %d questions of students in %d subjects, each with one clear answer.

Each question has a page. Its address with .md at the end gives the question as Markdown, with formulas in LaTeX; with
.json it gives all that is known of it. The address of the page does the same for requests that accept text/markdown or
application/json.

## Subjects

`, s.Site.Name, questions, len(subjects))
	for _, subject := range subjects {
		fmt.Fprintf(&b, "- [%s](%s%s): %d of %d questions\n", subject.Name, s.Site.BaseURL, subject.Path(), subject.Count, questions)
	}
	fmt.Fprintf(&b, `
## Optional

- [Newest questions](%[1]s/feed.xml): an Atom feed, with summaries; each subject has its own
- [Sitemap](%[1]s/sitemap.xml): all addresses, with the dates of their last changes
`, s.Site.BaseURL)
	return s.respond(c, static("text/plain; charset=utf-8", b.Bytes()), nil)
}
