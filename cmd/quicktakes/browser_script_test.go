//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

// The script does the same whether it loads before the page or after it.
func TestBrowserScriptComesEarlyOrLate(t *testing.T) {
	line := newLine(t, startSite(t, library(t)))
	visit(t, line.URL, func(b *browser) {
		b.prefer("light")
		b.open("/learn")
		b.choose("dark")
		for _, test := range []struct{ path, attribute string }{
			{formulaPage, ""},            // reading the page waits for it
			{codePage, ` type="module"`}, // it waits for the page
		} {
			page := evaluate[string](b, fmt.Sprintf(`fetch(%q).then(response => response.text())`, test.path))
			changed := strings.Replace(page, "<script defer async", "<script"+test.attribute, 1)
			if changed == page {
				t.Fatal("the page has no script")
			}
			line.answer(test.path, changed)
			b.read(test.path)
			b.wantBackground(0, .2)
			if got := evaluate[string](b, `document.querySelector("[name=theme]:checked").value`); got != "dark" {
				t.Errorf("%s with <script%s>: the chosen theme is %s, want dark", test.path, test.attribute, got)
			}
			b.wantText(".actions", "Save")
			b.key("?")
			b.wait(`!!document.querySelector("dialog[open]")`)
		}
	})
}

// Suggestions disappear with the text they were made for, even if no others replace them.
func TestBrowserSearchWithoutSuggestions(t *testing.T) {
	line := newLine(t, startSite(t, library(t)))
	b, end := line.launch(t)
	defer end()
	for _, stop := range []func(){
		func() { line.connect(false) },
		func() { line.answer("/search/suggest", "") },
	} {
		line.connect(true)
		b.open("/")
		b.key("/")
		b.key("square of")
		b.wait(`!!document.querySelector("[role=combobox][aria-expanded=true]")`)
		stop()
		b.key(" the")
		b.wait(`!!document.querySelector("[role=combobox][aria-expanded=false]")`)
		b.wantCount(".search [role=option]", 0)
	}
}

// One letter may be a word in Chinese, Japanese and Thai, but not in English.
func TestBrowserSuggestionsForOneLetter(t *testing.T) {
	site := startSite(t, contenttest.Folder(t,
		contenttest.Post{Path: "/learn/biology/questions/osmosis", ID: 1, Title: "浸透とは何ですか。"},
		contenttest.Post{Path: "/learn/biology/questions/light", ID: 2, Title: "แสงคืออะไร"},
		contenttest.Post{Path: "/learn/biology/questions/water", ID: 3, Title: "Water"},
	))
	visit(t, site, func(b *browser) {
		b.open("/")
		typed := func(text string) {
			evaluate[bool](b, fmt.Sprintf(`search.value = %q, search.dispatchEvent(new Event("input"))`, text))
		}
		for _, letter := range []string{"浸", "と", "แ"} {
			typed(letter)
			b.wait(`document.querySelectorAll(".search [role=option]").length == 1`)
			typed(" w ")
			b.wantCount(".search [role=option]", 0)
		}
	})
}
