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

// An address that is close to a subject's or topic's suggests questions about it.
func TestMissingPageSuggestsWhatASearchFinds(t *testing.T) {
	s := newLibrarySite(t)
	for target, want := range map[string]bool{"/learn/cel": true, "/topics/cells": true, "/what.cell": false, "/zzqxv": false, "/learn/zzqxv-cell": false} {
		page, err := goquery.NewDocumentFromReader(s.ask(http.MethodGet, target).Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := page.Find("main ul.questions a[href='"+cell+"']").Length() > 0; got != want {
			t.Errorf("%s: the question about cells is suggested: %t, want %t", target, got, want)
		}
	}
}
