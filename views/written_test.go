package views_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/views"
)

const (
	arabic   = "ما هو التناضح؟"
	hebrew   = "מהי אוסמוזה?"
	japanese = "浸透とは何ですか。"
	saladin  = "صلاح الدين is the Arabic name of Saladin."
)

// marked returns the elements of main that have dir or lang, each with its text.
func marked(doc *goquery.Document) []string {
	return doc.Find("main [dir], main [lang]").Not("input").Map(func(_ int, s *goquery.Selection) string {
		name := goquery.NodeName(s)
		if class := s.AttrOr("class", ""); class != "" {
			name += "." + class
		}
		return strings.Join(strings.Fields(name+" "+s.AttrOr("dir", "-")+" "+s.AttrOr("lang", "-")+" "+s.Text()), " ")
	})
}

// Texts in other languages are in their own direction. Those of the site stay in English.
func TestTextsInOtherLanguages(t *testing.T) {
	question := osmosis()
	older, newer := link("Biology", "older", hebrew), link("Biology", "newer", japanese)
	question.Next, question.Previous = &older, &newer
	question.Related = []content.Link{link("History", "saladin", saladin), link("Biology", "related", arabic)}
	question.Rendered.Question = answer.Title{HTML: arabic, Text: arabic}
	question.Rendered.Answer = answer.Answer{
		HTML: `<p>` + arabic + ` <code translate="no">const water = membrane.pass(water)</code> ` +
			`<math display="block"><mi>x</mi><annotation encoding="application/x-tex">\text{the potential of water}</annotation></math></p>`,
		Headings: []answer.Heading{{Level: 2, ID: "a", Text: "أ"}, {Level: 2, ID: "b", Text: "ب"}, {Level: 2, ID: "c", Text: "C"}},
	}
	question.DirAndLang = views.AnswerDirAndLang(question.Rendered.Answer.HTML)
	withCode := link("Biology", "d", "ما ناتج System.out.println(a)؟")
	withCode.TitleHTML = `ما ناتج <code translate="no">System.out.println(a)</code>؟`
	list := []content.Link{link("Biology", "a", arabic), withCode, link("Biology", "b", saladin), link("Biology", "c", hebrew)}
	for _, test := range []struct {
		page views.Page
		want []string
	}{
		{question, []string{
			"h1 rtl ar " + arabic,
			"ol rtl ar أبC",
			"div.answer rtl ar " + arabic + ` const water = membrane.pass(water) x\text{the potential of water}`,
			"a rtl ar " + arabic,
			"a rtl he " + hebrew,
			"a - ja " + japanese,
		}},
		{views.SubjectPage{Subject: biology, Questions: list, Page: 1, Pages: 1}, []string{"a rtl ar " + arabic, "a rtl ar " + withCode.Title, "a rtl he " + hebrew}},
		{views.HomePage{Newest: list}, []string{"a rtl ar " + arabic, "a rtl ar " + withCode.Title, "a rtl he " + hebrew}},
		{views.FlashcardsPage{Subject: biology, Page: 1, Pages: 1, Cards: []content.Flashcard{
			{Link: link("Biology", "a", hebrew), Answer: "מים"}, {Link: link("Biology", "b", saladin), Answer: arabic},
		}}, []string{"summary rtl he " + hebrew, "p rtl - מים", "p rtl ar " + arabic}},
		{views.SearchPage{Query: "x", Total: 2, Page: 1, Pages: 1, Results: []content.SearchResult{
			{Link: link("Biology", "a", arabic), Snippet: []answer.Fragment{{Text: "water: "}, {Text: "التناضح", Marked: true}}},
			{Link: link("Biology", "b", "What is osmosis?"), Snippet: []answer.Fragment{{Text: "Water moves by التناضح"}}},
		}}, []string{"a rtl ar " + arabic, "p.snippet rtl und water: التناضح"}},
	} {
		if diff := cmp.Diff(test.want, marked(render(t, test.page))); diff != "" {
			t.Errorf("%T (-want +got):\n%s", test.page, diff)
		}
	}
}

func TestPagesOfEnglishTextsAreUnmarked(t *testing.T) {
	for _, k := range kinds() {
		if got := marked(render(t, k.page)); len(got) > 0 {
			t.Errorf("%s has %v", k.name, got)
		}
	}
}

// The search box takes the direction of what is typed.
func TestSearchBoxHasTheDirectionOfTheSearch(t *testing.T) {
	for _, page := range []views.Page{osmosis(), views.HomePage{}, views.SearchPage{Query: arabic, Page: 1, Pages: 1}} {
		render(t, page).Find("input[type=search]").Each(func(_ int, s *goquery.Selection) {
			if got := s.AttrOr("dir", ""); got != "auto" {
				t.Errorf("%T: dir of the search box is %q, want auto", page, got)
			}
		})
	}
}

func TestStructuredDataNamesTheLanguageOfTheAnswer(t *testing.T) {
	const persian = "اسمز چیست و چگونه کار می کند؟"
	for text, want := range map[string]any{arabic: "ar", japanese: "ja", saladin: "en", "Pourquoi ?": "en", persian: nil} {
		page := osmosis()
		page.Rendered.Answer.HTML = "<p>" + text + " <code translate=\"no\">print(water)</code></p>"
		page.DirAndLang = views.AnswerDirAndLang(page.Rendered.Answer.HTML)
		if got := graph(t, render(t, page))["Article"]["inLanguage"]; got != want {
			t.Errorf("inLanguage of %q is %v, want %v", text, got, want)
		}
	}
}

// The language of a title that alone leaves it in doubt is that of the answer.
func TestTitleInTheLanguageOfTheAnswer(t *testing.T) {
	chinese := "渗透作用是水通过细胞膜，从溶质少的一边移动到溶质多的一边，直到平衡。"
	for title, want := range map[string]string{"什么是渗透作用？": "zh", "What is 渗透?": ""} {
		page := osmosis()
		page.Rendered.Question = answer.Title{HTML: title, Text: title}
		page.Rendered.Answer.HTML = "<p>" + chinese + "</p>"
		page.DirAndLang = views.AnswerDirAndLang(page.Rendered.Answer.HTML)
		if got := render(t, page).Find("h1").AttrOr("lang", ""); got != want {
			t.Errorf("lang of %q is %q, want %q", title, got, want)
		}
	}
}
