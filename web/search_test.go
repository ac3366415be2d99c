package web_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/content/contenttest"
	"quicktakes/db"
	"quicktakes/web"
)

func searchSite(t *testing.T) *site {
	t.Helper()
	posts := []contenttest.Post{
		{Path: cell, ID: 1, Title: "What is a cell?", Answer: "The smallest unit of **life**."},
		{Path: "/learn/physics/questions/solar-cell", ID: 2, Title: "How does a solar cell work?", Answer: "Light frees electrons."},
		{Path: "/learn/physics/questions/markup", ID: 3, Title: "What does `<script>` do?", Answer: "Code such as `<b>`."},
	}
	posts = append(posts, contenttest.Post{Path: "/learn/physics/questions/list", ID: 4, Title: "What is a list?", Answer: "One treaty that ended a war, number7, a summary."})
	for i := range 25 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/history/questions/treaty-%d", i), ID: 10 + i, Title: fmt.Sprintf("Which treaty ended war number%d?", i)})
	}
	s := newSite(t, nil, posts...)
	s.load()
	return s
}

func TestSearchPage(t *testing.T) {
	s := searchSite(t)
	for _, test := range []struct {
		target string
		status int
		want   map[string]string // text by selector; "-" for no match
	}{
		{"/search", 200, map[string]string{"h1": "Search", "main [role=status]": "Type what you want to know: a few words are enough.", "main .subjects a": "Biology"}},
		{"/search?q=", 200, map[string]string{"main input[name=q][value='']": "", "main .subjects a[href='/learn/biology']": "Biology"}},
		{"/search?q=+%20%09", 200, map[string]string{"title": "Search | QuickTakes", "main [role=status]": "Type what you want to know: a few words are enough.", "main input[name=q][value='']": ""}},
		{"/search?q=cell", 200, map[string]string{
			"main input[name=q][value=cell]":                  "",
			"main [role=status]":                              "2 questions",
			"main section[aria-labelledby=results] h2":        "Results",
			"main ol.questions li:first-child a":              "What is a cell?",
			"main .facets a[href*='subject=physics']":         "Physics",
			"main .facets a[href*='subject=physics'] + .note": "1",
			"main .snippet":                                   "The smallest unit of life.",
		}},
		{"/search?q=solar&subject=physic", 200, map[string]string{"main [role=status] p + p": "There is no such subject, so we searched all of them.", "main ol.questions a": "How does a solar cell work?"}},
		{"/search?q=unit+life", 200, map[string]string{"main .snippet mark": "unit", "main .snippet mark + mark, main .snippet mark ~ mark": "life"}},
		{"/search?q=cell&subject=physics", 200, map[string]string{
			"main input[type=hidden][name=subject][value=physics]": "",
			"title":                                 "cell in Physics – search | QuickTakes",
			"main [role=status]":                    "1 question in Physics",
			"main .facets a[aria-current]":          "Physics",
			"main .facets a[href='/search?q=cell']": "All subjects",
			"main a[href='" + cell + "']":           "-",
		}},
		{"/search?q=selar+cell", 200, map[string]string{
			"title":                     "solar cell – search | QuickTakes",
			"main [role=status] strong": "solar cell",
			"main [role=status] a[href='/search?q=selar+cell&exact=1']": "selar cell",
			"main ol.questions li:first-child a":                        "How does a solar cell work?",
		}},
		{"/search?q=selar+cell&exact=1", 200, map[string]string{"main [role=status] strong": "-", "main [role=status] p:last-child": "No question has all of your words. Left out: “selar”"}},
		{"/search?q=treaty+ended+war+number7+summary", 200, map[string]string{
			"main [role=status] p:last-child":    "Some questions lack one of your words: “summary”",
			"main ol.questions li:first-child a": "Which treaty ended war number7?",
			"main ol.questions li:last-child a":  "What is a list?",
		}},
		{"/search?q=zzqxv", 200, map[string]string{"title": "Nothing found: zzqxv – search | QuickTakes", "main [role=status]": "No questions found. Try fewer or different words, or browse a subject.", "main .subjects a": "Biology", "main .facets": "-"}},
		{"/search?q=zzqxv&subject=physics", 200, map[string]string{
			"main [role=status] p":                         "No questions found in Physics. Try fewer or different words, or browse a subject.",
			"main [role=status] a[href='/search?q=zzqxv']": "Search all subjects",
		}},
		{"/search?q=treaty", 200, map[string]string{"main nav.pages a[rel=next]": "Next page"}},
		{"/search?q=treaty&page=2", 200, map[string]string{"main nav.pages a[rel=prev][href='/search?q=treaty']": "Previous page", "main ol.questions li:nth-child(5) a": ""}},
		{"/search?q=treaty&page=3", 404, nil},
		{"/search?q=treaty&page=9223372036854775807", 404, nil},
		{"/search?q=treaty&page=x", 404, nil},
		{"/search?q=script", 200, map[string]string{"main ol.questions a code": "<script>"}},
		{"/search?q=" + url.QueryEscape(`"><script>alert(1)</script>`), 200, map[string]string{"main script": "-"}},
		{"/search?q=" + strings.Repeat("cell+", 2000), 200, map[string]string{"main ol.questions li:first-child a": "What is a cell?"}},
		{"/search?q=%00%ff%fe", 200, nil},
	} {
		t.Run(test.target[:min(len(test.target), 60)], func(t *testing.T) {
			response := s.ask(http.MethodGet, test.target)
			if response.StatusCode != test.status {
				t.Fatalf("status %d, want %d", response.StatusCode, test.status)
			}
			page, err := goquery.NewDocumentFromReader(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got := page.Find("meta[name=robots]").AttrOr("content", ""); got != "noindex" {
				t.Errorf("robots is %q", got)
			}
			if page.Find("link[rel=canonical]").Length() != 0 {
				t.Error("a search has a canonical address")
			}
			if n := page.Find("form[role=search]").Length(); n != 1 {
				t.Errorf("%d search forms", n)
			}
			for selector, want := range test.want {
				found := page.Find(selector)
				got := strings.Join(strings.Fields(found.First().Text()), " ")
				if (found.Length() == 0) != (want == "-") || want != "-" && want != "" && got != want {
					t.Errorf("%s is %q (%d found), want %q", selector, got, found.Length(), want)
				}
			}
		})
	}
}

// Whatever is searched for, the page is of limited size and of whole characters.
func TestSearchPageOfAnyText(t *testing.T) {
	s := searchSite(t)
	for _, text := range []string{strings.Repeat("cell ", 2000), "cell " + strings.Repeat("é", 5000), "cell \xff\xfe"} {
		page := body(t, s.ask(http.MethodGet, "/search?q="+url.QueryEscape(text)))
		if len(page) > 30_000 || !utf8.ValidString(page) {
			t.Errorf("%.20q: a page of %d bytes, valid %t", text, len(page), utf8.ValidString(page))
		}
	}
}

func TestSearchSuggestions(t *testing.T) {
	s := searchSite(t)
	response := s.ask(http.MethodGet, "/search/suggest?q=solar+ce")
	if got := response.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/x-suggestions+json") {
		t.Errorf("Content-Type %s", got)
	}
	if got := body(t, response); got != `["solar ce",["How does a solar cell work?"],["Physics"],["`+baseURL+`/learn/physics/questions/solar-cell"]]` {
		t.Error(got)
	}
	for subject, want := range map[string]int{"physics": 1, "biology": 0, "astrology": 0} {
		if got := strings.Count(body(t, s.ask(http.MethodGet, "/search/suggest?q=solar+ce&subject="+subject)), baseURL); got != want {
			t.Errorf("%d suggestions in %s, want %d", got, subject, want)
		}
	}
	for _, text := range []string{"", "zzqxv", `"`, "\x00", "\xff"} {
		var suggestions []any
		if err := json.Unmarshal([]byte(body(t, s.ask(http.MethodGet, "/search/suggest?q="+url.QueryEscape(text)))), &suggestions); err != nil || len(suggestions) != 4 {
			t.Errorf("%q: %v, %v", text, suggestions, err)
		}
	}
}

func TestOpenSearch(t *testing.T) {
	s := searchSite(t)
	var description struct {
		ShortName string
		Addresses []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	if err := xml.Unmarshal([]byte(body(t, s.ask(http.MethodGet, "/opensearch.xml"))), &description); err != nil {
		t.Fatal(err)
	}
	if description.ShortName == "" || len([]rune(description.ShortName)) > 16 {
		t.Errorf("short name %q", description.ShortName)
	}
	for _, address := range description.Addresses {
		target := strings.TrimPrefix(strings.ReplaceAll(address.Template, "{searchTerms}", "cell"), baseURL)
		response := s.ask(http.MethodGet, target)
		if response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), address.Type) {
			t.Errorf("%s: %d, %s", target, response.StatusCode, response.Header.Get("Content-Type"))
		}
	}
	page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, cell).Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := page.Find("link[rel=search]").AttrOr("href", ""); got != "/opensearch.xml" {
		t.Errorf("pages announce %q", got)
	}
}

// A search whose words no question has in full counts as unanswered, even if results are
// shown. Turning the page is not a new search.
func TestSearchesAreCounted(t *testing.T) {
	searches, err := db.OpenSearches(t.Context(), filepath.Join(t.TempDir(), "searches.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer searches.Close()
	var posts []contenttest.Post
	for i := range 25 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Title: fmt.Sprintf("What is cell %d?", i)})
	}
	s := newSite(t, func(c *web.Config) { c.Searches = searches }, posts...)
	s.load()
	for _, target := range []string{"/search?q=cell", "/search?q=cell&page=2", "/search?q=cell+zzqxv", "/search?q=wvutq", "/search", "/search/suggest?q=cell"} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", target, response.StatusCode)
		}
	}
	if all, failed := searches.Totals(); all != 3 || failed != 2 {
		t.Errorf("%d searches, %d without results; want 3 and 2", all, failed)
	}
}
