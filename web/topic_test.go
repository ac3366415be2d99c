package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

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

	// A new question about a topic changes the topic's page, but not those of other questions.
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

func TestSubjectLeadsToTopicsOfItsNewest(t *testing.T) {
	var posts []contenttest.Post
	for i := range 105 {
		post := contenttest.Post{
			Path: fmt.Sprintf("/learn/biology/questions/q%d", i),
			Date: time.Date(2025, 1, 1-i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly),
		}
		keywords := []string{"Biology"}
		for _, topic := range []struct {
			name         string
			first, after int // numbers of the posts about it; the newest post is 0
		}{
			{"rare", 0, 4}, {"shared elsewhere", 0, 1}, {"old", 100, 105},
			{"cell", 0, 20}, {"Enzymes", 10, 20}, {"algae", 20, 30},
			{"d", 0, 5}, {"e", 0, 5}, {"f", 0, 5}, {"g", 0, 5}, {"h", 0, 5}, {"i", 0, 5}, {"j", 0, 5}, {"k", 0, 5}, {"l", 0, 5}, {"m", 0, 5},
		} {
			if topic.first <= i && i < topic.after {
				keywords = append(keywords, topic.name)
			}
		}
		post.Keywords = strings.Join(keywords, ", ")
		posts = append(posts, post)
	}
	for i := range 4 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/physics/questions/p%d", i), Keywords: fmt.Sprintf("shared elsewhere, rare %d", i)})
	}
	s := newSite(t, nil, posts...)
	s.load()
	want := func(target, topics string) (etag string) {
		t.Helper()
		response := s.ask(http.MethodGet, target)
		page, err := goquery.NewDocumentFromReader(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(page.Find("main section[aria-labelledby=topics] a").Map(func(_ int, link *goquery.Selection) string {
			if address := link.AttrOr("href", ""); s.ask(http.MethodGet, address).StatusCode != http.StatusOK {
				t.Errorf("%s: no page at %s", target, address)
			}
			return link.Text()
		}), ", ")
		if got != topics {
			t.Errorf("%s has the topics %q, want %q", target, got, topics)
		}
		return response.Header.Get("ETag")
	}
	const first, second = "/learn/biology", "/learn/biology?page=2"
	firstTag, secondTag := want(first, "cell, algae, Enzymes, d, e, f, g, h, i, j, k, l"), want(second, "")
	want("/learn/physics", "shared elsewhere")

	posts[50].Keywords += ", m"
	contenttest.Write(t, s.folder, posts[50])
	s.load()
	if tag := want(first, "cell, algae, Enzymes, m, d, e, f, g, h, i, j, k"); tag == firstTag {
		t.Errorf("%s has other topics under the same ETag %s", first, tag)
	}
	if tag := want(second, ""); tag != secondTag {
		t.Errorf("%s has the ETag %s, was %s", second, tag, secondTag)
	}
}
