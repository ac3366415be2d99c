package views_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"quicktakes/assets"
	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/views"
)

func TestQuestionHead(t *testing.T) {
	doc := render(t, osmosis())
	const address = "https://quicktakes.example/learn/biology/questions/what-is-osmosis"
	for selector, want := range map[string]string{
		"meta[name=description]":                       "How water crosses a membrane.",
		"meta[name=keywords]":                          "osmosis, water,membrane, Water",
		"meta[name=author]":                            "QuickTakes",
		"meta[name=robots]":                            "max-image-preview:large",
		"link[rel=canonical]":                          address,
		"link[rel=alternate][type='text/markdown']":    address + ".md",
		"link[rel=alternate][type='application/json']": address + ".json",
		"meta[property='og:title']":                    "What is osmosis?",
		"meta[property='og:description']":              "How water crosses a membrane.",
		"meta[property='og:type']":                     "article",
		"meta[property='og:url']":                      address,
		"meta[property='article:published_time']":      "2025-01-31T00:00:00Z",
		"meta[property='article:modified_time']":       "2025-02-28T00:00:00Z",
		"meta[property='article:section']":             "Biology",
		"meta[name='twitter:title']":                   "What is osmosis?",
		"meta[name='twitter:description']":             "How water crosses a membrane.",
	} {
		found := doc.Find("head > " + selector)
		got := found.AttrOr("content", found.AttrOr("href", ""))
		if found.Length() != 1 || got != want {
			t.Errorf("%s: %d, %q, want %q", selector, found.Length(), got, want)
		}
	}
	tags := doc.Find("meta[property='article:tag']").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("content", "") })
	if diff := cmp.Diff([]string{"osmosis", "water", "membrane"}, tags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
}

// The description of the picture has the title as a sentence of its own.
func TestQuestionPictureDescription(t *testing.T) {
	for title, want := range map[string]string{
		"What is osmosis?": "What is osmosis? A question in Biology on QuickTakes.",
		"Explain osmosis":  "Explain osmosis. A question in Biology on QuickTakes.",
	} {
		page := osmosis()
		page.Rendered.Title.Text, page.Picture = title, "/og/osmosis.png"
		for _, tag := range []string{"meta[property='og:image:alt']", "meta[name='twitter:image:alt']"} {
			if got := render(t, page).Find(tag).AttrOr("content", ""); got != want {
				t.Errorf("%s is %q, want %q", tag, got, want)
			}
		}
	}
}

func TestQuestionStructuredData(t *testing.T) {
	nodes := graph(t, render(t, osmosis()))
	const address = "https://quicktakes.example/learn/biology/questions/what-is-osmosis"
	for name, want := range map[string]any{
		"headline":             "What is osmosis?",
		"name":                 "What is osmosis?",
		"description":          "How water crosses a membrane.",
		"datePublished":        "2025-01-31T00:00:00Z",
		"dateModified":         "2025-02-28T00:00:00Z",
		"inLanguage":           "en",
		"learningResourceType": "Question and answer",
		"isAccessibleForFree":  true,
		"mainEntityOfPage":     address,
		"url":                  address,
	} {
		if got := nodes["Article"][name]; got != want {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}
	for _, name := range []string{"author", "publisher", "about", "image"} {
		if node, ok := nodes["Article"][name].(map[string]any); !ok || !strings.HasPrefix(fmt.Sprint(node["url"]), "https://quicktakes.example/") {
			t.Errorf("%s = %v, want a node with an absolute url", name, nodes["Article"][name])
		}
	}
	var way []string
	for i, item := range nodes["BreadcrumbList"]["itemListElement"].([]any) {
		item := item.(map[string]any)
		if item["position"] != float64(i+1) {
			t.Errorf("step %d has position %v", i+1, item["position"])
		}
		way = append(way, fmt.Sprint(item["name"], " ", item["item"]))
	}
	want := []string{
		"Home https://quicktakes.example/",
		"Subjects https://quicktakes.example/learn",
		"Biology https://quicktakes.example/learn/biology",
		"What is osmosis? " + address,
	}
	if diff := cmp.Diff(want, way); diff != "" {
		t.Errorf("breadcrumbs (-want +got):\n%s", diff)
	}
}

func TestQuestionMain(t *testing.T) {
	page := osmosis()
	page.AlsoIn = []content.Link{link("Chemistry", "what-is-osmosis", "What is osmosis?"), link("Medicine", "what-is-osmosis", "What is osmosis?")}
	doc := render(t, page)
	for selector, want := range map[string]string{
		"article > h1": "What is osmosis?",
		"nav[aria-label=Breadcrumb] > ol > li:nth-child(1) > a[href='/']":              "Home",
		"nav[aria-label=Breadcrumb] > ol > li:nth-child(2) > a[href='/learn']":         "Subjects",
		"nav[aria-label=Breadcrumb] > ol > li:nth-child(3) > a[href='/learn/biology']": "Biology",
		".about > p:nth-child(1)":                                    "Posted on Jan 31, 2025",
		".about time[datetime='2025-02-28']":                         "Feb 28, 2025",
		".about time[datetime='2025-01-31']":                         "Jan 31, 2025",
		".about > p:nth-child(2)":                                    "Updated on Feb 28, 2025",
		".about > p:nth-child(3)":                                    "By QuickTakes",
		".about > p:nth-child(4)":                                    "1 min read",
		".about > p:nth-child(5)":                                    "Also in Chemistry, Medicine",
		".about a[href='/learn/medicine/questions/what-is-osmosis']": "Medicine",
		".answer > h2":                                               "Why",
		"section#related[aria-labelledby] a[href='/learn/chemistry/questions/what-is-a-solute']": "What is a solute?",
		"section#related .subject": "Chemistry",
		"nav a[rel=next][href='/learn/biology/questions/what-is-diffusion']": "What is diffusion?",
		"nav a[rel=prev][href='/learn/biology/questions/what-is-a-cell']":    "What is a cell?",
		"main nav a[href='/learn/biology']:not(nav[aria-label] a)":           "All 1,009 Biology questions",
	} {
		found := doc.Find(selector)
		if got := strings.Join(strings.Fields(found.Text()), " "); found.Length() != 1 || got != want {
			t.Errorf("%s: %d, %q, want %q", selector, found.Length(), got, want)
		}
	}
}

// The reader mode of Firefox tells what is not part of the text by names: footer elements,
// and the class of breadcrumbs.
func TestReadingViewsFindTheAnswerAlone(t *testing.T) {
	wantCounts(t, render(t, osmosis()), map[string]int{
		"main > nav.breadcrumbs":                                1,
		"main > article .answer":                                1,
		"main > footer #related":                                1,
		"main > :not(nav.breadcrumbs):not(article):not(footer)": 0,
	})
}

// A reference or an address that a browser has translated is useless.
func TestTranslatorsLeaveReferencesAlone(t *testing.T) {
	wantCounts(t, render(t, osmosis()), map[string]int{
		".cite dd[translate=no]":       4,
		".cite dd:not([translate=no])": 0,
		"[rel=bookmark][translate=no]": 1,
	})
}

func TestQuestionLeavesOutWhatThereIsNot(t *testing.T) {
	page := barePage()
	page.Rendered.Answer.Text = "Water crosses a membrane."
	page.Post.Author = "Biology Society"
	doc := render(t, page)
	if got := doc.Find("meta[name=description]").AttrOr("content", ""); got != page.Rendered.Answer.Text {
		t.Errorf("the description is %q, want the answer's beginning", got)
	}
	if got := doc.Find("script[type='application/ld+json']").Text(); !strings.Contains(got, `"author":{"@type":"Organization","name":"Biology Society"}`) {
		t.Errorf("the site's address or logo is that of another author: %s", got)
	}
	doc = render(t, barePage())
	for _, selector := range []string{"#related", "[rel=next]", "[rel=prev]", "meta[name=keywords]", "meta[name=author]", "meta[property='article:tag']"} {
		if doc.Find(selector).Length() != 0 {
			t.Errorf("%s is there", selector)
		}
	}
	if text := doc.Find(".about").Text(); strings.Contains(text, "Updated") || strings.Contains(text, "By") || strings.Contains(text, "Also") {
		t.Errorf("about = %q", text)
	}
}

func TestTitleIsText(t *testing.T) {
	const nasty = `Is <em>"A & B"</em> </script><script>alert(1)</script> it's?`
	page := osmosis()
	page.Rendered.Title = answer.Title{HTML: "ignored", Text: nasty}
	page.Post.SEO.Description = nasty
	page.Post.SEO.Keywords = nasty
	page.Post.Author = nasty
	page.Post.Subject = nasty
	page.Subject.Name = nasty
	page.Post.PostedOn = nasty
	doc := render(t, page)
	if got, want := doc.Find("title").Text(), nasty+" | QuickTakes | Biology"; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
	for _, selector := range []string{"meta[name=description]", "meta[name=keywords]", "meta[name=author]", "meta[property='og:title']", "meta[name='twitter:title']", "meta[property='article:section']"} {
		if got := doc.Find(selector).AttrOr("content", ""); got != nasty {
			t.Errorf("%s = %q, want %q", selector, got, nasty)
		}
	}
	if got := doc.Find("script:not([src])").Length(); got != 1 {
		t.Errorf("%d scripts in the page, want 1", got)
	}
	if got := graph(t, doc)["Article"]["headline"]; got != nasty {
		t.Errorf("headline = %q, want %q", got, nasty)
	}
}

func TestQuestionIsHTML(t *testing.T) {
	page := osmosis()
	page.Rendered.Question = answer.Title{HTML: "Why <code>a &lt; b</code>?", Text: "Why a < b?"}
	if got := render(t, page).Find("h1 > code").Text(); got != "a < b" {
		t.Errorf("code in h1 = %q", got)
	}
}

func TestNoIndex(t *testing.T) {
	page := osmosis()
	page.Post.NoIndex = true
	if got := render(t, page).Find("meta[name=robots]").AttrOr("content", ""); got != "noindex" {
		t.Errorf("robots = %q", got)
	}
}

func TestSecondaryDuplicate(t *testing.T) {
	page := osmosis()
	page.Canonical = "/learn/chemistry/questions/what-is-osmosis"
	doc := render(t, page)
	const want = "https://quicktakes.example/learn/chemistry/questions/what-is-osmosis"
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != want {
		t.Errorf("canonical = %q", got)
	}
	if got := graph(t, doc)["Article"]["mainEntityOfPage"]; got != want {
		t.Errorf("mainEntityOfPage = %q", got)
	}
	if got := doc.Find("link[type='text/markdown']").AttrOr("href", ""); got != "https://quicktakes.example/learn/biology/questions/what-is-osmosis.md" {
		t.Errorf("Markdown alternate = %q, want the page's own", got)
	}
}

func TestTitleTemplate(t *testing.T) {
	for _, test := range []struct{ template, seoTitle, want string }{
		{"", "QuickTakes | Biology", "What is osmosis? | QuickTakes | Biology"},
		{"", "", "What is osmosis? | QuickTakes"},
		{"{seo.title}", "QuickTakes | Biology", "QuickTakes | Biology"},
		{"{subject}: {question} ({site})", "x", "Biology: What is osmosis? (QuickTakes)"},
		{"{seo.title}", "{site} | Biology", "{site} | Biology"},
	} {
		page := osmosis()
		page.Post.SEO.Title = test.seoTitle
		got := page.Meta(views.Site{Name: "QuickTakes", TitleTemplate: test.template}).Title
		if got != test.want {
			t.Errorf("template %q, seo.title %q: title = %q, want %q", test.template, test.seoTitle, got, test.want)
		}
	}
}

// A template that passes the check leaves no field unfilled in a title.
func TestTitleTemplateCheck(t *testing.T) {
	for template, isGood := range map[string]bool{
		views.DefaultTitleTemplate:     true,
		"{question} | {site}":          true,
		"{subject}: {article_title} }": true,
		"all of " + views.TitleFields:  true,
		"{subject} | {site}":           false,
		"QuickTakes":                   false,
		"{title} | {seo_title}":        false,
		"{title} {}":                   false,
	} {
		if err := views.CheckTitleTemplate(template); (err == nil) != isGood {
			t.Errorf("%q: %v", template, err)
		}
		title := osmosis().Meta(views.Site{Name: "QuickTakes", TitleTemplate: template}).Title
		if isGood && strings.Contains(title, "{") {
			t.Errorf("%q makes the title %q", template, title)
		}
	}
}

func TestStylesAreThoseThatThePageNeeds(t *testing.T) {
	code, math := assets.Style("css/code.css").Text, assets.Style("css/math.css").Text
	for _, test := range []struct {
		name string
		set  func(*views.QuestionPage)
		want []string
	}{
		{"plain", func(*views.QuestionPage) {}, nil},
		{"code", func(p *views.QuestionPage) { p.Rendered.Answer.HasCode = true }, []string{code}},
		{"math", func(p *views.QuestionPage) { p.Rendered.Answer.HasMath = true }, []string{math}},
		{"both", func(p *views.QuestionPage) { p.Rendered.Answer.HasMath, p.Rendered.Answer.HasCode = true, true }, []string{code, math}},
		{"formula in the question", func(p *views.QuestionPage) { p.Rendered.Question.HTML = "<math><mi>x</mi></math>" }, []string{math}},
		{"formula in a link", func(p *views.QuestionPage) { p.Next.TitleHTML = "<math><mi>x</mi></math>" }, []string{math}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := osmosis()
			test.set(&page)
			document := render(t, page)
			got := document.Find("style").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
			if diff := cmp.Diff(append([]string{assets.Style("css/site.css").Text}, test.want...), got); diff != "" {
				t.Errorf("styles (-want +got):\n%s", diff)
			}
			// Without it, a page is shown before the font is there, and moves when it comes.
			font := document.Find("link[rel=preload][as=font][crossorigin]").AttrOr("href", "")
			if hasFont := font != "" && strings.Contains(math, font); hasFont != slices.Contains(test.want, math) {
				t.Errorf("the font that is loaded early is %q", font)
			}
		})
	}
}

func TestListsWithFormulasHaveTheirStyle(t *testing.T) {
	links := []content.Link{link("Mathematics", "what-is-x", "What is <math><mi>x</mi></math>?")}
	question := osmosis()
	question.Related = links
	for _, page := range []views.Page{
		question,
		views.HomePage{Newest: links},
		views.SubjectPage{Subject: biology, Questions: links, Page: 1, Pages: 1},
		views.TopicPage{Topic: content.Topic{Name: "x", Count: 1}, Questions: links, Page: 1, Pages: 1},
		views.FlashcardsPage{Subject: biology, Cards: []content.Flashcard{{Link: links[0]}}, Page: 1, Pages: 1},
		views.SearchPage{Query: "x", Total: 1, Page: 1, Pages: 1, Results: []content.SearchResult{{Link: links[0]}}},
		views.SavedPage{}, // which the browser fills
		views.ErrorPage{Status: 404, Suggestions: links},
	} {
		if got := render(t, page).Find("style").Text(); !strings.Contains(got, assets.Style("css/math.css").Text) {
			t.Errorf("%T has no style sheet of formulas", page)
		}
	}
}

func TestReadingTime(t *testing.T) {
	for _, test := range []struct {
		text  string
		times int
		want  string
	}{
		{"water ", 0, "1 min read"},
		{"water ", 299, "1 min read"},
		{"water ", 300, "2 min read"},
		{"water ", 1000, "5 min read"},
		{"= Ωμέγα вода ماء 물 ", 200, "5 min read"},
		{"水", 2000, "5 min read"}, // texts without spaces
		{"水は、", 1000, "5 min read"},
		{"ミズ water ", 500, "5 min read"},
	} {
		page := barePage()
		page.Rendered.Answer.Text = strings.Repeat(test.text, test.times)
		if got := render(t, page).Find(".about").Text(); !strings.Contains(got, test.want) {
			t.Errorf("%d times %q: %q, want %s", test.times, test.text, got, test.want)
		}
	}
}

func TestContents(t *testing.T) {
	page := osmosis()
	page.Rendered.Answer.Headings = []answer.Heading{{Level: 2, ID: "Why", Text: "Why"}, {Level: 3, ID: "Why_not", Text: "Why not"}}
	if doc := render(t, page); doc.Find(".contents").Length() != 0 {
		t.Error("two headings have a contents list")
	}
	page.Rendered.Answer.Headings = append(page.Rendered.Answer.Headings, answer.Heading{Level: 2, ID: "When", Text: "When & where"})
	page.Rendered.Answer.HTML += `<h3 id="Why_not">Why not</h3><h2 id="When">When &amp; where</h2>`
	doc := render(t, page)
	checkIDs(t, doc)
	for selector, want := range map[string]string{
		"nav.contents[aria-labelledby=contents] #contents": "Contents",
		".contents li:not(.sub) a[href='#Why']":            "Why",
		".contents li.sub a[href='#Why_not']":              "Why not",
		".contents li:last-child a[href='#When']":          "When & where",
	} {
		if got := doc.Find(selector); got.Length() != 1 || got.Text() != want {
			t.Errorf("%s: %d, %q, want %q", selector, got.Length(), got.Text(), want)
		}
	}
}
