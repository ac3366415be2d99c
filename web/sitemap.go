package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"quicktakes/db"
)

// maxSitemapSize is how many addresses a sitemap holds at most: a fifth of the limit
// (https://www.sitemaps.org/protocol.html#index), because each is built in memory.
const maxSitemapSize = 10_000

// The names of sitemaps that are not the slug of a subject. A slug has no dot.
const (
	pagesSitemap = "pages"
	// namesakeSitemap is the sitemap of a subject whose slug is pages.
	namesakeSitemap = "pages.subject"
)

const contentTypeXML = "application/xml; charset=utf-8"

// sitemap serves GET /sitemaps/{name}.xml and, for what does not fit into that,
// /sitemaps/{name}.{part}.xml, with parts from 2. The name is the slug of a subject or
// one of those above.
func (s *Server) sitemap(c echo.Context) error {
	name, ok := strings.CutSuffix(c.Param("file"), ".xml")
	if !ok {
		return db.ErrNotFound
	}
	part := 1
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && name != namesakeSitemap {
		if part = parsePage([]string{name[dot+1:]}); part == 0 {
			return db.ErrNotFound
		}
		name = name[:dot]
	}
	entries, err := s.sitemapEntries(c.Request().Context(), name, part)
	if err != nil {
		return err
	}
	return s.sendSitemap(c, "urlset", "url", entries)
}

// sitemapEntries returns what a part of a sitemap lists. The error is
// db.ErrNotFound if there is no such part.
func (s *Server) sitemapEntries(ctx context.Context, name string, part int) ([]db.SitemapEntry, error) {
	switch name {
	case pagesSitemap:
		return s.sitemapPagesPart(ctx, part)
	case namesakeSitemap:
		name = pagesSitemap
	}
	return s.Store.SitemapPosts(ctx, name, part, s.sitemapSize, s.CanonicalDuplicates)
}

// sitemapPagesPart returns what a part of the sitemap of pages lists.
func (s *Server) sitemapPagesPart(ctx context.Context, part int) ([]db.SitemapEntry, error) {
	pages, topics, err := s.sitemapPages(ctx)
	if err != nil {
		return nil, err
	}
	count := len(pages) + topics
	if part > (count+s.sitemapSize-1)/s.sitemapSize {
		return nil, db.ErrNotFound
	}
	start := (part - 1) * s.sitemapSize
	end := min(start+s.sitemapSize, count)
	if end <= len(pages) {
		return pages[start:end], nil
	}
	first := max(0, start-len(pages))
	paths, err := s.Store.TopicPaths(ctx, first, end-len(pages)-first)
	entries := pages[min(start, len(pages)):]
	for _, path := range paths {
		entries = append(entries, db.SitemapEntry{Path: path})
	}
	return entries, err
}

// sitemapPages returns the pages that are not posts, and how many topics follow them. They
// have no times, because nobody records when what they list changes.
func (s *Server) sitemapPages(ctx context.Context) (pages []db.SitemapEntry, topics int, err error) {
	subjects, err := s.Store.Subjects(ctx)
	if err != nil {
		return nil, 0, err
	}
	pages = []db.SitemapEntry{{Path: "/"}, {Path: "/learn"}, {Path: "/topics"}, {Path: "/about"}, {Path: "/privacy"}}
	for _, subject := range subjects {
		pages = append(pages, db.SitemapEntry{Path: subject.Path()}, db.SitemapEntry{Path: subject.FlashcardsPath()})
	}
	topics, err = s.Store.TopicCount(ctx)
	return pages, topics, err
}

// sitemapPath returns the address of a part of a sitemap.
func sitemapPath(name string, part int) string {
	if part > 1 {
		name = fmt.Sprintf("%s.%d", name, part)
	}
	return "/sitemaps/" + name + ".xml"
}

// sitemapIndex serves GET /sitemap.xml: all sitemaps, those of pages first.
func (s *Server) sitemapIndex(c echo.Context) error {
	ctx := c.Request().Context()
	pages, topics, err := s.sitemapPages(ctx)
	if err != nil {
		return err
	}
	subjects, err := s.Store.SitemapSubjects(ctx, s.sitemapSize, s.CanonicalDuplicates)
	if err != nil {
		return err
	}
	var entries []db.SitemapEntry
	for start := 0; start < len(pages)+topics; start += s.sitemapSize {
		entries = append(entries, db.SitemapEntry{Path: sitemapPath(pagesSitemap, start/s.sitemapSize+1)})
	}
	for _, subject := range subjects {
		name := subject.Slug
		if name == pagesSitemap {
			name = namesakeSitemap
		}
		for i, modified := range subject.Parts {
			entries = append(entries, db.SitemapEntry{Path: sitemapPath(name, i+1), Modified: modified})
		}
	}
	return s.sendSitemap(c, "sitemapindex", "sitemap", entries)
}

// sendSitemap answers with an element named root that holds one named element per entry
// (https://www.sitemaps.org/protocol.html). Times in the future are left out: search
// engines distrust them.
func (s *Server) sendSitemap(c echo.Context, root, element string, entries []db.SitemapEntry) error {
	changed := time.Unix(0, changedAt(c))
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s<%s xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", xml.Header, root)
	for _, entry := range entries {
		fmt.Fprintf(&b, "<%s><loc>", element)
		if err := xml.EscapeText(&b, []byte(s.Site.BaseURL+entry.Path)); err != nil {
			return err
		}
		b.WriteString("</loc>")
		if !entry.Modified.IsZero() && !entry.Modified.After(changed) {
			fmt.Fprintf(&b, "<lastmod>%s</lastmod>", entry.Modified.Format(time.RFC3339))
		}
		fmt.Fprintf(&b, "</%s>\n", element)
	}
	fmt.Fprintf(&b, "</%s>\n", root)
	return s.respond(c, static(contentTypeXML, b.Bytes()), nil)
}
