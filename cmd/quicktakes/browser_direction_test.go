//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"quicktakes/content/contenttest"
)

func TestBrowserDirection(t *testing.T) {
	const (
		arabicPage  = "/learn/arabic/questions/sentence"
		arabicTitle = "ما الفرق بين الجملة الاسمية والجملة الفعلية؟"
		englishPage = "/learn/arabic/questions/saladin"
		english     = "Who was Saladin (صلاح الدين)?"
	)
	site := startSite(t, contenttest.Folder(t,
		contenttest.Post{Path: arabicPage, Date: "2025-02-01", Title: arabicTitle, Answer: `### الجملة الاسمية\n\n` +
			`تبدأ باسم.\n\n1. المبتدأ\n2. الخبر\n\n> العلم نور والجهل ظلام.\n\n| الضمير | الماضي |\n| --- | --- |\n| أنا | كتبت |\n\n` +
			"```go\\nfmt.Println(kitab)\\n```" + `\n\n### الجملة الفعلية\n\n$$x^2 = y$$\n\n### الخلاصة\n\nتبدأ بفعل.`},
		contenttest.Post{Path: englishPage, Date: "2025-01-01", Title: english, Answer: "A sultan of Egypt."},
	))

	t.Run("begins lines, lists, quotations and tables at the right", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(arabicPage)
			// The distances of parts of the answer from its left and right edge.
			type edges struct{ Left, Right float64 }
			distances := evaluate[map[string]edges](b, `(() => {
				const answer = document.querySelector(".answer").getBoundingClientRect()
				const from = (node) => {
					const text = document.createRange()
					text.selectNodeContents(node)
					const { left, right } = text.getBoundingClientRect()
					return { Left: left - answer.left, Right: answer.right - right }
				}
				const parts = { line: "p", item: "ol li", quotation: "blockquote p", "first column": "th", "last column": "th + th", code: "pre code" }
				return Object.fromEntries(Object.entries(parts).map(([name, selector]) => [name, from(document.querySelector(".answer " + selector))]))
			})()`)
			for part, right := range map[string]float64{"line": 0, "item": 25, "quotation": 20, "first column": 0} {
				if got := distances[part]; got.Right < right-1 || got.Right > right+30 || got.Left < 100 {
					t.Errorf("the %s is %.0f px from the right edge and %.0f px from the left, want about %.0f from the right", part, got.Right, got.Left, right)
				}
			}
			if first, last := distances["first column"], distances["last column"]; first.Right > last.Right {
				t.Errorf("the columns are %.0f and %.0f px from the right edge, want the first one nearer", first.Right, last.Right)
			}
			if code := distances["code"]; code.Left > 30 {
				t.Errorf("code is %.0f px from the left edge, want it there", code.Left)
			}
			b.wait(`getComputedStyle(document.querySelector(".answer math")).direction == "ltr"`)
			if got := evaluate[string](b, `getComputedStyle(document.querySelector(".contents li")).borderRightStyle`); got != "solid" {
				t.Errorf("the line beside the contents is %s on the right, want it there", got)
			}
		})
	})

	t.Run("begins the answer at the right edge of the page where it is narrower, also in print", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			const gap = `document.querySelector("main").getBoundingClientRect().right - document.querySelector(".answer").getBoundingClientRect().right - parseFloat(getComputedStyle(document.querySelector("main")).paddingRight)`
			for _, medium := range []string{"screen", "print"} {
				b.emulate(emulation.SetEmulatedMediaParams{Media: medium})
				for _, width := range []int64{390, 700, 760, 1000, 1280} {
					b.do(chromedp.EmulateViewport(width, 800))
					b.open(arabicPage)
					if got := evaluate[float64](b, gap); got > 1 {
						t.Errorf("%s, %d px wide: the answer is %.0f px from the right edge", medium, width, got)
					}
				}
			}
		})
	})

	t.Run("shows each flashcard in the direction and language of its question", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			const shown = `["question", "answer"].map(side => document.querySelector("#card-" + side)).map(side => getComputedStyle(side).direction + " " + side.lang).join()`
			b.save(englishPage, arabicPage)
			for _, page := range []string{"/saved", "/learn/arabic/flashcards"} {
				b.open(page)
				b.press("#study-due")
				b.wantCard(arabicTitle)
				b.key(" ")
				b.wait(`!document.querySelector("#card-grades").hidden`)
				want := "rtl ar,rtl ar"
				if page != "/saved" {
					want = "rtl ar,ltr en" // the answer is a paragraph of its own
					b.wantCount("#card-answer > p[dir=rtl][lang=ar]", 1)
				}
				if got := evaluate[string](b, shown); got != want {
					t.Errorf("%s: a card is %s, want %s", page, got, want)
				}
				b.key("4")
				b.wantCard(english)
				b.key(" ")
				b.wait(`!document.querySelector("#card-grades").hidden`)
				if got := evaluate[string](b, shown); got != "ltr en,ltr en" {
					t.Errorf("%s: the next card is %s, want ltr en,ltr en", page, got)
				}
				b.key("4")
				b.wantCard("Done for now")
				evaluate[bool](b, `localStorage.removeItem("cards"), true`)
			}
		})
	})

	t.Run("takes cards along in the direction of their text, with code from left to right", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(englishPage, arabicPage)
			b.open("/saved")
			anki := b.download("my-questions-anki.txt", "[data-export=anki]")
			for _, want := range []string{
				"\t\"<div dir=\"\"rtl\"\">" + arabicTitle + "</div>\"\t\"<div dir=\"\"rtl\"\"><h2>الجملة الاسمية</h2>", "</a></p></div>\"\t",
				"\t\"" + english + "\"\t\"<p>A sultan of Egypt.</p>",
			} {
				if !strings.Contains(anki, want) {
					t.Errorf("the file for Anki lacks %q:\n%s", want, anki)
				}
			}
			if pre, code := strings.Count(anki, "<pre"), strings.Count(anki, "<code"); pre != 1 || code != 1 || strings.Count(anki, `dir=""ltr""`) != 2 {
				t.Errorf("the file for Anki has code without direction:\n%s", anki)
			}
		})
	})

	t.Run("lists saved and suggested questions in their direction", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(englishPage, arabicPage)
			b.open("/saved")
			const directions = `[...document.querySelectorAll(%q)].map(title => getComputedStyle(title).direction).join()`
			if got := evaluate[string](b, fmt.Sprintf(directions, "#saved-questions a")); got != "rtl,ltr" {
				t.Errorf("the saved questions are %s, want rtl,ltr", got)
			}
			for typed, want := range map[string]string{"الجملة الاسمية": "rtl", "who was": "ltr"} {
				evaluate[bool](b, fmt.Sprintf(`search.value = %q, search.dispatchEvent(new Event("input"))`, typed))
				b.wait(fmt.Sprintf(directions, ".search [role=option]") + " == " + fmt.Sprintf("%q", want))
				if got := evaluate[string](b, fmt.Sprintf(directions, "#search")); got != want {
					t.Errorf("the search for %q is %s, want %s", typed, got, want)
				}
			}
		})
	})
}
