package db_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
)

// oceanPosts are questions from two sets of notes, and some made separately.
func oceanPosts() []contenttest.Post {
	post := func(slug string, id int, title string, fields ...string) contenttest.Post {
		return contenttest.Post{Path: "/learn/biology/questions/" + slug, ID: id, Title: title, Answer: "About " + slug + ".", Fields: fields}
	}
	return []contenttest.Post{
		post("coral", 100, "How do coral reefs bleach?"),
		post("reefs", 104, "Why are coral reefs important?"),
		post("algae", 109, "What do algae give to corals?"),
		post("currents", 120, "What drives ocean currents?"),
		post("hidden", 101, "How do coral reefs die?", "no_index: true"),
		post("treaty", 5000, "Which treaty ended the Thirty Years War?"),
		post("war", 5003, "When did the Thirty Years War begin?"),
		post("lone", 90000, "How fast do coral reefs grow back?"),
		post("other-treaty", 80000, "Who signed the treaty of Tordesillas?"),
		{Path: "/learn/zoology/questions/coral", ID: 100, Title: "How do coral reefs bleach?", Answer: "About coral."},
	}
}

func relatedSlugs(l *library, slug string) []string {
	var slugs []string
	for _, path := range paths(l.question("/learn/biology/questions/" + slug).Related) {
		slugs = append(slugs, path[len("/learn/biology/questions/"):])
	}
	return slugs
}

func TestComputedRelated(t *testing.T) {
	l := newLibrary(t, oceanPosts()...)
	l.load()
	check := func(slug string, want ...string) {
		t.Helper()
		if got := relatedSlugs(l, slug); !slices.Equal(got[:min(len(got), len(want))], want) {
			t.Errorf("related to %s: %v, want %v first", slug, got, want)
		}
	}
	check("reefs", "coral", "algae", "currents") // of the same notes, most similar first
	check("lone", "coral", "reefs")              // made separately: posts that share words
	check("treaty", "war", "other-treaty")
	for _, slug := range []string{"coral", "reefs", "lone"} {
		got := relatedSlugs(l, slug)
		if slices.Contains(got, "hidden") || slices.Contains(got, slug) || len(got) > 5 {
			t.Errorf("related to %s: %v", slug, got)
		}
	}
	for _, path := range paths(l.question("/learn/biology/questions/coral").Related) {
		if path == "/learn/zoology/questions/coral" {
			t.Error("a question is related to itself in another subject")
		}
	}
}

// The post's own list comes first and is filled up.
func TestOwnRelatedComeFirst(t *testing.T) {
	posts := oceanPosts()
	posts[1].Fields = []string{contenttest.Related(1, "/learn/biology/questions/war"), contenttest.Related(2, "/learn/biology/questions/coral")}
	l := newLibrary(t, posts...)
	l.load()
	want := []string{"war", "coral", "algae", "currents"}
	if got := relatedSlugs(l, "reefs"); !slices.Equal(got[:4], want) {
		t.Errorf("related %v, want %v first", got, want)
	}
}

// What redirects to a post names it, too.
func TestRelatedInOtherForms(t *testing.T) {
	const war = "/learn/biology/questions/war"
	for _, form := range []string{war + "/", "/learn/biology/questions/WAR", war + ".html", "/learn/biology/questions/undefined" + war, "learn//biology/questions/war", "/learn/history/questions/war"} {
		posts := oceanPosts()
		posts[1].Fields = []string{contenttest.Related(1, form)}
		l := newLibrary(t, posts...)
		l.load()
		if got := relatedSlugs(l, "reefs"); got[0] != "war" {
			t.Errorf("%s: related %v, want war first", form, got)
		}
	}
}

// A new post gets related posts, and the others keep theirs except for posts that are gone.
func TestRelatedFollowsLoads(t *testing.T) {
	l := newLibrary(t, oceanPosts()...)
	l.load()
	before := relatedSlugs(l, "algae")
	l.write(contenttest.Post{Path: "/learn/biology/questions/bleaching", ID: 102, Title: "Can coral reefs recover from bleaching?"})
	l.load()
	if got := relatedSlugs(l, "bleaching"); !slices.Equal(got[:2], []string{"coral", "reefs"}) {
		t.Errorf("related to a new post: %v", got)
	}
	if diff := cmp.Diff(before, relatedSlugs(l, "algae")); diff != "" {
		t.Errorf("a new post changes the list of another (-before +after):\n%s", diff)
	}
	l.remove("learn/biology/reefs.md")
	l.load()
	if got := relatedSlugs(l, "algae"); slices.Contains(got, "reefs") || len(got) == 0 {
		t.Errorf("related after one is gone: %v", got)
	}
}

// A post does not appear in lists that name a removed post whose row it might reuse.
func TestRelatedForgetsTheLastPost(t *testing.T) {
	l := newLibrary(t, oceanPosts()[:7]...)
	l.load()
	if got := relatedSlugs(l, "treaty"); got[0] != "war" {
		t.Fatalf("related to treaty: %v", got)
	}
	l.remove("learn/biology/war.md")
	l.load()
	l.write(contenttest.Post{Path: "/learn/biology/questions/bread", ID: 70000, Title: "Why does bread rise?"})
	l.load()
	if got := relatedSlugs(l, "treaty"); slices.Contains(got, "bread") {
		t.Errorf("related to treaty: %v", got)
	}
}

// Posts without ids, or all with the same id, are not all compared with each other.
func TestRelatedWithoutUsefulIDs(t *testing.T) {
	for _, id := range []int{0, 7} {
		var posts []contenttest.Post
		for i := range 600 {
			posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), ID: id, Title: fmt.Sprintf("What is subject%d of lesson%d?", i/3, i)})
		}
		l := newLibrary(t, posts...)
		l.load()
		if got := relatedSlugs(l, "q301"); len(got) == 0 || id == 0 && !slices.Contains(got, "q300") {
			t.Errorf("related to q301 of posts with id %d: %v", id, got)
		}
	}
}
