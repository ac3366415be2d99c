package db_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// loaded returns a library that holds posts.
func loaded(t *testing.T, posts ...contenttest.Post) *library {
	t.Helper()
	l := newLibrary(t, posts...)
	l.load()
	return l
}

func (l *library) question(path string) *db.Question {
	l.t.Helper()
	question, err := l.store.Question(l.t.Context(), path)
	if err != nil {
		l.t.Fatal(err)
	}
	return question
}

// paths returns the addresses that links lead to.
func paths(links []content.Link) []string {
	var list []string
	for _, link := range links {
		list = append(list, link.Path)
	}
	return list
}

func TestQuestionKeepsWhatThePostSays(t *testing.T) {
	whole := contenttest.Post{
		Path: pathA, ID: 7, Date: "2024-02-29", Title: "What is *A* & B?", Answer: `First.\n\nSecond $x \neq y$ and ` + "`code`.",
		Fields: []string{"score: 0.5", "aliases: [/old-a]", contenttest.Related(1, pathB)},
	}
	l := loaded(t, whole, postB)
	want, err := content.Parse("learn/biology/a.md", []byte(whole.Text()))
	if err != nil {
		t.Fatal(err)
	}
	want.URLLine = 0 // it is that of the file
	got := l.question(pathA)
	if diff := cmp.Diff(want, got.Post); diff != "" {
		t.Errorf("post (-want +got):\n%s", diff)
	}
	if got.Rendered.Title.Text != "What is A & B?" || !got.Rendered.Answer.HasMath {
		t.Errorf("rendered as %+v", got.Rendered)
	}
}

func TestQuestionRelated(t *testing.T) {
	l := loaded(t,
		contenttest.Post{Path: pathA, Fields: []string{
			contenttest.Related(1, pathC),
			contenttest.Related(2, pathA),
			contenttest.Related(3, "/learn/physics/questions/gone"),
			contenttest.Related(4, pathB),
			contenttest.Related(5, pathC),
		}},
		contenttest.Post{Path: pathB, Fields: []string{"no_index: true"}}, postC)
	if diff := cmp.Diff([]string{pathC, pathB}, paths(l.question(pathA).Related)); diff != "" {
		t.Errorf("related (-want +got):\n%s", diff)
	}
}

func TestQuestionRelatedThatMoved(t *testing.T) {
	l := newLibrary(t,
		contenttest.Post{Path: pathA, Fields: []string{
			contenttest.Related(1, "/old-c"),
			contenttest.Related(2, "/learn/chemistry/questions/b"),
			contenttest.Related(3, "/learn/older/c"),
			contenttest.Related(4, "/removed"),
			contenttest.Related(5, "/old-a"),
			"aliases: [/old-a]",
		}},
		postB, contenttest.Post{Path: pathC, Fields: []string{"aliases: [/old-c]"}})
	contenttest.WriteFile(t, l.folder, content.RedirectsFile, "/learn/older/* /old-:splat\n/removed 410\n")
	l.load()
	if diff := cmp.Diff([]string{pathC, pathB}, paths(l.question(pathA).Related)); diff != "" {
		t.Errorf("related (-want +got):\n%s", diff)
	}
}

func TestQuestionDuplicates(t *testing.T) {
	same := func(subject string, id int, fields ...string) contenttest.Post {
		return contenttest.Post{Path: "/learn/" + subject + "/questions/same", ID: id, Title: "Is it the same?", Answer: "It is the same.", Fields: fields}
	}
	const art, biology, chemistry = "/learn/art/questions/same", "/learn/biology/questions/same", "/learn/chemistry/questions/same"
	for _, test := range []struct {
		name      string
		posts     []contenttest.Post
		canonical map[string]string
		alsoIn    map[string][]string
	}{
		{
			"lowest id", []contenttest.Post{same("art", 9), same("biology", 3), same("chemistry", 5)},
			map[string]string{art: biology, biology: biology, chemistry: biology},
			map[string][]string{art: {biology, chemistry}, biology: {chemistry, art}},
		},
		{
			"first url of one id", []contenttest.Post{same("art", 3), same("biology", 3)},
			map[string]string{art: art, biology: art},
			map[string][]string{art: {biology}, biology: {art}},
		},
		{
			"never no_index", []contenttest.Post{same("art", 1, "no_index: true"), same("biology", 3), same("chemistry", 5)},
			map[string]string{art: art, biology: biology, chemistry: biology},
			map[string][]string{art: {biology, chemistry}, biology: {chemistry}},
		},
		{
			"other answer", []contenttest.Post{same("art", 1), {Path: biology, Title: "Is it the same?", Answer: "It is not."}},
			map[string]string{art: art, biology: biology},
			map[string][]string{art: nil, biology: nil},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := loaded(t, test.posts...)
			for path, want := range test.canonical {
				if got := l.question(path).Canonical; got != want {
					t.Errorf("canonical of %s = %s, want %s", path, got, want)
				}
			}
			for path, want := range test.alsoIn {
				if diff := cmp.Diff(want, paths(l.question(path).AlsoIn)); diff != "" {
					t.Errorf("also in of %s (-want +got):\n%s", path, diff)
				}
			}
		})
	}
}

func TestQuestionIsInTenOtherSubjectsAtMost(t *testing.T) {
	var posts []contenttest.Post
	for i := range 15 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/s%02d/questions/same", i), ID: i, Title: "Is it the same?", Answer: "It is."})
	}
	l := loaded(t, posts...)
	for _, post := range []contenttest.Post{posts[0], posts[14]} { // among the first ten, and not
		if n := len(l.question(post.Path).AlsoIn); n != 10 {
			t.Errorf("%s is also in %d subjects, want 10", post.Path, n)
		}
	}
}

func TestQuestionNeighbours(t *testing.T) {
	at := func(slug, date string, id int, fields ...string) contenttest.Post {
		return contenttest.Post{Path: "/learn/biology/questions/" + slug, Date: date, ID: id, Fields: fields}
	}
	l := loaded(t,
		at("old", "2024-01-01", 9), at("first", "2025-01-01", 1), at("second", "2025-01-01", 2), at("second-too", "2025-01-01", 2),
		at("hidden", "2025-01-01", 3, "no_index: true"), at("new", "2025-06-01", 0), postC)
	want := []string{"new", "second-too", "second", "first", "old"}
	for i, slug := range want {
		question := l.question("/learn/biology/questions/" + slug)
		for _, side := range []struct {
			name  string
			link  *content.Link
			index int
		}{{"newer", question.Newer, i - 1}, {"older", question.Older, i + 1}} {
			got, expected := "", ""
			if side.link != nil {
				got = side.link.Path
			}
			if side.index >= 0 && side.index < len(want) {
				expected = "/learn/biology/questions/" + want[side.index]
			}
			if got != expected {
				t.Errorf("%s than %s is %q, want %q", side.name, slug, got, expected)
			}
		}
	}
	if hidden := l.question("/learn/biology/questions/hidden"); hidden.Newer != nil || hidden.Older != nil {
		t.Error("a post that is in no list has neighbours")
	}
}

func TestSubjectIsNamedAsMostPostsSpellIt(t *testing.T) {
	spelt := func(slug, subject string) contenttest.Post {
		return contenttest.Post{Path: "/learn/computer-science/questions/" + slug, Subject: subject}
	}
	l := loaded(t, spelt("a", "Computer science"), spelt("b", "Computer Science"), spelt("c", "Computer Science"))
	wantSubject := func(name string, count int) {
		t.Helper()
		subjects, err := l.store.Subjects(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]content.Subject{{Slug: "computer-science", Name: name, Count: count}}, subjects); diff != "" {
			t.Errorf("subjects (-want +got):\n%s", diff)
		}
	}
	wantSubject("Computer Science", 3)
	question := l.question("/learn/computer-science/questions/a")
	if question.Subject.Name != "Computer Science" || question.Post.Subject != "Computer science" {
		t.Errorf("question in %q, its post says %q", question.Subject.Name, question.Post.Subject)
	}
	if got := l.question("/learn/computer-science/questions/b").Older; got == nil || got.Subject != "Computer Science" {
		t.Errorf("a list names the subject differently: %+v", got)
	}
	l.write(spelt("b", "Computer science"))
	l.load()
	wantSubject("Computer science", 3)
	l.remove("learn/computer-science/a.md")
	l.remove("learn/computer-science/b.md")
	l.load()
	wantSubject("Computer Science", 1)
}

func TestSubjectsAreSortedWithoutAccents(t *testing.T) {
	spelt := func(slug, subject string) contenttest.Post {
		return contenttest.Post{Path: "/learn/" + slug + "/questions/a", Subject: subject}
	}
	l := loaded(t, spelt("zoology", "Zoology"), spelt("ecology", "Écologie"), spelt("english", "English"), spelt("oekologie", "Ökologie"), spelt("arabic", "العربية"), spelt("art", "art"))
	subjects, err := l.store.Subjects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range subjects {
		names = append(names, s.Name)
	}
	if diff := cmp.Diff([]string{"art", "Écologie", "English", "Ökologie", "Zoology", "العربية"}, names); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
}

func TestSubjectPages(t *testing.T) {
	var posts []contenttest.Post
	for i := range 2*db.PageSize + 1 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%03d", i), ID: i})
	}
	posts = append(posts, contenttest.Post{Path: "/learn/biology/questions/hidden", Fields: []string{"no_index: true"}},
		contenttest.Post{Path: "/learn/secret/questions/hidden", Fields: []string{"no_index: true"}})
	l := loaded(t, posts...)
	var seen []string
	for page := 1; page <= 3; page++ {
		result, err := l.store.SubjectPage(t.Context(), "biology", page)
		if err != nil {
			t.Fatal(err)
		}
		if result.Page != page || result.Pages != 3 || result.Subject.Count != 2*db.PageSize+1 {
			t.Errorf("page %d is page %d of %d of %d questions", page, result.Page, result.Pages, result.Subject.Count)
		}
		seen = append(seen, paths(result.Questions)...)
	}
	for i, path := range seen {
		if want := fmt.Sprintf("/learn/biology/questions/q%03d", len(seen)-1-i); path != want {
			t.Fatalf("question %d of the list is %s, want %s", i, path, want)
		}
	}
	if len(seen) != 2*db.PageSize+1 {
		t.Errorf("%d questions on all pages", len(seen))
	}
	for _, page := range []int{-1, 0, 4, 1 << 40} {
		if _, err := l.store.SubjectPage(t.Context(), "biology", page); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("page %d: %v, want ErrNotFound", page, err)
		}
	}
	if _, err := l.store.SubjectPage(t.Context(), "astrology", 1); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("unknown subject: %v, want ErrNotFound", err)
	}
	if page, err := l.store.SubjectPage(t.Context(), "secret", 1); err != nil || len(page.Questions) > 0 {
		t.Errorf("subject without listed posts: %v, %v", page, err)
	}
}

func TestHome(t *testing.T) {
	posts := []contenttest.Post{
		{Path: "/learn/zoology/questions/same", ID: 2, Date: "2026-01-01", Title: "Same?", Answer: "Same."},
		{Path: "/learn/art/questions/same", ID: 1, Date: "2026-01-01", Title: "Same?", Answer: "Same."},
		{Path: "/learn/art/questions/hidden", Date: "2026-02-01", Fields: []string{"no_index: true"}},
	}
	for i := range 20 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%02d", i), Date: "2025-03-01", ID: i})
	}
	l := loaded(t, posts...)
	home, err := l.store.Home(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if home.Posts != 22 {
		t.Errorf("home counts %d posts, want 22", home.Posts)
	}
	want := []content.Subject{{Slug: "art", Name: "Art", Count: 1}, {Slug: "biology", Name: "Biology", Count: 20}, {Slug: "zoology", Name: "Zoology", Count: 1}}
	if diff := cmp.Diff(want, home.Subjects); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	newest := paths(home.Newest)
	if len(newest) != 12 || newest[0] != "/learn/art/questions/same" || newest[1] != "/learn/biology/questions/q19" {
		t.Errorf("newest are %v", newest)
	}
}

func TestHomeShowsSeveralSubjects(t *testing.T) {
	var posts []contenttest.Post
	for i, subject := range strings.Fields("art art art art art art art art art art art art art music music music music music") {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/%s/questions/q%02d", subject, i), Date: "2026-01-01", ID: 100 - i})
	}
	home, err := loaded(t, posts...).store.Home(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, i := range []int{0, 1, 2, 3, 4, 5, 6, 13, 14, 15, 16, 17} { // three of each, three more, then the rest
		want = append(want, posts[i].Path)
	}
	if diff := cmp.Diff(want, paths(home.Newest)); diff != "" {
		t.Errorf("newest (-want +got):\n%s", diff)
	}
}

func TestSitemaps(t *testing.T) {
	l := loaded(t,
		contenttest.Post{Path: "/learn/art/questions/same", ID: 2, Date: "2026-01-01", Title: "Same?", Answer: "Same."},
		contenttest.Post{Path: "/learn/biology/questions/same", ID: 1, Date: "2025-01-01", Title: "Same?", Answer: "Same."},
		contenttest.Post{Path: "/learn/music/questions/same", ID: 3, Date: "2025-06-01", Title: "Same?", Answer: "Same."},
		contenttest.Post{Path: "/learn/art/questions/hidden", Fields: []string{"no_index: true"}},
		contenttest.Post{Path: "/learn/secret/questions/hidden", Fields: []string{"no_index: true"}},
		contenttest.Post{Path: "/learn/art/questions/other", Date: "2024-01-01"})
	subjects := func(primary bool) (list []string) {
		t.Helper()
		subjects, err := l.store.SitemapSubjects(t.Context(), 10, primary)
		if err != nil {
			t.Fatal(err)
		}
		for _, subject := range subjects {
			for _, part := range subject.Parts {
				list = append(list, subject.Slug+" "+part.Format("2006-01-02"))
			}
		}
		return list
	}
	show := func(entries []db.SitemapEntry) (list []string) {
		for _, entry := range entries {
			list = append(list, entry.Path+" "+entry.Modified.Format("2006-01-02"))
		}
		return list
	}
	if diff := cmp.Diff([]string{"art 2026-01-01", "biology 2025-01-01"}, subjects(true)); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"art 2026-01-01", "biology 2025-01-01", "music 2025-06-01"}, subjects(false)); diff != "" {
		t.Errorf("subjects with duplicates (-want +got):\n%s", diff)
	}
	for _, test := range []struct {
		primary bool
		want    []string
	}{
		{true, []string{"/learn/art/questions/other 2024-01-01"}},
		{false, []string{"/learn/art/questions/other 2024-01-01", "/learn/art/questions/same 2026-01-01"}},
	} {
		posts, err := l.store.SitemapPosts(t.Context(), "art", 1, 10, test.primary)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, show(posts)); diff != "" {
			t.Errorf("posts with primary = %t (-want +got):\n%s", test.primary, diff)
		}
	}
	if _, err := l.store.SitemapPosts(t.Context(), "astrology", 1, 10, true); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("unknown subject: %v, want ErrNotFound", err)
	}
}
