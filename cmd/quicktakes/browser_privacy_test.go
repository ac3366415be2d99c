//go:build browser

package main

import "testing"

// This proves what the privacy page promises: whichever page is read, nothing comes from or
// goes to another site, no cookie is set, and nothing is stored that the reader did not ask
// for. The browser's record holds the requests and the cookies.
func TestBrowserPrivacy(t *testing.T) {
	site := startSite(t, library(t))
	visit(t, site, func(b *browser) {
		for _, path := range []string{"/", "/learn", mathsSubject, squarePath(1), formulaPage, codePage, mathsSubject + "/flashcards", "/topics", "/about", "/privacy", "/saved", "/offline"} {
			b.open(path)
			if got := evaluate[string](b, `document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)`); got != "" {
				b.t.Errorf("%s makes the browser keep %q", path, got)
			}
		}
	})
}
