package web_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
)

// atomFile is what the tests read of an Atom feed.
type atomFile struct {
	XMLName xml.Name
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated time.Time `xml:"updated"`
	Author  string    `xml:"author>name"`
	Links   []struct {
		Relation string `xml:"rel,attr"`
		Address  string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        string    `xml:"id"`
		Title     string    `xml:"title"`
		Language  string    `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Published time.Time `xml:"published"`
		Updated   time.Time `xml:"updated"`
		Author    string    `xml:"author>name"`
		Summary   string    `xml:"summary"`
		Link      struct {
			Address string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func (s *site) atom(target string) *atomFile {
	s.t.Helper()
	response := s.ask(http.MethodGet, target)
	if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != "application/atom+xml; charset=utf-8" {
		s.t.Fatalf("%s: %d, %s", target, response.StatusCode, got)
	}
	var file atomFile
	if err := xml.Unmarshal([]byte(body(s.t, response)), &file); err != nil {
		s.t.Fatalf("%s: %v", target, err)
	}
	return &file
}

// newFeedSite returns a site with a post of each kind that feeds treat differently.
func newFeedSite(t *testing.T) *site {
	s := newSite(t, nil,
		contenttest.Post{Path: "/learn/art/questions/a", Date: "2025-01-01", Title: "Is $a < b$ & `c`?", Answer: `Yes: $x \neq 0$. **Always.**`},
		contenttest.Post{Path: "/learn/art/questions/b", Date: "2025-03-01"},
		contenttest.Post{Path: "/learn/art/questions/hidden", Date: "2025-04-01", Fields: []string{"no_index: true"}},
		contenttest.Post{Path: "/learn/biology/questions/first", ID: 1, Date: "2025-02-01", Title: "Twice?", Answer: "Yes."},
		contenttest.Post{Path: "/learn/biology/questions/second", ID: 2, Date: "2025-02-02", Title: "Twice?", Answer: "Yes."})
	s.load()
	return s
}

func TestFeeds(t *testing.T) {
	s := newFeedSite(t)
	for _, test := range []struct {
		target, page, title string
		updated             string
		want                []string // paths
	}{
		{"/feed.xml", "/", "QuickTakes: newest questions", "2025-03-01", []string{"/learn/art/questions/b", "/learn/biology/questions/first", "/learn/art/questions/a"}},
		{"/learn/art/feed.xml", "/learn/art", "QuickTakes: newest questions in Art", "2025-03-01", []string{"/learn/art/questions/b", "/learn/art/questions/a"}},
		{"/learn/biology/feed.xml", "/learn/biology", "QuickTakes: newest questions in Biology", "2025-02-01", []string{"/learn/biology/questions/first"}},
	} {
		feed := s.atom(test.target)
		if feed.XMLName.Space != "http://www.w3.org/2005/Atom" || feed.ID != baseURL+test.target || feed.Title != test.title || feed.Author != "QuickTakes" {
			t.Errorf("%s: %v, id %s, title %q, author %q", test.target, feed.XMLName, feed.ID, feed.Title, feed.Author)
		}
		if got := feed.Updated.Format(time.DateOnly); got != test.updated {
			t.Errorf("%s: updated %s, want %s", test.target, got, test.updated)
		}
		links := map[string]string{}
		for _, link := range feed.Links {
			links[link.Relation] = link.Address
		}
		if diff := cmp.Diff(map[string]string{"self": baseURL + test.target, "alternate": baseURL + test.page}, links); diff != "" {
			t.Errorf("%s: links (-want +got):\n%s", test.target, diff)
		}
		var got []string
		for _, entry := range feed.Entries {
			got = append(got, strings.TrimPrefix(entry.Link.Address, baseURL))
			if entry.ID != entry.Link.Address {
				t.Errorf("%s: id %s of %s", test.target, entry.ID, entry.Link.Address)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.target, diff)
		}
	}
	last := s.atom("/learn/art/feed.xml").Entries[1]
	if last.Title != "Is a < b & c?" || last.Summary != "Yes: x ≠ 0. Always." || last.Published.Format(time.DateOnly) != "2025-01-01" || last.Author != "QuickTakes" {
		t.Errorf("entry is %+v", last)
	}
	for _, target := range []string{"/learn/astrology/feed.xml", "/learn/feed.xml", "/learn/art/feed.json"} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", target, response.StatusCode)
		}
	}
}

// A feed reader learns of an edit by the time of its entry, and of nothing else.
func TestFeedTellsOfAnEdit(t *testing.T) {
	s := newFeedSite(t)
	before := s.ask(http.MethodGet, "/learn/art/feed.xml").Header.Get("Etag")
	other := s.ask(http.MethodGet, "/learn/biology/feed.xml").Header.Get("Etag")
	if response := s.ask(http.MethodGet, "/learn/art/feed.xml", "If-None-Match", before); response.StatusCode != http.StatusNotModified {
		t.Errorf("an unchanged feed: %d, want 304", response.StatusCode)
	}
	contenttest.Write(t, s.folder, contenttest.Post{Path: "/learn/art/questions/a", Date: "2025-01-01", Answer: "Another."})
	s.load()
	if response := s.ask(http.MethodGet, "/learn/art/feed.xml", "If-None-Match", before); response.StatusCode != http.StatusOK {
		t.Errorf("a changed feed: %d, want 200", response.StatusCode)
	}
	if response := s.ask(http.MethodGet, "/learn/biology/feed.xml", "If-None-Match", other); response.StatusCode != http.StatusNotModified {
		t.Errorf("the feed of another subject: %d, want 304", response.StatusCode)
	}
	feed := s.atom("/learn/art/feed.xml")
	if !feed.Updated.Equal(loadTime) || !feed.Entries[1].Updated.Equal(loadTime) || feed.Entries[0].Updated.Equal(loadTime) {
		t.Errorf("feed updated %v, entries %v and %v", feed.Updated, feed.Entries[0].Updated, feed.Entries[1].Updated)
	}
}

func TestFeedHoldsTheNewest(t *testing.T) {
	var posts []contenttest.Post
	for i := range 60 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/art/questions/q%02d", i), ID: i})
	}
	s := newSite(t, nil, posts...)
	s.load()
	entries := s.atom("/feed.xml").Entries
	if len(entries) != 50 || entries[0].Title != "What is q59?" {
		t.Errorf("%d entries, first %+v", len(entries), entries[0])
	}
}

func TestFeedWithoutPosts(t *testing.T) {
	s := newSite(t, nil, contenttest.Post{Path: "/learn/art/questions/hidden", Fields: []string{"no_index: true"}})
	s.load()
	if feed := s.atom("/learn/art/feed.xml"); len(feed.Entries) != 0 || !feed.Updated.Equal(loadTime) {
		t.Errorf("feed is %+v", feed)
	}
}

func TestJSONFeed(t *testing.T) {
	s := newFeedSite(t)
	response := s.ask(http.MethodGet, "/feed.json")
	if got := response.Header.Get("Content-Type"); got != "application/feed+json; charset=utf-8" {
		t.Errorf("Content-Type %s", got)
	}
	var feed struct {
		Version string           `json:"version"`
		Self    string           `json:"feed_url"`
		Home    string           `json:"home_page_url"`
		Items   []map[string]any `json:"items"`
	}
	if err := json.Unmarshal([]byte(body(t, response)), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Self != baseURL+"/feed.json" || feed.Home != baseURL+"/" || len(feed.Items) != 3 {
		t.Errorf("feed is %+v", feed)
	}
	const address = baseURL + "/learn/art/questions/a"
	image, _ := s.picture("/learn/art/questions/a")
	want := map[string]any{
		"id": address, "url": address, "title": "Is a < b & c?", "content_text": "Yes: x ≠ 0. Always.", "tags": []any{"Art"}, "image": baseURL + image,
		"date_published": "2025-01-01T00:00:00Z", "date_modified": "2025-01-01T00:00:00Z", "authors": []any{map[string]any{"name": "QuickTakes"}},
	}
	if diff := cmp.Diff(want, feed.Items[2]); diff != "" {
		t.Errorf("item (-want +got):\n%s", diff)
	}
}

// A feed names no picture for a title that cannot be drawn.
func TestJSONFeedWithoutPicture(t *testing.T) {
	s := newSite(t, nil, contenttest.Post{Path: cell, Title: "什么是细胞？"})
	s.load()
	if text := body(t, s.ask(http.MethodGet, "/feed.json")); strings.Contains(text, `"image"`) || !strings.Contains(text, cell) {
		t.Errorf("the feed is %s", text)
	}
}

// An entry names its language if its title and its answer show it.
func TestFeedsNameLanguages(t *testing.T) {
	s := newSite(t, nil,
		contenttest.Post{Path: "/learn/art/questions/c", Date: "2025-03-01", Title: "ما هو الفن؟", Answer: "الفن تعبير عن المشاعر."},
		contenttest.Post{Path: "/learn/art/questions/b", Date: "2025-02-01", Title: "ما هو الفن؟", Answer: "Art expresses what people feel."},
		contenttest.Post{Path: "/learn/art/questions/a", Date: "2025-01-01"},
		contenttest.Post{Path: "/learn/art/questions/persian", Date: "2024-01-01", Title: "هنر چیست؟", Answer: "هنر بیان احساس است و چیزهای دیگر."})
	s.load()
	var got []string
	for _, entry := range s.atom("/feed.xml").Entries {
		got = append(got, entry.Language)
	}
	if diff := cmp.Diff([]string{"ar", "", "", "und"}, got); diff != "" {
		t.Errorf("xml:lang (-want +got):\n%s", diff)
	}
	text := body(t, s.ask(http.MethodGet, "/feed.json"))
	if strings.Count(text, `"language":"en"`) != 1 || strings.Count(text, `"language":"ar"`) != 1 || strings.Count(text, `"language":"und"`) != 1 || strings.Count(text, `"language"`) != 3 {
		t.Errorf("want English for the feed, Arabic for one item and an unknown language for another, got %s", text)
	}
}

// Pages name the feeds that belong to them.
func TestFeedsAreAnnounced(t *testing.T) {
	s := newFeedSite(t)
	contenttest.Write(t, s.folder, contenttest.Post{Path: "/learn/art/questions/c"}, contenttest.Post{Path: "/learn/art/questions/d"}) // five make a topic
	s.load()
	ofSite := []string{"/feed.xml application/atom+xml", "/feed.json application/feed+json"}
	ofArt := []string{"/learn/art/feed.xml application/atom+xml"}
	for target, want := range map[string][]string{
		"/":                      ofSite,
		"/learn":                 ofSite,
		"/topics":                ofSite,
		"/topics/school":         ofSite,
		"/about":                 ofSite,
		"/learn/art":             ofArt,
		"/learn/art/flashcards":  ofArt,
		"/learn/art/questions/a": ofArt,
	} {
		page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, target).Body)
		if err != nil {
			t.Fatal(err)
		}
		got := page.Find("head link[rel=alternate][title]").Map(func(_ int, link *goquery.Selection) string {
			return strings.TrimPrefix(link.AttrOr("href", ""), baseURL) + " " + link.AttrOr("type", "")
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
}
