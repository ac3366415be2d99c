package views_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/assets"
	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/views"
)

var site = views.Site{Name: "QuickTakes", BaseURL: "https://quicktakes.example"}

var (
	published = time.Date(2025, 1, 31, 0, 0, 0, 0, time.UTC)
	biology   = content.Subject{Slug: "biology", Name: "Biology", Count: 1009}
)

// render returns the parsed HTML of a page.
func render(t *testing.T, page views.Page) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(renderText(t, page)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func renderText(t *testing.T, page views.Page) string {
	t.Helper()
	var b strings.Builder
	if err := views.Document(site, page).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func link(subject, slug, title string) content.Link {
	path := "/learn/" + strings.ToLower(subject) + "/questions/" + slug
	return content.Link{Path: path, Title: title, TitleHTML: title, Subject: subject, Date: published}
}

// osmosis is a page of a plain post.
func osmosis() views.QuestionPage {
	const title = "What is osmosis?"
	older := link("Biology", "what-is-diffusion", "What is diffusion?")
	newer := link("Biology", "what-is-a-cell", "What is a cell?")
	return views.QuestionPage{
		Site: site,
		Post: &content.Post{
			Path:         "/learn/biology/questions/what-is-osmosis",
			Date:         published,
			DateFormat:   "MMM DD, YYYY",
			PostedOn:     "Posted on",
			Title:        title,
			ArticleTitle: title,
			Question:     title,
			SEO: content.SEO{
				Title:       "QuickTakes | Biology",
				Description: "How water crosses a membrane.",
				Keywords:    "osmosis, water,membrane, Water",
			},
			Author:  "QuickTakes",
			Subject: "Biology",
		},
		Rendered: &content.Rendered{
			Title:    answer.Title{HTML: title, Text: title},
			Question: answer.Title{HTML: title, Text: title},
			Answer:   answer.Answer{HTML: "<p>Water moves.</p><h2 id=\"Why\">Why</h2><p>It evens out.</p>"},
		},
		DirAndLang: views.AnswerDirAndLang("<p>Water moves.</p>"),
		Subject:    biology,
		Canonical:  "/learn/biology/questions/what-is-osmosis",
		Modified:   time.Date(2025, 2, 28, 0, 0, 0, 0, time.UTC),
		Related:    []content.Link{link("Chemistry", "what-is-a-solute", "What is a solute?")},
		Previous:   &newer,
		Next:       &older,
	}
}

// kinds returns a page of each kind, with its expected title.
func kinds() []kind {
	subjects := []content.Subject{{Slug: "art", Name: "Art", Count: 1}, biology, {Slug: "botany", Name: "Botany", Count: 3}}
	questions := []content.Link{link("Biology", "what-is-osmosis", "What is osmosis?"), link("Biology", "what-is-a-cell", "What is a cell?")}
	return []kind{
		{"home", "QuickTakes: good questions, clear answers", views.HomePage{Subjects: subjects, Newest: questions, Posts: 1013}},
		{"empty home", "QuickTakes: good questions, clear answers", views.HomePage{}},
		{"learn", "All subjects, A to Z | QuickTakes", views.LearnPage{Subjects: subjects}},
		{"empty learn", "All subjects, A to Z | QuickTakes", views.LearnPage{}},
		{"subject", "Biology questions | QuickTakes", views.SubjectPage{Subject: biology, Questions: questions, Page: 1, Pages: 11}},
		{"subject of one page", "Biology questions | QuickTakes", views.SubjectPage{Subject: biology, Questions: questions, Page: 1, Pages: 1}},
		{"subject, page 2", "Biology questions, page 2 of 11 | QuickTakes", views.SubjectPage{Subject: biology, Questions: questions, Page: 2, Pages: 11}},
		{"question", "What is osmosis? | QuickTakes | Biology", osmosis()},
		{"bare question", "What is osmosis? | QuickTakes | Biology", barePage()},
		{"about", "About these answers | QuickTakes", views.AboutPage{Site: site}},
		{"privacy", "Privacy | QuickTakes", views.PrivacyPage{Site: site}},
		{"400", "This address doesn’t work | QuickTakes", views.ErrorPage{Status: 400}},
		{"404", "Page not found | QuickTakes", views.ErrorPage{Status: 404, Suggestions: questions}},
		{"405", "This page is read-only | QuickTakes", views.ErrorPage{Status: 405}},
		{"410", "This question was removed | QuickTakes", views.ErrorPage{Status: 410}},
		{"429", "That was a lot of searches | QuickTakes", views.ErrorPage{Status: 429}},
		{"500", "Something went wrong on our side | QuickTakes", views.ErrorPage{Status: 500}},
		{"503", "We’re not quite ready | QuickTakes", views.ErrorPage{Status: 503}},
		{"unforeseen mistake of the client", "This address doesn’t work | QuickTakes", views.ErrorPage{Status: 413}},
		{"unforeseen mistake of the server", "Something went wrong on our side | QuickTakes", views.ErrorPage{Status: 502}},
	}
}

type kind struct {
	name, title string
	page        views.Page
}

// barePage returns a question page without any of its optional parts.
func barePage() views.QuestionPage {
	page := osmosis()
	page.Related, page.Previous, page.Next = nil, nil, nil
	page.Modified = time.Time{}
	page.Post.Author, page.Post.SEO.Description, page.Post.SEO.Keywords = "", "", ""
	return page
}

func TestEveryPage(t *testing.T) {
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			doc := render(t, k.page)
			_, isError := k.page.(views.ErrorPage)

			if got := doc.Find("head > title"); got.Length() != 1 || got.Text() != k.title {
				t.Errorf("%d titles, %q, want %q", got.Length(), got.Text(), k.title)
			}
			canonicals := 1
			if isError {
				canonicals = 0
			}
			styles := []string{assets.Style("css/site.css").Text}
			if doc.Find("meta[property='og:type'][content=article]").Length() == 0 {
				styles = append(styles, assets.Style("css/lists.css").Text)
			}
			wantCounts(t, doc, map[string]int{
				"html[lang=en]":                    1,
				"head > meta[charset=utf-8]":       1,
				"h1":                               1,
				"main#main":                        1,
				"header.site":                      1,
				"footer.site":                      1,
				".brand[translate=no]":             1,
				"footer.site strong[translate=no]": 1,
				"head > meta[name=description][content!='']":                                                1,
				"head > meta[name=robots]":                                                                  1,
				"head > meta[name=color-scheme]":                                                            1,
				"head > meta[name=theme-color][media]":                                                      2,
				"head > link[rel=manifest]":                                                                 1,
				"head > link[rel=icon]":                                                                     2,
				"head > link[rel=apple-touch-icon]":                                                         1,
				"head > link[rel=canonical]":                                                                canonicals,
				"head > meta[property='og:title'][content!='']":                                             canonicals,
				"head > meta[property='og:description'][content!='']":                                       canonicals,
				"head > meta[property='og:image']":                                                          canonicals,
				"head > meta[name='twitter:card'][content=summary_large_image]":                             canonicals,
				"head > script[type='application/ld+json']":                                                 canonicals,
				"head > link[rel=stylesheet]":                                                               0,
				"[style], [class=''], [id=''], [aria-label='']":                                             0,
				"head > style ~ meta[name=color-scheme]":                                                    0, // it decides the first colours
				"script:not([type='application/ld+json'])":                                                  1,
				"head > script[defer][async][src^='/assets/site.'][src$='.js']":                             1,
				"form[role=search][action='/search'] input[type=search][name=q]":                            1,
				"form[role=search] label[for=search] + input#search":                                        1,
				"[onclick], [onload], [onerror], a:not([href]), a[href=''], img:not([alt])":                 0,
				"nav:not([aria-label]):not([aria-labelledby]), section:not([aria-labelledby])":              0,
				"head > meta[name=keywords][content=''], head > meta[name=author][content='']":              0,
				"link[rel=canonical]:not([href^='https://quicktakes.example/'])":                            0,
				"meta[property='og:image']:not([content^='https://quicktakes.example/assets/img/share.'])":  0,
				"meta[name='twitter:image']:not([content^='https://quicktakes.example/assets/img/share.'])": 0,
				"meta[property='og:image:width'][content='1200'] + meta[property='og:image:height']":        canonicals,
				"meta[property='og:image:alt'][content!='']":                                                canonicals,
				"head > style":                            len(styles),
				"a[href^='javascript:'], a[target]":       0,
				"body > a.skip[href='#main']:first-child": 1,
				"meta[property='og:locale'][content=en_US], meta[property='og:site_name'][content=QuickTakes]": 2 * canonicals,
			})
			if got, want := doc.Find("style").Text(), strings.Join(styles, ""); got != want {
				t.Error("the style elements do not hold exactly the style sheets")
			}
			if ogURL, _ := doc.Find("meta[property='og:url']").Attr("content"); ogURL != doc.Find("link[rel=canonical]").AttrOr("href", "") {
				t.Errorf("og:url = %q, which is not the canonical", ogURL)
			}
			checkHeadings(t, doc)
			checkIDs(t, doc)
		})
	}
}

// checkHeadings reports a heading that is more than one level below the one
// before it.
func checkHeadings(t *testing.T, doc *goquery.Document) {
	t.Helper()
	before := 0
	doc.Find("h1, h2, h3, h4, h5, h6").Each(func(_ int, h *goquery.Selection) {
		level := int(goquery.NodeName(h)[1] - '0')
		if level > before+1 {
			t.Errorf("h%d %q after h%d", level, h.Text(), before)
		}
		before = level
	})
}

// checkIDs reports duplicate ids and references to ids that do not exist.
func checkIDs(t *testing.T, doc *goquery.Document) {
	t.Helper()
	seen := make(map[string]bool)
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if id == "" || seen[id] {
			t.Errorf("id %q is empty or occurs twice", id)
		}
		seen[id] = true
	})
	doc.Find("[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("aria-labelledby", ""); !seen[id] {
			t.Errorf("aria-labelledby names %q, which is not there", id)
		}
	})
}

// graph returns the structured data of a page by type.
func graph(t *testing.T, doc *goquery.Document) map[string]map[string]any {
	t.Helper()
	var data struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(doc.Find("script[type='application/ld+json']").Text()), &data); err != nil {
		t.Fatalf("structured data: %v", err)
	}
	if data.Context != "https://schema.org" {
		t.Errorf("@context = %q", data.Context)
	}
	nodes := make(map[string]map[string]any)
	for _, node := range data.Graph {
		switch types := node["@type"].(type) {
		case string:
			nodes[types] = node
		case []any:
			for _, name := range types {
				nodes[name.(string)] = node
			}
		}
	}
	for _, never := range []string{"QAPage", "FAQPage"} {
		if nodes[never] != nil {
			t.Errorf("structured data has a %s", never)
		}
	}
	return nodes
}

func TestStructuredData(t *testing.T) {
	for _, k := range kinds() {
		if _, isError := k.page.(views.ErrorPage); isError {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			nodes := graph(t, render(t, k.page))
			var want []string
			switch k.page.(type) {
			case views.HomePage:
				want = []string{"WebSite", "Organization"}
			case views.QuestionPage:
				want = []string{"BreadcrumbList", "Article", "LearningResource"}
			case views.AboutPage:
				want = []string{"BreadcrumbList", "AboutPage"}
			case views.PrivacyPage:
				want = []string{"BreadcrumbList", "WebPage"}
			default:
				want = []string{"BreadcrumbList", "CollectionPage"}
			}
			for _, name := range want {
				if nodes[name] == nil {
					t.Errorf("no %s", name)
				}
			}
		})
	}
}

// wantCounts checks how many elements there are of each selector.
func wantCounts(t *testing.T, doc *goquery.Document, counts map[string]int) {
	t.Helper()
	for selector, want := range counts {
		if got := doc.Find(selector).Length(); got != want {
			t.Errorf("%d × %s, want %d", got, selector, want)
		}
	}
}
