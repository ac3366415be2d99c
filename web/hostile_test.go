package web_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/content/contenttest"
)

// What a post says is shown as text everywhere: it never becomes markup, a script, or the
// address of a script.
func TestHostilePost(t *testing.T) {
	const (
		script = `</script></title><script>alert(1)</script><img src=x onerror=alert(1)>"'><b>`
		marks  = "\u202e\u2066\u200f\ufeff&#xE000;0&#xE001;"
		path   = "/learn/biology/questions/hostile"
	)
	text := "Why " + script + marks + " [x](javascript:alert(1))?"
	quoted := func(field string) string { return fmt.Sprintf("%s: '%s'", field, strings.ReplaceAll(text, "'", "''")) }
	s := newSite(t, nil, contenttest.Post{Path: "/learn/biology/questions/good"})
	contenttest.WriteFile(t, s.folder, "learn/hostile.md", strings.Join([]string{
		"---", "url: " + path, "date: 2025-01-31", quoted("title"), quoted("question"), quoted("article_title"), quoted("answer"),
		quoted("author"), quoted("subject"), quoted("date_format"), quoted("post_on_text"), quoted("file_name"),
		"seo:", "  " + quoted("title"), "  " + quoted("page_description"), "  " + quoted("page_keywords"),
		"related_article1:", "  id: 1", "  " + quoted("title"), "  " + quoted("subject"), "  url: 'javascript:alert(1)'",
		"related_article2:", "  id: 2", "  " + quoted("title"), "  url: '//evil.example/x'",
		"aliases: ['javascript:alert(1)', '//evil.example', '/..%2f']",
		"---", text, "",
	}, "\n"))
	s.load()
	if response := s.ask("GET", path); response.StatusCode != 200 {
		t.Fatalf("the post is not shown: %d", response.StatusCode)
	}
	for _, page := range []string{"/", "/learn", "/learn/biology", path, path + ".md", "/search?q=why", "/topics", "/learn/biology/questions/good", "/nowhere/hostile"} {
		response := s.ask("GET", page)
		if response.StatusCode >= 500 {
			t.Errorf("%s: status %d", page, response.StatusCode)
		}
		if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
			continue
		}
		checkHarmless(t, page, body(t, response))
	}
	for _, page := range []string{path + ".json", "/feed.json", "/search/suggest?q=why"} {
		if text := body(t, s.ask("GET", page)); !json.Valid([]byte(text)) {
			t.Errorf("%s is not JSON: %s", page, text)
		}
	}
	for _, page := range []string{"/feed.xml", "/learn/biology/feed.xml", "/sitemap.xml", "/sitemaps/biology.xml"} {
		decoder := xml.NewDecoder(strings.NewReader(body(t, s.ask("GET", page))))
		for {
			_, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Errorf("%s is not XML: %v", page, err)
				break
			}
		}
	}
	if strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("log: %s", s.log)
	}
}

// checkHarmless fails t if a page contains anything that neither the frame nor the rules for
// posts put there.
func checkHarmless(t *testing.T, name, page string) {
	t.Helper()
	document, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	document.Find("*").Each(func(_ int, element *goquery.Selection) {
		for _, attribute := range element.Nodes[0].Attr {
			value := strings.ToLower(strings.TrimSpace(attribute.Val))
			isAddress := attribute.Key == "href" || attribute.Key == "src" || attribute.Key == "action"
			if strings.HasPrefix(attribute.Key, "on") || isAddress && (strings.HasPrefix(value, "javascript:") || strings.Contains(value, "//evil.example")) {
				t.Errorf("%s: %s with %s=%q", name, goquery.NodeName(element), attribute.Key, attribute.Val)
			}
		}
	})
	document.Find("script").Each(func(_ int, element *goquery.Selection) {
		if kind := element.AttrOr("type", ""); kind == "application/ld+json" {
			if !json.Valid([]byte(element.Text())) {
				t.Errorf("%s: bad data: %s", name, element.Text())
			}
		} else if source := element.AttrOr("src", ""); !strings.HasPrefix(source, "/assets/") && kind != "speculationrules" {
			t.Errorf("%s: script %q with %q", name, source, element.Text())
		}
	})
	if found := document.Find("img[src=x], main b"); found.Length() > 0 {
		t.Errorf("%s: markup of the post: %d elements", name, found.Length())
	}
}
