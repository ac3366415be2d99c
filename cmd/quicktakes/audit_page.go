package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/content"
)

// The limits above which a page is slow, and large (in bytes before compression).
const (
	slowPage  = time.Second
	largePage = 512 << 10
)

// auditPage reports what is wrong with a page, and keeps what it links to.
func (a *audit) auditPage(ctx context.Context, path string) {
	reply, err := a.ask(ctx, http.MethodGet, path)
	if ctx.Err() != nil {
		return
	}
	fail := func(format string, args ...any) { a.report(path, content.LevelError, format, args...) }
	warn := func(format string, args ...any) { a.report(path, content.LevelWarning, format, args...) }
	if err != nil {
		fail("%v", err)
		return
	}
	if location := reply.header.Get("Location"); location != "" {
		fail("is in the sitemap and redirects to %s", location)
		return
	}
	if reply.status != http.StatusOK {
		fail("is in the sitemap and answers %d", reply.status)
		return
	}
	if kind, _, err := mime.ParseMediaType(reply.header.Get("Content-Type")); err != nil || kind != "text/html" {
		fail("is %q, not text/html", reply.header.Get("Content-Type"))
		return
	}
	if reply.duration > slowPage {
		warn("takes %.1f s", reply.duration.Seconds())
	}
	if len(reply.body) > largePage {
		warn("has %d KB", len(reply.body)>>10)
	}
	page, err := goquery.NewDocumentFromReader(bytes.NewReader(reply.body))
	if err != nil {
		fail("%v", err)
		return
	}
	robots := append(reply.header.Values("X-Robots-Tag"), attributes(page, "meta[name=robots], meta[name=googlebot]", "content")...)
	if slices.ContainsFunc(robots, func(text string) bool { return strings.Contains(strings.ToLower(text), "noindex") }) {
		fail("is in the sitemap and says noindex")
	}
	a.auditHead(path, page, fail, warn)
	switch headings := page.Find("h1"); {
	case headings.Length() != 1:
		fail("has %d h1", headings.Length())
	case strings.TrimSpace(headings.Text()) == "":
		fail("has an empty h1")
	}
	auditStructuredData(page, fail, warn)
	a.keepLinks(path, page)
}

// auditHead looks at what search engines show of a page.
func (a *audit) auditHead(path string, page *goquery.Document, fail, warn func(string, ...any)) {
	switch canonical := attributes(page, "link[rel=canonical]", "href"); {
	case len(canonical) != 1:
		fail("has %d canonical links", len(canonical))
	case canonical[0] != a.origin+path:
		fail("is in the sitemap and has the canonical link %s", canonical[0])
	}
	switch titles := page.Find("head > title"); {
	case titles.Length() != 1:
		fail("has %d titles", titles.Length())
	case strings.TrimSpace(titles.Text()) == "":
		fail("has an empty title")
	default:
		if other := a.first(a.titles, titles.Text(), path); other != path {
			fail("has the title of %s", other)
		}
	}
	switch descriptions := attributes(page, "meta[name=description]", "content"); {
	case len(descriptions) != 1:
		warn("has %d descriptions", len(descriptions))
	case strings.TrimSpace(descriptions[0]) == "":
		warn("has an empty description")
	default:
		if other := a.first(a.descriptions, descriptions[0], path); other != path {
			warn("has the description of %s", other)
		}
	}
}

// first returns the first page found with a text, which may be page itself.
func (a *audit) first(pages map[uint64]string, text, page string) string {
	hash := maphash.String(a.seed, strings.TrimSpace(text))
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if _, ok := pages[hash]; !ok {
		pages[hash] = page
	}
	return pages[hash]
}

// keepLinks notes which addresses of the site a page links to.
func (a *audit) keepLinks(path string, page *goquery.Document) {
	targets := map[string]bool{}
	for _, address := range attributes(page, "a[href]", "href") {
		if target, ok := a.own(path, address); ok {
			targets[target] = true
		}
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	for target := range targets {
		if a.links[target] == nil {
			a.links[target] = &linked{page: path}
		}
		a.links[target].pages++
	}
}

// attributes returns an attribute of all elements that match a selector.
func attributes(page *goquery.Document, selector, name string) []string {
	return page.Find(selector).Map(func(_ int, element *goquery.Selection) string { return element.AttrOr(name, "") })
}

// required are the properties without which search engines ignore a type of structured
// data (https://developers.google.com/search/docs/appearance/structured-data).
var required = map[string][]string{
	"Answer":          {"text"},
	"Article":         {"headline", "image", "datePublished", "dateModified", "author"},
	"BreadcrumbList":  {"itemListElement"},
	"ListItem":        {"position"},
	"AlignmentObject": {"alignmentType", "targetName"},
	"Organization":    {"name", "url"},
	"Question":        {"text", "acceptedAnswer"},
	"Quiz":            {"hasPart", "about"},
	"WebSite":         {"name", "url"},
}

// requiredOfAuthor are those of an author of any type: posts say only who it is.
var requiredOfAuthor = []string{"name"}

// auditStructuredData looks at the JSON-LD of a page.
func auditStructuredData(page *goquery.Document, fail, warn func(string, ...any)) {
	scripts := page.Find("script[type='application/ld+json']")
	if scripts.Length() == 0 {
		warn("has no structured data")
	}
	scripts.Each(func(_ int, script *goquery.Selection) {
		var data any
		if err := json.Unmarshal([]byte(script.Text()), &data); err != nil {
			fail("has structured data that is not JSON: %v", err)
			return
		}
		for _, lack := range lacking("", data) {
			fail("structured data: %s", lack)
		}
	})
}

// lacking lists the required properties that a value of structured data, or anything in it,
// lacks, each once. The value is that of a property, "" for the whole.
func lacking(of string, value any) []string {
	var lacks []string
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			lacks = append(lacks, lacking(of, item)...)
		}
	case map[string]any:
		for property, item := range value {
			lacks = append(lacks, lacking(property, item)...)
		}
		kinds, _ := value["@type"].([]any)
		if kind, ok := value["@type"].(string); ok {
			kinds = []any{kind}
		}
		for _, kind := range kinds {
			name, _ := kind.(string)
			properties := required[name]
			if of == "author" {
				properties = requiredOfAuthor
			}
			for _, property := range properties {
				if isEmpty(value[property]) {
					lacks = append(lacks, fmt.Sprintf("%s lacks %s", name, property))
				}
			}
		}
	}
	slices.Sort(lacks)
	return slices.Compact(lacks)
}

// isEmpty reports whether a value of structured data is missing or empty.
func isEmpty(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(value) == ""
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return false
}
