package db_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// about returns posts with a keyword, numbered from first.
func about(keyword string, first, count int) []contenttest.Post {
	var posts []contenttest.Post
	for i := first; i < first+count; i++ {
		posts = append(posts, contenttest.Post{
			Path: fmt.Sprintf("/learn/biology/questions/q%03d", i), ID: i, Keywords: keyword,
		})
	}
	return posts
}

func (l *library) topicPage(slug string, page int) *db.TopicPage {
	l.t.Helper()
	topic, err := l.store.TopicPage(l.t.Context(), slug, page)
	if err != nil {
		l.t.Fatal(err)
	}
	return topic
}

func (l *library) topicsPage(page int) *db.TopicsPage {
	l.t.Helper()
	topics, err := l.store.TopicsPage(l.t.Context(), page)
	if err != nil {
		l.t.Fatal(err)
	}
	return topics
}

func TestTopicsAreSharedKeywords(t *testing.T) {
	var posts []contenttest.Post
	posts = append(posts, about("enzymes, Rare, Enzyme", 0, 3)...)
	posts = append(posts, about("Enzyme, Élan", 3, 2)...)
	posts = append(posts, about("elan, 42, β-carotene", 5, 5)...)
	posts = append(posts, about("rare", 10, 1)...)
	l := loaded(t, posts...)
	want := &db.TopicsPage{
		MostUsed: []content.Topic{{Name: "elan", Letter: "E", Count: 7}, {Name: "42", Letter: "0-9", Count: 5}, {Name: "enzymes", Letter: "E", Count: 5}, {Name: "β-carotene", Letter: "Other", Count: 5}},
		Topics:   []content.Topic{{Name: "42", Letter: "0-9", Count: 5}, {Name: "elan", Letter: "E", Count: 7}, {Name: "enzymes", Letter: "E", Count: 5}, {Name: "β-carotene", Letter: "Other", Count: 5}},
		Letters:  []db.TopicLetter{{"0-9", 1}, {"E", 1}, {"Other", 1}},
		Count:    4, Page: 1, Pages: 1,
	}
	if diff := cmp.Diff(want, l.topicsPage(1)); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
	topicPaths, err := l.store.TopicPaths(t.Context(), 1, 10)
	if diff := cmp.Diff([]string{"/topics/elan", "/topics/enzymes", "/topics/%CE%B2-carotene"}, topicPaths); diff != "" || err != nil {
		t.Errorf("addresses: %v (-want +got):\n%s", err, diff)
	}
	if diff := cmp.Diff([]string{"elan", "enzymes"}, l.question("/learn/biology/questions/q003").Topics); diff != "" {
		t.Errorf("topics of a question (-want +got):\n%s", diff)
	}
	for _, slug := range []string{"rare", "enzyme", "Enzymes", "nothing", ""} {
		if _, err := l.store.TopicPage(t.Context(), slug, 1); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("topic %q: %v", slug, err)
		}
	}
	for _, page := range []int{-1, 0, 2} {
		if _, err := l.store.TopicsPage(t.Context(), page); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("page %d of topics: %v", page, err)
		}
	}
}

func TestTopicOtherSpellingsMove(t *testing.T) {
	l := loaded(t, about("Cell membranes", 0, 5)...)
	for path, want := range map[string]string{
		"/topics/cell-membrane":    "/topics/cell-membranes",
		"/topics/cell membrane":    "/topics/cell-membranes",
		"/topics/cell-membranes":   "",
		"/topics/cell/membrane":    "",
		"/topics/cell":             "",
		"/topics":                  "",
		"/learn/cell-membrane":     "",
		"/topics/cell-membrane/":   "/topics/cell-membranes",
		"/topics/céll--membranes!": "/topics/cell-membranes",
	} {
		moved, err := l.store.Moved(t.Context(), content.CleanPath(path))
		switch {
		case want == "" && !errors.Is(err, db.ErrNotFound):
			t.Errorf("%s moved to %v, %v", path, moved, err)
		case want != "" && (err != nil || moved.Path != want):
			t.Errorf("%s moved to %v, %v, want %s", path, moved, err, want)
		}
	}
}

func TestTopicPages(t *testing.T) {
	posts := about("many", 0, 250)
	for i := range posts {
		posts[i].Date = time.Date(2025, 1, 1+i/3, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	twin := contenttest.Post{Path: "/learn/art/questions/twin", ID: 249, Date: posts[249].Date, Title: "What is q249?", Answer: "The answer to q249.", Keywords: "many"}
	hidden := contenttest.Post{Path: "/learn/art/questions/hidden", Keywords: "many", Fields: []string{"no_index: true"}}
	l := loaded(t, append(posts, twin, hidden)...)
	var got []string
	for page := 1; page <= 3; page++ {
		topic := l.topicPage("many", page)
		if topic.Pages != 3 || topic.Page != page || topic.Topic.Count != 250 || page < 3 && len(topic.Questions) != db.PageSize {
			t.Errorf("page %d: %d of %d, %d questions of %d", page, topic.Page, topic.Pages, len(topic.Questions), topic.Topic.Count)
		}
		got = append(got, paths(topic.Questions)...)
	}
	var want []string
	for i := 248; i >= 0; i-- {
		want = append(want, posts[i].Path)
	}
	want = append([]string{twin.Path}, want...) // of two alike the first path is shown
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	for _, page := range []int{-1, 0, 4} {
		if _, err := l.store.TopicPage(t.Context(), "many", page); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("page %d: %v", page, err)
		}
	}
}

// topics returns all that a library says about topics.
func (l *library) topics() map[string]any {
	all := map[string]any{}
	topics := l.topicsPage(1)
	all["topics"] = topics
	for _, topic := range topics.Topics {
		all[topic.Name] = l.topicPage(content.TopicSlug(topic.Name), 1)
	}
	return all
}

// Whatever is loaded, the topics are the same as those of a rebuilt library.
func TestTopicsFollowLoads(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	keywords := []string{"cell", "Cell", "cells", "atom", "Atoms", "lens", "X-ray", "x ray", "virus", "42", "β-1"}
	edit := func() contenttest.Post {
		number := random.IntN(60)
		var some []string
		for range 1 + random.IntN(4) {
			some = append(some, keywords[random.IntN(len(keywords))])
		}
		post := contenttest.Post{
			Path:     fmt.Sprintf("/learn/%s/questions/q%d", []string{"art", "biology"}[random.IntN(2)], number),
			ID:       number,
			Date:     fmt.Sprintf("2025-01-%02d", 1+random.IntN(28)),
			Title:    fmt.Sprintf("What is question %d?", random.IntN(40)), // some are the same
			Answer:   "The answer.",
			Keywords: strings.Join(some, ", "),
		}
		if random.IntN(6) == 0 {
			post.Fields = []string{"no_index: true"}
		}
		return post
	}
	l := newLibrary(t)
	for range 100 {
		l.write(edit())
	}
	l.load()
	latest := edit()
	for round := range 30 {
		for range 1 + random.IntN(6) {
			post := edit()
			l.remove(post.File())
			if random.IntN(3) > 0 {
				l.write(post)
				latest = post
			}
		}
		if random.IntN(2) == 0 {
			latest.Title = fmt.Sprintf("What is question %d?", random.IntN(40)) // topics do not show it
			l.write(latest)
		}
		l.load()
		anew := &library{t: t, folder: l.folder, file: filepath.Join(t.TempDir(), "anew.db"), now: l.now}
		anew.open()
		anew.load()
		if diff := cmp.Diff(anew.topics(), l.topics()); diff != "" {
			t.Fatalf("round %d (-anew +loaded):\n%s", round, diff)
		}
	}
}
