package web

import (
	"bytes"
	"encoding/xml"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"quicktakes/db"
)

// sitemap is a list of addresses, or of such lists
// (https://www.sitemaps.org/protocol.html).
type sitemap struct {
	XMLName   xml.Name
	Namespace string `xml:"xmlns,attr"`
	Addresses []any
}

// sitemapAddress is a url or sitemap element.
type sitemapAddress struct {
	XMLName  xml.Name
	Location string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
}

const contentTypeXML = "application/xml; charset=utf-8"

// sendSitemap answers with a list named root of elements named element. Times in
// the future are left out: search engines distrust them.
func (s *Server) sendSitemap(c echo.Context, root, element string, entries []db.SitemapEntry) error {
	changed := time.Unix(0, changedAt(c))
	list := sitemap{XMLName: xml.Name{Local: root}, Namespace: "http://www.sitemaps.org/schemas/sitemap/0.9"}
	for _, entry := range entries {
		address := sitemapAddress{XMLName: xml.Name{Local: element}, Location: s.Site.BaseURL + entry.Path}
		if !entry.Modified.IsZero() && !entry.Modified.After(changed) {
			address.Modified = entry.Modified.Format(time.RFC3339)
		}
		list.Addresses = append(list.Addresses, address)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(list); err != nil {
		return err
	}
	return s.respond(c, static(contentTypeXML, b.Bytes()), nil)
}

// sitemapIndex serves GET /sitemap.xml: one list for each subject, and one for the
// other pages.
func (s *Server) sitemapIndex(c echo.Context) error {
	subjects, err := s.Store.SitemapSubjects(c.Request().Context())
	if err != nil {
		return err
	}
	entries := []db.SitemapEntry{{Path: "/sitemaps/pages.xml"}}
	for _, subject := range subjects {
		entries = append(entries, db.SitemapEntry{Path: "/sitemaps/" + subject.Path + ".xml", Modified: subject.Modified})
	}
	return s.sendSitemap(c, "sitemapindex", "sitemap", entries)
}

// sitemapPages serves GET /sitemaps/pages.xml: home, all subjects, each subject.
func (s *Server) sitemapPages(c echo.Context) error {
	subjects, err := s.Store.SitemapSubjects(c.Request().Context())
	if err != nil {
		return err
	}
	var newest time.Time
	var entries []db.SitemapEntry
	for _, subject := range subjects {
		entries = append(entries, db.SitemapEntry{Path: "/learn/" + subject.Path, Modified: subject.Modified})
		if subject.Modified.After(newest) {
			newest = subject.Modified
		}
	}
	first := []db.SitemapEntry{{Path: "/", Modified: newest}, {Path: "/learn", Modified: newest}}
	return s.sendSitemap(c, "urlset", "url", append(first, entries...))
}

// sitemapSubject serves GET /sitemaps/{subject}.xml.
func (s *Server) sitemapSubject(c echo.Context) error {
	subject, ok := strings.CutSuffix(c.Param("file"), ".xml")
	if !ok {
		return db.ErrNotFound
	}
	entries, err := s.Store.SitemapPosts(c.Request().Context(), subject, s.CanonicalDuplicates)
	if err != nil {
		return err
	}
	return s.sendSitemap(c, "urlset", "url", entries)
}
