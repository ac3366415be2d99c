package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

// seen is what a crawler sees of an address.
type seen struct{ etag, text string }

// crawl returns all that crawlers find on the site, by address: what is in the
// sitemaps, the sitemaps, the feeds, and the other forms of questions.
func (s *site) crawl() map[string]seen {
	s.t.Helper()
	pages := map[string]seen{}
	visit := func(address string) {
		response := s.ask(http.MethodGet, address)
		if response.StatusCode != http.StatusOK {
			s.t.Errorf("%s: %d", address, response.StatusCode)
		}
		pages[address] = seen{response.Header.Get("ETag"), body(s.t, response)}
	}
	for _, address := range []string{"/sitemap.xml", "/feed.xml", "/feed.json", "/learn/biology/feed.xml", "/learn/physics/feed.xml", "/llms.txt"} {
		visit(address)
	}
	_, sitemaps := s.sitemap("/sitemap.xml")
	for _, sitemap := range sitemaps {
		name, _, _ := strings.Cut(sitemap, " ")
		visit(name)
		_, entries := s.sitemap(name)
		for _, entry := range entries {
			path, _, _ := strings.Cut(entry, " ")
			visit(path)
			if strings.Contains(path, "/questions/") {
				visit(path + ".md")
				visit(path + ".json")
			}
		}
	}
	return pages
}

// An edit changes only what shows it: crawlers need not fetch the rest again.
func TestEditChangesWhatShowsIt(t *testing.T) {
	post := contenttest.Post{Path: "/learn/biology/questions/q3", ID: 103, Date: "2025-01-04", Title: "What is known about q3?", Answer: "Nothing at all."}
	for _, test := range []struct {
		name, before, after string
		edit                func(*contenttest.Post)
		atLeast             []string // that show it
	}{
		{"answer", "Nothing at all", "Something else", func(p *contenttest.Post) { p.Answer = "Something else." }, []string{
			post.Path, post.Path + ".md", post.Path + ".json", "/feed.xml", "/feed.json", "/learn/biology/feed.xml", "/learn/biology/flashcards",
		}},
		{"title", "known about q3", "said about q3", func(p *contenttest.Post) { p.Title = "What is said about q3?" }, []string{
			post.Path, "/", "/learn/biology", "/topics/school", "/learn/biology/questions/q2", "/learn/biology/questions/q4", "/learn/physics/questions/p",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			posts := []contenttest.Post{post, {Path: "/learn/physics/questions/p", ID: 900, Fields: []string{contenttest.Related(1, post.Path)}}}
			for _, i := range []int{0, 1, 2, 4, 5, 6, 7, 8} {
				posts = append(posts, contenttest.Post{
					Path: fmt.Sprintf("/learn/biology/questions/q%d", i), ID: 100 + i, Date: fmt.Sprintf("2025-01-0%d", i+1), Title: fmt.Sprintf("What is known about q%d?", i),
				})
			}
			s := newSite(t, nil, posts...)
			s.load()
			before := s.crawl()
			edited := post
			test.edit(&edited)
			contenttest.Write(t, s.folder, edited)
			s.load()
			after := s.crawl()
			for address, page := range after {
				shows := strings.Contains(before[address].text, test.before) || strings.Contains(page.text, test.after) ||
					address == "/sitemap.xml" || address == "/sitemaps/biology.xml"
				if changed := page.etag != before[address].etag; changed != shows {
					t.Errorf("%s: changed %t, shows the edit %t", address, changed, shows)
				}
			}
			for _, address := range test.atLeast {
				if !strings.Contains(after[address].text, test.after) {
					t.Errorf("%s does not show the edit", address)
				}
			}
			line := "<url><loc>" + baseURL + post.Path + "</loc><lastmod>%s</lastmod></url>\n"
			was, is := fmt.Sprintf(line, "2025-01-04T00:00:00Z"), fmt.Sprintf(line, "2026-05-01T12:00:00Z")
			const sitemap = "/sitemaps/biology.xml"
			if rest := strings.Replace(before[sitemap].text, was, "", 1); rest == before[sitemap].text || rest != strings.Replace(after[sitemap].text, is, "", 1) {
				t.Errorf("lastmod of others changed:\n%s\n%s", before[sitemap].text, after[sitemap].text)
			}
		})
	}
}
