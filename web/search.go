package web

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"quicktakes/db"
	"quicktakes/views"
)

// search serves GET /search?q=&subject=&page=. With exact=1 no spelling is
// corrected. Results are not cached: there is no end to what people look for.
func (s *Server) search(c echo.Context) error {
	ctx := c.Request().Context()
	number, err := requestedPage(c)
	if err != nil {
		return err
	}
	query := db.Query{Text: searchText(c), Subject: c.QueryParam("subject"), Page: number, AsTyped: c.QueryParam("exact") != ""}
	found, err := s.Store.Search(ctx, query)
	if err != nil {
		return err
	}
	page := views.SearchPage{
		Query:          query.Text,
		AsTyped:        query.AsTyped,
		Corrected:      found.Corrected,
		Dropped:        found.Dropped,
		Missing:        found.Lacking,
		Results:        found.Results,
		Total:          found.Total,
		More:           found.More,
		Page:           found.Page,
		Pages:          found.Pages,
		Subject:        found.Subject,
		Subjects:       found.Subjects,
		MoreSubjects:   found.MoreSubjects,
		UnknownSubject: query.Text != "" && query.Subject != "" && found.Subject == nil,
	}
	if found.Total == 0 {
		if page.Browse, err = s.Store.Subjects(ctx); err != nil {
			return err
		}
	}
	if query.Text != "" && number == 1 {
		s.Searches.Count(query.Text, fullMatches(found))
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "private, max-age=60")
	header.Set("X-Robots-Tag", "noindex")
	return s.sendOnce(c, http.StatusOK, page)
}

// searchText returns what a request searches for, cut to the length that a search reads,
// since each link of the page repeats it. It is empty if there is only white space.
func searchText(c echo.Context) string {
	text := bounded(c.QueryParam("q"))
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return text
}

// bounded returns as much of a text as a search reads, in whole characters.
func bounded(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), db.MaxQueryLength)], "")
}

// fullMatches returns how many results have all the words that were searched for.
func fullMatches(found *db.SearchPage) int {
	if len(found.Dropped) > 0 {
		return 0
	}
	return found.Total
}

// suggest serves GET /search/suggest?q=&subject=: the text, the questions that may
// complete it, their subjects and their addresses
// (https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1/Draft%201.wiki).
func (s *Server) suggest(c echo.Context) error {
	text := searchText(c)
	links, err := s.Store.Complete(c.Request().Context(), db.Query{Text: text, Subject: c.QueryParam("subject")})
	if err != nil {
		return err
	}
	titles, subjects, addresses := []string{}, []string{}, []string{}
	for _, link := range links {
		titles = append(titles, link.Title)
		subjects = append(subjects, link.Subject)
		addresses = append(addresses, s.Site.BaseURL+link.Path)
	}
	data, err := json.Marshal([]any{text, titles, subjects, addresses})
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "public, max-age=300")
	header.Set("X-Robots-Tag", "noindex")
	return c.Blob(http.StatusOK, "application/x-suggestions+json; charset=utf-8", data)
}

// openSearchDescription tells browsers how to search the site from their own search
// box (https://github.com/dewitt/opensearch).
type openSearchDescription struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string
	Description string
	Encoding    string `xml:"InputEncoding"`
	Image       openSearchImage
	Addresses   []openSearchAddress `xml:"Url"`
}

type openSearchImage struct {
	Width   int    `xml:"width,attr"`
	Height  int    `xml:"height,attr"`
	Type    string `xml:"type,attr"`
	Address string `xml:",chardata"`
}

type openSearchAddress struct {
	Type     string `xml:"type,attr"`
	Relation string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

// maxShortName is how long the standard allows a short name to be, in characters.
const maxShortName = 16

// openSearch serves GET /opensearch.xml.
func (s *Server) openSearch(c echo.Context) error {
	base := s.Site.BaseURL
	name := []rune(s.Site.Name)
	data, err := xml.Marshal(openSearchDescription{
		ShortName:   string(name[:min(len(name), maxShortName)]),
		Description: "Search the questions and answers of " + s.Site.Name,
		Encoding:    "UTF-8",
		Image:       openSearchImage{32, 32, "image/x-icon", base + "/favicon.ico"},
		Addresses: []openSearchAddress{
			{"text/html", "results", base + "/search?q={searchTerms}"},
			{"application/x-suggestions+json", "suggestions", base + "/search/suggest?q={searchTerms}"},
			{"application/opensearchdescription+xml", "self", base + "/opensearch.xml"},
		},
	})
	c.Response().Header().Set("Cache-Control", "public, max-age=86400")
	return s.respond(c, fixed("application/opensearchdescription+xml; charset=utf-8", append([]byte(xml.Header), data...)), err)
}
