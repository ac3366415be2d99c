//go:build browser

package main

import (
	"math"
	"testing"

	"quicktakes/content/contenttest"
)

// TestBrowserFormulas measures the positions of parts of formulas: they are as in TeX.
func TestBrowserFormulas(t *testing.T) {
	const page = mathsSubject + "/questions/places"
	site := startSite(t, contenttest.Folder(t, contenttest.Post{
		Path: page,
		Answer: `Roots: $\sqrt{x}1$ and scripts: $x_0$, $\mu_0$, $x^0$, $f^0$.\n\n` +
			`$$\begin{aligned} x + y + z &= 1 \\ y &= 2 \end{aligned}$$\n\n` +
			`$$\underbrace{a + b + c + d + e + f}_{n}$$\n\n` +
			`A link: [$\smash{\llap{\rule{9em}{9em}}}x$](/learn)`,
	}))
	visit(t, site, func(b *browser) {
		b.open(page)
		b.wait(`document.fonts.ready.then(() => true)`)
		place := func(of string) (left, right, bottom float64) {
			t.Helper()
			got := evaluate[[]float64](b, `(({ left, right, bottom }) => [left, right, bottom])(`+of+`.getBoundingClientRect())`)
			return got[0], got[1], got[2]
		}
		const size = 20. // of letters, in pixels
		near := func(what string, got, want float64) {
			t.Helper()
			if math.Abs(got-want) > size/10 {
				t.Errorf("%s is at %.1f px, want %.1f", what, got, want)
			}
		}

		_, root, _ := place(`document.querySelector("msqrt mi")`)
		next, _, _ := place(`document.querySelector("article mrow:has(> msqrt) > mn")`)
		near("what follows a root", next, root)

		number := func(of string) float64 {
			t.Helper()
			_, _, bottom := place(`[...document.querySelectorAll("` + of + `")].at(-1)`)
			return bottom
		}
		_, _, x := place(`document.querySelector("msub mn")`)
		near("the number below μ", number("msub mn"), x)
		_, _, x = place(`document.querySelector("msup mn")`)
		near("the number above f", number("msup mn"), x)

		_, first, _ := place(`document.querySelector("mtr:first-child mtd:first-child > *")`)
		_, second, _ := place(`document.querySelector("mtr:last-child mtd:first-child > *")`)
		near("the end of the left side of the second line", second, first)

		if covered := evaluate[bool](b, `(place => document.elementFromPoint(place.left - 60, place.top - 60).closest("a"))(
			document.querySelector("article a mi").getBoundingClientRect()) != null`); covered {
			t.Error("the formula of a link covers what is beside it")
		}
	})
}
