//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"

	"quicktakes/assets"
)

// The theme is in a page before its script is there. The script comes late if the program is
// not the same as at the last visit.
func TestBrowserThemeBeforeScript(t *testing.T) {
	line := newLine(t, startSite(t, library(t)))
	visit(t, line.URL, func(b *browser) {
		b.prefer("light")
		b.read(formulaPage)
		b.wait(`!!navigator.serviceWorker.controller`)
		page := evaluate[string](b, fmt.Sprintf(`fetch(%q).then(response => response.text())`, formulaPage))
		const late = "/assets/site.0123456789ab.js"
		line.answer(late, "// nothing yet")
		line.answer(formulaPage, strings.Replace(page, assets.ScriptURL("site"), late, 1))

		for _, test := range []struct {
			theme       string
			least, most float64
		}{
			{"dark", 0, .2},
			{"light", .9, 1},
			{"dark", 0, .2},
			{"system", .9, 1},
		} {
			b.open("/learn")
			b.choose(test.theme)
			b.wait(`caches.match("/theme").then(kept => kept?.text()).then((schemes = "light dark") => schemes == document.querySelector("[name=color-scheme]").content)`)
			b.open(formulaPage)
			b.wantCount(".status", 0) // the script adds it
			b.wantBackground(test.least, test.most)
			b.wantText("article", "turns the others by")
		}
	})
}
