package views_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/assets"
	"quicktakes/content"
	"quicktakes/views"
)

// Without a script these pages say why they are empty, and show nothing that would not
// work.
func TestStudyPagesWithoutScript(t *testing.T) {
	for _, page := range []views.Page{views.SavedPage{}, views.OfflinePage{}} {
		doc := render(t, page)
		if doc.Find("noscript").Length() != 1 {
			t.Errorf("%T: nothing is said to readers without script", page)
		}
		doc.Find("main").Find("button, input, dialog, ul").Each(func(_ int, s *goquery.Selection) {
			if s.Closest("[hidden], dialog, .scripted").Length() == 0 {
				t.Errorf("%T: %s is shown", page, goquery.NodeName(s))
			}
		})
		if got := doc.Find("meta[name=robots]").AttrOr("content", ""); got != "noindex" {
			t.Errorf("%T: robots is %q, want noindex", page, got)
		}
		if font := doc.Find("link[rel=preload]").AttrOr("href", ""); font != "" {
			t.Errorf("%T: %s is loaded early, for nothing", page, font)
		}
		checkHeadings(t, doc)
		checkIDs(t, doc)
	}
}

// A formula in the title of a card is there before the script runs, so its font is loaded early.
func TestFlashcardsWithFormulasLoadTheirFont(t *testing.T) {
	page := views.FlashcardsPage{Subject: biology, Page: 1, Pages: 1, Cards: []content.Flashcard{{Link: content.Link{TitleHTML: "<math><mi>x</mi></math>"}}}}
	if fonts := render(t, page).Find("link[rel=preload][as=font]").Length(); fonts != 1 {
		t.Errorf("%d fonts are loaded early, want 1", fonts)
	}
}

// The script fetches cards from other pages, whatever they hold. Their font is loaded only
// if one holds a formula.
func TestStudyPagesHaveStylesForAllCards(t *testing.T) {
	for _, page := range []views.Page{views.SavedPage{}, views.FlashcardsPage{Subject: biology, Page: 1, Pages: 1}} {
		doc := render(t, page)
		for _, name := range []string{"css/code.css", "css/math.css"} {
			if !strings.Contains(doc.Find("style").Text(), assets.Style(name).Text) {
				t.Errorf("%T lacks %s", page, name)
			}
		}
		if font := doc.Find("link[rel=preload]").AttrOr("href", ""); font != "" {
			t.Errorf("%T: %s is loaded early, for nothing", page, font)
		}
	}
}
