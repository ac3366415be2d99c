//go:build browser

package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

func TestBrowserMedia(t *testing.T) {
	site := startSite(t, library(t))

	t.Run("marks what was found in forced colours", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.emulate(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
				{Name: "forced-colors", Value: "active"},
				{Name: "prefers-color-scheme", Value: "dark"},
			}})
			b.open("/search?q=times")
			colours := evaluate[[]string](b, `["main .snippet", "main .snippet mark"].map(found => getComputedStyle(document.querySelector(found)).color)`)
			if colours[0] != colours[1] {
				t.Errorf("a word that was found is %s, the text around it %s", colours[1], colours[0])
			}
		})
	})

	t.Run("prints lists and cards, and of a question the answer and its address", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.emulate(emulation.SetEmulatedMediaParams{Media: "print"})
			for _, test := range []struct {
				path, selector string
				want           bool
			}{
				{"/", ".subjects li", true},
				{mathsSubject, ".questions li", true},
				{mathsSubject, ".pages", false},
				{mathsSubject + "/flashcards", ".card p", true},
				{squarePath(5), ".answer", true},
				{squarePath(5), "[rel=bookmark]", true},
				{squarePath(5), ".tools details", false},
				{squarePath(5), "footer.site", false},
				{squarePath(5), ".theme", false},
				{squarePath(5), "#related", false},
			} {
				b.open(test.path)
				if got := evaluate[bool](b, `document.querySelector("`+test.selector+`").checkVisibility({contentVisibilityAuto: true})`); got != test.want {
					t.Errorf("%s shows %s on paper: %t", test.path, test.selector, got)
				}
			}
		})
	})
}
