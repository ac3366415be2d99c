package views_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/views"
)

// Without script the page says why it is empty, and shows nothing that does not work.
func TestSavedPageWithoutScript(t *testing.T) {
	doc := render(t, views.SavedPage{})
	if doc.Find("noscript").Length() != 1 {
		t.Error("nothing is said to readers without script")
	}
	doc.Find("main :is(button, input, dialog, ul)").Each(func(_ int, s *goquery.Selection) {
		if s.Closest("[hidden], dialog").Length() == 0 {
			t.Errorf("%s is shown", goquery.NodeName(s))
		}
	})
	if got := doc.Find("meta[name=robots]").AttrOr("content", ""); got != "noindex" {
		t.Errorf("robots is %q, want noindex", got)
	}
	checkHeadings(t, doc)
	checkIDs(t, doc)
}
