package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/content/contenttest"
)

func TestQuestionLeadsToItsTopics(t *testing.T) {
	post := func(number int) contenttest.Post {
		return contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", number), Keywords: fmt.Sprintf("β-carotene, C++, rare %d", number)}
	}
	s := newSite(t, nil, post(0), post(1), post(2), post(3), post(4))
	s.load()
	response := s.ask(http.MethodGet, "/learn/biology/questions/q0")
	page, err := goquery.NewDocumentFromReader(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	links := page.Find("main .topics a")
	if links.Length() != 2 {
		t.Errorf("%d topics, want 2", links.Length())
	}
	links.Each(func(_ int, link *goquery.Selection) {
		address, err := url.Parse(link.AttrOr("href", ""))
		if err != nil {
			t.Fatal(err)
		}
		answer := s.ask(http.MethodGet, address.Path)
		topic, err := goquery.NewDocumentFromReader(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		canonical := topic.Find("link[rel=canonical]").AttrOr("href", "")
		if answer.StatusCode != http.StatusOK || canonical != baseURL+address.EscapedPath() || topic.Find("h1 mark").Text() != link.Text() {
			t.Errorf("%s: %d, canonical %s", address, answer.StatusCode, canonical)
		}
	})

	// Another question about a topic changes its page, and not those of the others.
	etags := func() (question, topic string) {
		etag := func(target string) string { return s.ask(http.MethodGet, target).Header.Get("ETag") }
		return etag("/learn/biology/questions/q0"), etag("/topics/c-plus-plus")
	}
	question, topic := etags()
	other := post(5)
	other.Path = "/learn/physics/questions/q5"
	contenttest.Write(t, s.folder, other)
	s.load()
	if questionNow, topicNow := etags(); questionNow != question || topicNow == topic {
		t.Errorf("question %s, now %s; topic %s, now %s", question, questionNow, topic, topicNow)
	}
}
