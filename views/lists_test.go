package views_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/views"
)

// texts returns the text of each element with white space folded.
func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") })
}

func TestHome(t *testing.T) {
	doc := render(t, views.HomePage{
		Subjects: []content.Subject{{Slug: "art", Name: "Art", Count: 1}, biology},
		Newest:   []content.Link{link("Biology", "what-is-osmosis", "What is osmosis?")},
		Posts:    1010,
	})
	if got, want := doc.Find(".lede").Text(), "1,010 questions in 2 subjects"; !strings.Contains(got, want) {
		t.Errorf("lede = %q, want %q in it", got, want)
	}
	if diff := cmp.Diff([]string{"Art 1 question", "Biology 1,009 questions"}, texts(doc.Find(".subjects li"))); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"What is osmosis?", "Biology", "Jan 31, 2025"}, texts(doc.Find(".questions a, .questions .subject, .questions time"))); diff != "" {
		t.Errorf("newest (-want +got):\n%s", diff)
	}
	if doc.Find("header a[href='/learn']").Length() != 1 {
		t.Error("no link to all subjects")
	}
}

func TestHomeShowsTheLargestSubjects(t *testing.T) {
	var page views.HomePage
	for i, name := range strings.Fields("Law Art History Biology Économie Chemistry Music Physics Geology Sport") {
		page.Subjects = append(page.Subjects, content.Subject{Slug: strings.ToLower(name), Name: name, Count: 100 - i})
	}
	doc := render(t, page)
	want := []string{"Art", "Biology", "Chemistry", "Économie", "History", "Law", "Music", "Physics"}
	if diff := cmp.Diff(want, texts(doc.Find(".subjects a"))); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
	if got := doc.Find("main a[href='/learn']").Text(); got != "All 10 subjects, A to Z" {
		t.Errorf("the link to the others reads %q", got)
	}
}

func TestSubjectSearchesItsQuestions(t *testing.T) {
	doc := render(t, views.SubjectPage{Subject: biology, Page: 1, Pages: 1})
	if got := doc.Find("form[role=search] label").Text(); got != "Search Biology" {
		t.Errorf("the form is called %q", got)
	}
	if got := doc.Find("form[role=search] input[name=subject]").AttrOr("value", ""); got != "biology" {
		t.Errorf("it searches %q", got)
	}
}

func TestLearnGroupsByLetter(t *testing.T) {
	doc := render(t, views.LearnPage{Subjects: []content.Subject{
		{Slug: "art", Name: "Art", Count: 1}, biology, {Slug: "botany", Name: "Botany", Count: 3}, {Slug: "ecology", Name: "Écologie", Count: 2},
		{Slug: "economics", Name: "Economics", Count: 4}, {Slug: "elan", Name: "élan", Count: 2}, {Slug: "law", Name: "“Law”", Count: 1}, {Slug: "arabic", Name: "العربية", Count: 1},
	}})
	if diff := cmp.Diff([]string{"A", "B", "E", "L", "ا"}, texts(doc.Find("h2"))); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Biology", "Botany"}, texts(doc.Find("section[aria-labelledby=letter-B] li a"))); diff != "" {
		t.Errorf("B (-want +got):\n%s", diff)
	}
}

func TestSubjectGroupsByMonth(t *testing.T) {
	older := link("Biology", "what-is-a-cell", "What is a cell?")
	older.Date = time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	doc := render(t, views.SubjectPage{
		Subject:   biology,
		Questions: []content.Link{link("Biology", "what-is-osmosis", "What is <em>osmosis</em>?"), older},
		Page:      2, Pages: 11,
	})
	if diff := cmp.Diff([]string{"January 2025", "December 2024", "Pages"}, texts(doc.Find("h2"))); diff != "" {
		t.Errorf("months (-want +got):\n%s", diff)
	}
	if got := texts(doc.Find(".questions em")); len(got) != 1 {
		t.Errorf("the Markdown of a title is not shown: %q", got)
	}
	for selector, want := range map[string]string{
		"nav.pages a[rel=prev][href='/learn/biology']":                "Previous page",
		"nav.pages a[rel=next][href='/learn/biology?page=3']":         "Next page",
		"nav.pages [aria-current=page][href='/learn/biology?page=2']": "2",
		"nav.pages ol a[href='/learn/biology']":                       "1",
		"nav.pages ol a[href='/learn/biology?page=11']":               "11",
	} {
		if got := doc.Find(selector); got.Length() != 1 || got.Text() != want {
			t.Errorf("%s: %d, %q, want %q", selector, got.Length(), got.Text(), want)
		}
	}
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != "https://quicktakes.example/learn/biology?page=2" {
		t.Errorf("canonical = %q", got)
	}
}

func TestSubjectEnds(t *testing.T) {
	for _, test := range []struct{ page, pages, prev, next int }{
		{1, 1, 0, 0}, {1, 2, 0, 1}, {2, 2, 1, 0}, {2, 3, 1, 1},
	} {
		doc := render(t, views.SubjectPage{Subject: biology, Page: test.page, Pages: test.pages})
		if prev, next := doc.Find("[rel=prev]").Length(), doc.Find("[rel=next]").Length(); prev != test.prev || next != test.next {
			t.Errorf("page %d of %d: %d prev, %d next, want %d, %d", test.page, test.pages, prev, next, test.prev, test.next)
		}
	}
}

func TestErrorPages(t *testing.T) {
	for _, status := range []int{400, 404, 405, 410, 500, 503} {
		doc := render(t, views.ErrorPage{Status: status, Suggestions: []content.Link{link("Biology", "what-is-osmosis", "What is osmosis?")}})
		if got := doc.Find("meta[name=robots]").AttrOr("content", ""); got != "noindex" {
			t.Errorf("%d: robots = %q", status, got)
		}
		for _, way := range []string{"/", "/learn", "/learn/biology/questions/what-is-osmosis"} {
			if doc.Find("main a[href='"+way+"']").Length() != 1 {
				t.Errorf("%d: no way to %s", status, way)
			}
		}
		if help := doc.Find("main .lede").Text(); len(help) < 20 {
			t.Errorf("%d: help = %q", status, help)
		}
	}
}

func TestFlashcards(t *testing.T) {
	doc := render(t, views.FlashcardsPage{
		Subject: biology,
		Cards: []content.Flashcard{
			{Link: link("Biology", "what-is-osmosis", "What is <em>osmosis</em>?"), Answer: "Water moves.\n" + strings.Repeat("It moves on and on. ", 30)},
			{Link: link("Biology", "what-is-a-cell", "What is a cell?"), Answer: "The smallest unit that lives."},
		},
		Page: 2, Pages: 51,
	})
	const path = "/learn/biology/questions/what-is-osmosis"
	card := doc.Find("details.card[data-question='" + path + "']")
	if got := card.Find("summary em").Text(); got != "osmosis" {
		t.Errorf("the question of a card is %q", card.Find("summary").Text())
	}
	if got := card.Find("p").First().Text(); !strings.HasPrefix(got, "Water moves. It moves on") || len(got) > 300 {
		t.Errorf("the answer of a card is %q", got)
	}
	if got := card.Find("a").AttrOr("href", ""); got != path {
		t.Errorf("a card leads to %q, want %q", got, path)
	}
	for selector, want := range map[string]string{
		"title": "Biology flashcards, page 2 of 51 | QuickTakes",
		"h1":    "Biology flashcards",
		"nav.pages a[rel=prev][href='/learn/biology/flashcards']":        "Previous page",
		"nav.pages a[rel=next][href='/learn/biology/flashcards?page=3']": "Next page",
	} {
		if got := strings.TrimSpace(doc.Find(selector).Text()); got != want {
			t.Errorf("%s is %q, want %q", selector, got, want)
		}
	}
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != "https://quicktakes.example/learn/biology/flashcards?page=2" {
		t.Errorf("the canonical is %q", got)
	}
	checkIDs(t, doc)
	var data struct {
		Graph []struct {
			Type      string `json:"@type"`
			Alignment []struct {
				Type   string `json:"alignmentType"`
				Target string `json:"targetName"`
			} `json:"educationalAlignment"`
			Parts []struct {
				Type     string `json:"@type"`
				Kind     string `json:"eduQuestionType"`
				Text     string `json:"text"`
				Accepted struct {
					Type string `json:"@type"`
					Text string `json:"text"`
				} `json:"acceptedAnswer"`
			} `json:"hasPart"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(doc.Find("script[type='application/ld+json']").Text()), &data); err != nil {
		t.Fatal(err)
	}
	quiz := data.Graph[1]
	if quiz.Type != "Quiz" || len(quiz.Alignment) != 1 || quiz.Alignment[0].Type != "educationalSubject" || quiz.Alignment[0].Target != "Biology" || len(quiz.Parts) != 2 {
		t.Fatalf("structured data is %+v", quiz)
	}
	last := quiz.Parts[1]
	if last.Type != "Question" || last.Kind != "Flashcard" || last.Text != "What is a cell?" || last.Accepted.Type != "Answer" || last.Accepted.Text != "The smallest unit that lives." {
		t.Errorf("a question is %+v", last)
	}
}

// If a search finds more than it counts, the page shows a round number.
func TestSearchSaysHowManyAreFound(t *testing.T) {
	for total, want := range map[int]string{99: "At least 99 questions in Biology", 499: "At least 400 questions in Biology", 500: "At least 500 questions in Biology"} {
		counted := biology
		counted.Count = total
		doc := render(t, views.SearchPage{Query: "cell", Total: total, More: true, Page: 1, Pages: 1, Subject: &biology, Subjects: []content.Subject{counted}})
		if got := strings.TrimSpace(doc.Find("[role=status]").Text()); got != want {
			t.Errorf("the page says %q, want %q", got, want)
		}
		if got := doc.Find(".facets .note").Text(); !strings.Contains(want, " "+strings.TrimSuffix(got, "+")+" ") {
			t.Errorf("the list of subjects says %q beside %q", got, want)
		}
	}
}

// A search without corrections stays one, in its links too.
func TestSearchStaysAsTyped(t *testing.T) {
	doc := render(t, views.SearchPage{Query: "selar", AsTyped: true, Total: 57, Page: 2, Pages: 3, Subjects: []content.Subject{biology}})
	for selector, want := range map[string]string{
		"[role=status]": "57 questions, page 2 of 3",
		"nav.pages a[rel=next][href='/search?q=selar&exact=1&page=3']": "Next page",
		".facets a[href='/search?q=selar&subject=biology&exact=1']":    "Biology",
	} {
		if got := texts(doc.Find(selector)); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
}

// What is not counted whole is not shown as if it were, in no subject. The one that the
// search is confined to is counted by itself.
func TestSearchSaysHowManyAreInSubjects(t *testing.T) {
	counted, physics := biology, content.Subject{Slug: "physics", Name: "Physics", Count: 17}
	counted.Count = 40
	for _, test := range []struct {
		page views.SearchPage
		want string
	}{
		{views.SearchPage{Total: 57}, "40 17"},
		{views.SearchPage{Total: 57, More: true, MoreSubjects: true}, "40+ 17+"},
		{views.SearchPage{Total: 40, MoreSubjects: true, Subject: &biology}, "40 17+"},
	} {
		test.page.Query, test.page.Page, test.page.Pages = "cell", 1, 1
		test.page.Subjects = []content.Subject{counted, physics}
		if got := strings.Join(texts(render(t, test.page).Find(".facets .note")), " "); got != test.want {
			t.Errorf("the list of subjects says %s, want %s", got, test.want)
		}
	}
}
