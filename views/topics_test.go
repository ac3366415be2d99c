package views_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/views"
)

func TestTopic(t *testing.T) {
	doc := render(t, views.TopicPage{
		Topic:     content.Topic{Name: "cell membranes", Letter: "C", Count: 150},
		Questions: []content.Link{link("Biology", "what-is-osmosis", "What is osmosis?"), link("Art", "what-is-a-cell", "What is a cell?")},
		Page:      2, Pages: 3,
	})
	for selector, want := range map[string]string{
		"title": "Questions about cell membranes, page 2 of 3 | QuickTakes",
		"h1":    "Questions about cell membranes",
		".lede": "150 questions, newest first. Page 2 of 3.",
		"nav.pages a[rel=prev][href='/topics/cell-membranes']":        "Previous page",
		"nav.pages a[rel=next][href='/topics/cell-membranes?page=3']": "Next page",
		".breadcrumbs a[href='/topics']":                              "All topics",
	} {
		if diff := cmp.Diff([]string{want}, texts(doc.Find(selector))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", selector, diff)
		}
	}
	if diff := cmp.Diff([]string{"Biology", "Art"}, texts(doc.Find(".questions .subject"))); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	const address = "https://quicktakes.example/topics/cell-membranes"
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != address+"?page=2" {
		t.Errorf("canonical = %q", got)
	}
	var data struct {
		Graph []struct {
			Type  string `json:"@type"`
			URL   string
			About struct{ Name, URL string }
			Items []struct{ Item string } `json:"itemListElement"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(doc.Find("script[type='application/ld+json']").Text()), &data); err != nil {
		t.Fatal(err)
	}
	if len(data.Graph) != 2 || len(data.Graph[0].Items) != 3 || data.Graph[0].Items[2].Item != address ||
		data.Graph[1].Type != "CollectionPage" || data.Graph[1].URL != address+"?page=2" || data.Graph[1].About.URL != address {
		t.Errorf("structured data = %+v", data.Graph)
	}
}

func TestTopics(t *testing.T) {
	page := views.TopicsPage{
		MostUsed: []content.Topic{{Name: "enzymes", Letter: "E", Count: 1200}},
		Topics:   []content.Topic{{Name: "42", Letter: "0-9", Count: 5}, {Name: "ears", Letter: "E", Count: 7}, {Name: "enzymes", Letter: "E", Count: 1200}},
		Letters:  []views.TopicLetter{{Letter: "0-9", Page: 1}, {Letter: "E", Page: 1}, {Letter: "F", Page: 2}},
		Count:    204,
		Page:     1, Pages: 2,
	}
	doc := render(t, page)
	if diff := cmp.Diff([]string{"A to Z", "Most used", "0-9", "E", "Pages"}, texts(doc.Find("h2"))); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ears 7 questions", "enzymes 1,200 questions"}, texts(doc.Find("section[aria-labelledby=letter-E] li"))); diff != "" {
		t.Errorf("E (-want +got):\n%s", diff)
	}
	for _, want := range []string{"/topics#letter-0-9", "/topics#letter-E", "/topics?page=2#letter-F", "/topics/enzymes", "/topics/42"} {
		if doc.Find("main a[href='"+want+"']").Length() == 0 {
			t.Errorf("no link to %s", want)
		}
	}
	page.Page = 2
	if got, want := render(t, page).Find("title").Text(), "All topics, A to Z, page 2 of 2 | QuickTakes"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
	if got := texts(render(t, views.TopicsPage{Page: 1, Pages: 1}).Find("main .lede")); len(got) != 1 || len(got[0]) < 20 {
		t.Errorf("without topics the page says %q", got)
	}
}
