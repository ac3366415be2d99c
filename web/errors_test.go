package web_test

import (
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestMissingPageOffersSearch(t *testing.T) {
	s := newLibrarySite(t)
	for target, want := range map[string]string{
		"/learn/biology/questions/what-is-a-cel_wall": "what is a cel wall",
		"/gone":      "gone",
		"/nowhere-2": "nowhere 2",
	} {
		page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, target).Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := page.Find("main form[action='/search'] input[name=q]").AttrOr("value", ""); got != want {
			t.Errorf("%s: the form holds %q, want %q", target, got, want)
		}
	}
}
