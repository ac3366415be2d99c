package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/temoto/robotstxt"

	"quicktakes/content"
)

const (
	robotsPath  = "/robots.txt"
	sitemapPath = "/sitemap.xml"
)

// crawlerName is the crawler whose rules in robots.txt apply.
const crawlerName = "Googlebot"

// maxSitemapSize is how many addresses a sitemap may hold
// (https://www.sitemaps.org/protocol.html#index).
const maxSitemapSize = 50_000

// readSitemaps fills in the pages. It returns an error if there are none.
func (a *audit) readSitemaps(ctx context.Context) error {
	if err := a.readRobots(ctx); err != nil {
		return err
	}
	seen := map[string]bool{}
	sitemaps := []string{sitemapPath}
	for number := 0; number < len(sitemaps); number++ {
		list, isIndex, err := a.readSitemap(ctx, sitemaps[number])
		if err != nil {
			if number == 0 {
				return fmt.Errorf("read %s%s: %w", a.site, sitemapPath, err)
			}
			a.report(sitemaps[number], content.LevelError, "%v", err)
		}
		for _, address := range list {
			path, ok := a.own(sitemapPath, address)
			switch {
			case !ok:
				a.report(sitemaps[number], content.LevelError, "lists %s, which is not on %s", address, a.origin)
			case seen[path]:
				a.report(sitemaps[number], content.LevelError, "lists %s, which was listed before", path)
			case isIndex:
				seen[path] = true
				sitemaps = append(sitemaps, path)
			default:
				seen[path] = true
				a.pages = append(a.pages, path)
				if !a.robots.Test(path) {
					a.report(path, content.LevelError, "is in the sitemap and disallowed by %s", robotsPath)
				}
			}
		}
	}
	if len(a.pages) == 0 {
		return fmt.Errorf("%s%s lists no page of %s: set --base-url to the origin of its addresses", a.site, sitemapPath, a.origin)
	}
	return nil
}

// readRobots reads which addresses search engines may request
// (https://www.rfc-editor.org/rfc/rfc9309).
func (a *audit) readRobots(ctx context.Context) error {
	reply, err := a.ask(ctx, http.MethodGet, robotsPath)
	if err != nil {
		return err
	}
	robots, err := robotstxt.FromStatusAndBytes(reply.status, reply.body)
	if err != nil {
		return fmt.Errorf("read %s%s: %w", a.site, robotsPath, err)
	}
	if !slices.Contains(robots.Sitemaps, a.origin+sitemapPath) {
		a.report(robotsPath, content.LevelWarning, "does not name %s", a.origin+sitemapPath)
	}
	a.robots = robots.FindGroup(crawlerName)
	return nil
}

// readSitemap returns the addresses that a sitemap or an index of sitemaps lists.
func (a *audit) readSitemap(ctx context.Context, path string) (list []string, isIndex bool, err error) {
	reply, err := a.ask(ctx, http.MethodGet, path)
	if err != nil {
		return nil, false, err
	}
	if reply.status != http.StatusOK {
		return nil, false, fmt.Errorf("answers %d", reply.status)
	}
	decoder := xml.NewDecoder(bytes.NewReader(reply.body))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return list, isIndex, err
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "sitemapindex":
			isIndex = true
		case "loc":
			var address string
			if err := decoder.DecodeElement(&address, &element); err != nil {
				return list, isIndex, err
			}
			list = append(list, address)
		}
	}
	if len(list) > maxSitemapSize {
		err = fmt.Errorf("lists %d addresses, more than %d", len(list), maxSitemapSize)
	}
	return list, isIndex, err
}
