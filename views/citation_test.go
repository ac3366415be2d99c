package views_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/views"
)

func TestCitations(t *testing.T) {
	const address = "https://quicktakes.example/learn/biology/questions/what-is-osmosis"
	for _, test := range []struct {
		name string
		set  func(*views.QuestionPage)
		want map[string]string // by style
	}{
		{"the site as its own author", func(*views.QuestionPage) {}, map[string]string{
			"APA 7":      "QuickTakes. (2025, February 28). What is osmosis? " + address,
			"MLA 9":      "“What is osmosis?” QuickTakes, 28 Feb. 2025, quicktakes.example/learn/biology/questions/what-is-osmosis.",
			"Chicago 17": "QuickTakes. “What is osmosis?” February 28, 2025. " + address + ".",
			"BibTeX": "@misc{quicktakes-2025-what-is-osmosis, author = {{QuickTakes}}, title = {{What is osmosis?}}, " +
				"year = {2025}, month = feb, day = {28}, howpublished = {\\url{" + address + "}} }",
		}},
		{"no author", func(p *views.QuestionPage) { p.Post.Author = "" }, map[string]string{
			"APA 7": "QuickTakes. (2025, February 28). What is osmosis? " + address,
		}},
		{"another author", func(p *views.QuestionPage) { p.Post.Author = "Biology Society" }, map[string]string{
			"APA 7":      "Biology Society. (2025, February 28). What is osmosis? QuickTakes. " + address,
			"MLA 9":      "Biology Society. “What is osmosis?” QuickTakes, 28 Feb. 2025, quicktakes.example/learn/biology/questions/what-is-osmosis.",
			"Chicago 17": "Biology Society. “What is osmosis?” QuickTakes. February 28, 2025. " + address + ".",
		}},
		{"never changed", func(p *views.QuestionPage) { p.Modified = time.Time{} }, map[string]string{
			"APA 7": "QuickTakes. (2025, January 31). What is osmosis? " + address,
		}},
		{"a month that the MLA writes out", func(p *views.QuestionPage) { p.Modified = time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC) }, map[string]string{
			"MLA 9": "“What is osmosis?” QuickTakes, 1 June 2025, quicktakes.example/learn/biology/questions/what-is-osmosis.",
		}},
		{"September", func(p *views.QuestionPage) { p.Modified = time.Date(2025, 9, 10, 0, 0, 0, 0, time.UTC) }, map[string]string{
			"MLA 9": "“What is osmosis?” QuickTakes, 10 Sept. 2025, quicktakes.example/learn/biology/questions/what-is-osmosis.",
		}},
		{"signs and quotation marks", func(p *views.QuestionPage) { p.Rendered.Title.Text = `Explain "50% of <b> & c_1"` }, map[string]string{
			"APA 7":      `QuickTakes. (2025, February 28). Explain "50% of <b> & c_1". ` + address,
			"MLA 9":      "“Explain '50% of <b> & c_1'.” QuickTakes, 28 Feb. 2025, quicktakes.example/learn/biology/questions/what-is-osmosis.",
			"Chicago 17": "QuickTakes. “Explain '50% of <b> & c_1'.” February 28, 2025. " + address + ".",
			"BibTeX": "@misc{quicktakes-2025-what-is-osmosis, author = {{QuickTakes}}, title = {{Explain \"50\\% of <b> \\& c\\_1\"}}, " +
				"year = {2025}, month = feb, day = {28}, howpublished = {\\url{" + address + "}} }",
		}},
		{"a question in Japanese", func(p *views.QuestionPage) {
			p.Rendered.Title.Text, p.Post.Author = "敬語とは何ですか？", "日本語学科"
		}, map[string]string{
			"APA 7":  "日本語学科. (2025, February 28). 敬語とは何ですか？ QuickTakes. " + address,
			"BibTeX": "@misc{2025-what-is-osmosis, author = {{日本語学科}}, title = {{敬語とは何ですか？}}, year = {2025}, month = feb, day = {28}, howpublished = {\\url{" + address + "}} }",
		}},
		{"a question in Arabic by an author with an accent", func(p *views.QuestionPage) {
			p.Rendered.Title.Text, p.Post.Author = "ما هذا؟", "Éditions"
		}, map[string]string{
			"APA 7":  "Éditions. (2025, February 28). ما هذا؟ QuickTakes. " + address,
			"BibTeX": "@misc{editions-2025-what-is-osmosis, author = {{Éditions}}, title = {{ما هذا؟}}, year = {2025}, month = feb, day = {28}, howpublished = {\\url{" + address + "}} }",
		}},
		{"a backslash in curly quotes", func(p *views.QuestionPage) { p.Rendered.Title.Text = `What does “\n” do?` }, map[string]string{
			"MLA 9": `“What does ‘\n’ do?” QuickTakes, 28 Feb. 2025, quicktakes.example/learn/biology/questions/what-is-osmosis.`,
			"BibTeX": `@misc{quicktakes-2025-what-is-osmosis, author = {{QuickTakes}}, title = {{What does “\textbackslash{}n” do?}}, ` +
				`year = {2025}, month = feb, day = {28}, howpublished = {\url{` + address + `}} }`,
		}},
		// BibTeX counts braces, even those after a backslash.
		{"a single brace", func(p *views.QuestionPage) { p.Rendered.Title.Text = `What do { and \} mean?` }, map[string]string{
			"BibTeX": "@misc{quicktakes-2025-what-is-osmosis, author = {{QuickTakes}}, " +
				`title = {{What do \textbraceleft{} and \textbackslash{}\textbraceright{} mean?}}, ` +
				`year = {2025}, month = feb, day = {28}, howpublished = {\url{` + address + `}} }`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := osmosis()
			test.set(&page)
			list := render(t, page).Find("details.cite")
			styles, references := texts(list.Find("dt")), texts(list.Find("dd"))
			if diff := cmp.Diff([]string{"APA 7", "MLA 9", "Chicago 17", "BibTeX"}, styles); diff != "" {
				t.Fatalf("styles (-want +got):\n%s", diff)
			}
			for i, style := range styles {
				if want := test.want[style]; want != "" && references[i] != want {
					t.Errorf("%s:\n%s\nwant\n%s", style, references[i], want)
				}
			}
		})
	}
}

// The guides put the title of the page or the name of the site in italics.
func TestCitationsInItalics(t *testing.T) {
	got := texts(render(t, osmosis()).Find("details.cite dd i"))
	if diff := cmp.Diff([]string{"What is osmosis?", "QuickTakes", ""}, got); diff != "" {
		t.Errorf("italics (-want +got):\n%s", diff)
	}
}

// Chromium and WebKit break a URL after a slash only where they are told to.
func TestAddressesBreakAfterSlashes(t *testing.T) {
	page := render(t, osmosis())
	for _, selector := range []string{"[rel=bookmark]", "details.cite dd:first-of-type", "details.cite pre"} {
		html, err := page.Find(selector).Html()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(html, "/<wbr/>learn/<wbr/>biology/<wbr/>questions/<wbr/>what-is-osmosis") {
			t.Errorf("%s has an address that cannot break:\n%s", selector, html)
		}
	}
	link := page.Find("[rel=bookmark]")
	if got, want := link.Text(), link.AttrOr("href", ""); got != want {
		t.Errorf("the link says %q, want its address %q", got, want)
	}
}
