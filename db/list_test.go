package db_test

import (
	"fmt"
	"slices"
	"testing"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// listOrder reads all pages of a subject, in the order given, and returns its posts
// in the order of the list.
func (l *library) listOrder(subject string, pages []int) []string {
	l.t.Helper()
	byPage := map[int][]string{}
	for _, page := range pages {
		result, err := l.store.SubjectPage(l.t.Context(), subject, page)
		if err != nil {
			l.t.Fatal(err)
		}
		if result.Pages != len(pages) {
			l.t.Errorf("%d pages, want %d", result.Pages, len(pages))
		}
		byPage[page] = paths(result.Questions)
	}
	var order []string
	for page := 1; page <= len(pages); page++ {
		order = append(order, byPage[page]...)
	}
	return order
}

// Pages in the middle of a long list are reached from remembered posts: they must be right
// whichever page is read first, and after each change.
func TestPagesOfALongList(t *testing.T) {
	const posts = 3450
	pages := []int{18, 11, 24, 10, 35, 34, 25, 12}
	for page := 1; page <= 35; page++ {
		if !slices.Contains(pages, page) {
			pages = append(pages, page)
		}
	}
	var all []contenttest.Post
	var want []string
	for i := range posts {
		// Every ten posts share a date and an id.
		path := fmt.Sprintf("/learn/biology/questions/q%04d", i)
		all = append(all, contenttest.Post{Path: path, ID: i / 10, Date: fmt.Sprintf("2025-01-%02d", 1+i/500)})
		want = append(want, path)
	}
	slices.Reverse(want)
	l := loaded(t, all...)
	compare := func(want []string) {
		t.Helper()
		got := l.listOrder("biology", pages)
		if len(got) != len(want) {
			t.Fatalf("%d posts on all pages, want %d", len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("post %d is %s, want %s", i, got[i], want[i])
			}
		}
	}
	compare(want)
	cards, err := l.store.FlashcardsPage(t.Context(), "biology", 76) // the first in the middle
	if err != nil || len(cards.Cards) != db.FlashcardsPageSize || cards.Cards[0].Path != want[75*db.FlashcardsPageSize] {
		t.Errorf("flashcards begin with %v, %v, want %s", cards.Cards[:1], err, want[75*db.FlashcardsPageSize])
	}
	newest := contenttest.Post{Path: "/learn/biology/questions/newest", Date: "2025-02-01"}
	l.write(newest)
	l.remove("learn/biology/q2000.md")
	l.load()
	want = slices.DeleteFunc(want, func(path string) bool { return path == "/learn/biology/questions/q2000" })
	compare(slices.Insert(want, 0, newest.Path))
}
