package web

import "github.com/labstack/echo/v4"

// speculationRulesPath is the address of the rules by which a browser may fetch a page
// before the reader goes to it.
const speculationRulesPath = "/speculation-rules.json"

// speculationRules serves GET /speculation-rules.json: pages of the site are fetched
// when the reader is about to follow a link, but not shown in the background: they
// take no time to speak of to be shown. Only the script makes a .status: who reads
// without it gets nothing that was not asked for. What is another at each request, or
// is no page, is left out
// (https://html.spec.whatwg.org/multipage/speculative-loading.html).
func (s *Server) speculationRules(c echo.Context) error {
	const rules = `{"prefetch": [{
	"where": {"and": [
		{"href_matches": "/*"},
		{"selector_matches": ":root:has(.status) a"},
		{"not": {"href_matches": ["/search?*", "/random", "/*.*"]}},
		{"not": {"selector_matches": "[rel~=nofollow], [download]"}}
	]},
	"eagerness": "moderate"
}]}
`
	c.Response().Header().Set("Cache-Control", "public, max-age=86400")
	return s.respond(c, static("application/speculationrules+json", []byte(rules)), nil)
}
