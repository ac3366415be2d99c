package web

import "github.com/labstack/echo/v4"

// speculationRulesPath is the address of the rules by which a browser may make a page
// before the reader goes to it.
const speculationRulesPath = "/speculation-rules.json"

// speculationRules serves GET /speculation-rules.json: pages of the site, when the
// reader is about to follow a link, are made in the background. What is another at
// each request, or is no page, is left out
// (https://html.spec.whatwg.org/multipage/speculative-loading.html).
func (s *Server) speculationRules(c echo.Context) error {
	const rules = `{"prerender": [{
	"where": {"and": [
		{"href_matches": "/*"},
		{"not": {"href_matches": ["/search?*", "/random", "/*.*"]}},
		{"not": {"selector_matches": "[rel~=nofollow], [download]"}}
	]},
	"eagerness": "moderate"
}]}
`
	c.Response().Header().Set("Cache-Control", "public, max-age=86400")
	return s.respond(c, static("application/speculationrules+json", []byte(rules)), nil)
}
