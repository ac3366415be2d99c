package web

import "github.com/labstack/echo/v4"

// speculationRulesPath is the address of the rules that let a browser fetch a page before
// the reader opens it.
const speculationRulesPath = "/speculation-rules.json"

// speculationRules serves GET /speculation-rules.json: pages of the site are fetched
// when the reader is about to follow a link, but not rendered ahead of time, because
// rendering takes hardly any time. Only the script creates a .status element, so without
// the script nothing is fetched that was not asked for. Addresses that answer differently
// each time, or that are not pages, are left out
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
	return s.respond(c, fixed("application/speculationrules+json", []byte(rules)), nil)
}
