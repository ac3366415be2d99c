//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestBrowserStudy(t *testing.T) {
	site := startSite(t, library(t))

	t.Run("copies a reference", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.allowClipboard()
			b.open(squarePath(5))
			b.press("details.cite summary")
			b.press(".cite dt button")
			b.wait(`document.querySelector("[role=status]").textContent == "APA 7 copied"`)
			want := "QuickTakes. (2024, January 6). What is the square of the number 5? " + site + squarePath(5)
			if got := evaluate[string](b, `navigator.clipboard.readText()`); got != want {
				t.Errorf("the clipboard holds %q, want %q", got, want)
			}
			const html = `navigator.clipboard.read().then(items => items[0].getType("text/html")).then(blob => blob.text())`
			if got := evaluate[string](b, html); !strings.Contains(got, "<i>What is the square of the number 5?</i>") {
				t.Errorf("the clipboard holds no title in italics: %q", got)
			}
		})
	})

	t.Run("does not move what the list of saved questions is filled into", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.do(chromedp.EmulateViewport(1280, 900))
			for _, questions := range [][]string{nil, {squarePath(5), squarePath(6), squarePath(7)}} {
				b.save(questions...)
				b.open("/saved")
				b.wait(`!!document.querySelector("#none-saved:not([hidden]), #saved-questions li")`)
				moved := evaluate[float64](b, `new Promise((done) => {
					let sum = 0
					const add = (list) => list.forEach((entry) => sum += entry.value)
					const observer = new PerformanceObserver((list) => add(list.getEntries()))
					observer.observe({type: "layout-shift", buffered: true})
					requestAnimationFrame(() => requestAnimationFrame(() => {
						add(observer.takeRecords())
						done(sum)
					}))
				})`)
				if moved != 0 {
					t.Errorf("with %d questions, the page moves by %.3f", len(questions), moved)
				}
			}
		})
	})

	t.Run("copies the link", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.allowClipboard()
			b.open(squarePath(5) + "?from=elsewhere")
			b.press(".tools .actions button:nth-of-type(2)")
			b.wait(`document.querySelector("[role=status]").textContent == "Link copied"`)
			if got, want := evaluate[string](b, `navigator.clipboard.readText()`), site+squarePath(5); got != want {
				t.Errorf("the clipboard holds %q, want %q", got, want)
			}
		})
	})

	t.Run("saves questions and takes them along", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open("/saved")
			b.wantText("#none-saved", "Nothing is saved yet")
			b.save(squarePath(5), squarePath(6), formulaPage)

			b.click(".tools a[href='/saved']")
			b.wantAddress("/saved")
			b.wantCount("#saved-questions li", 3)
			b.wantText("#saved-questions li a", "How does a 3 × 3 matrix turn a point?")
			b.press("#saved-questions li:nth-child(2) button")
			b.wantCount("#saved-questions li", 2)
			b.open("/saved")
			b.wantCount("#saved-questions li", 2)

			markdown := b.download("my-questions.md", "[data-export=markdown]")
			if want := fmt.Sprintf("- [%s](%s%s) (Mathematics)\n", squareTitle(5), site, squarePath(5)); !strings.Contains(markdown, want) {
				t.Errorf("the Markdown file lacks %q:\n%s", want, markdown)
			}
			anki := b.download("my-questions-anki.txt", "[data-export=anki]")
			for _, want := range []string{"#separator:tab\n#html:true\n", "\"QuickTakes::Mathematics\"\t\"" + squareTitle(5) + "\"\t", "<strong>5 times itself</strong>", `\[5^2 = 25\]`, `\(3 \times 3\)`,
				"<h2>In words</h2>", `<a href=""` + site + mathsSubject + `"">mathematics</a>`} {
				if !strings.Contains(anki, want) {
					t.Errorf("the file for Anki lacks %q:\n%s", want, anki)
				}
			}
			for _, unwanted := range []string{" id=", " tabindex=", ` href=""#`, ` href=""/`} {
				if strings.Contains(anki, unwanted) {
					t.Errorf("the file for Anki has %q, which works only on this site:\n%s", unwanted, anki)
				}
			}
			list := b.download("my-questions.json", "[data-export=list]")

			b.press("#saved-questions button")
			b.wantCount("#saved-questions button", 1)
			b.do(chromedp.Focus(chromedp.CSS("#saved-questions button"))) // a second tap this soon would count as part of the first
			b.key("\r")
			b.wantText("#none-saved", "Nothing is saved yet")
			b.upload(list)
			b.wait(`document.querySelectorAll("#saved-questions li").length == 2`)
			if again := b.download("my-questions.json", "[data-export=list]"); again != list {
				t.Errorf("the list comes back as\n%s\nwant\n%s", again, list)
			}
		})
	})

	t.Run("refuses a file that is no list", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			const (
				questions = `[null, 1, {"path": "javascript:alert(1)", "title": "Bad", "subject": "Bad"},
					{"path": ["/learn/a/questions/list"], "title": "Bad", "subject": "Bad"},
					{"path": "/learn/a/questions/title", "title": {"toString": 1}, "subject": "Bad"},
					{"path": "/learn/a/questions/hue", "title": "Good", "subject": "A", "hue": {"toString": 1}},
					{"path": "/learn/a/questions/class", "title": "Good", "subject": "A", "hue": "hue-3 hidden"},
					{"path": "/learn/a/questions/b", "title": "Good", "subject": "A"}]`
				cards = `{"/learn/a/questions/b": {"days": 1, "ease": 2.5, "due": ["2026-01-01"]},
					"/learn/a/questions/c": {"days": "1", "ease": 2.5, "due": "2026-01-01"},
					"/learn/a/questions/d": {"days": 1, "ease": 1e999, "due": "2026-01-01"}}`
				foreign = `{"questions": ` + questions + `, "cards": ` + cards + `}`
			)
			for _, text := range []string{"no JSON", "{}"} {
				b.open("/saved")
				b.upload(text)
				b.wait(`document.querySelector("#import-error").textContent == "This file is not a list of saved questions."`)
			}
			b.upload(foreign)
			b.wait(`document.querySelector("[role=status]").textContent == "3 questions added to My questions"`)
			b.wantCount("#import-error:empty", 1)
			b.wantCount("#saved-questions li", 3)

			b.wantCount("#saved-questions .hue-3:not(.hidden)", 1)

			// Something else wrote it where this site keeps it.
			evaluate[bool](b, fmt.Sprintf("localStorage.saved = %q, localStorage.cards = %q, true", questions, cards))
			b.open("/saved")
			b.wantCount("#saved-questions li", 3)
			b.wantText("#study-due", "Study 3 cards")
		})
	})

	t.Run("saves and removes in two tabs", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(squarePath(5))
			other := b.tab()
			other.open(squarePath(5))
			b.press(".tools .actions button")
			other.wait(`document.querySelector(".tools .actions button").textContent == "Saved"`)
			other.press(".tools .actions button")
			b.wait(`document.querySelector(".tools .actions button").textContent == "Save"`)

			// The button does what it says, even if the page has not noticed the change.
			evaluate[bool](b, `localStorage.saved = JSON.stringify([{path: location.pathname, title: "Saved before", subject: "Mathematics"}]), true`)
			b.press(".tools .actions button")
			b.wait(`document.querySelector("[role=status]").textContent == "Saved to My questions"`)
			b.wantText(".tools .actions button", "Saved")
		})
	})

	t.Run("keeps the focus in the list", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5), squarePath(6), squarePath(7))
			b.open("/saved")
			b.do(chromedp.Focus(chromedp.CSS("#saved-questions li:nth-child(2) button")))
			for _, next := range []int{5, 7} {
				b.key("\r")
				b.wait(fmt.Sprintf(`document.activeElement.ariaLabel == "Remove %s"`, squareTitle(next)))
			}
			b.key("\r")
			b.wait(`document.activeElement.id == "none-saved"`)
		})
	})
}

// save saves the questions at paths, one after the other, and stays on the last.
func (b *browser) save(paths ...string) {
	b.t.Helper()
	for _, path := range paths {
		b.open(path)
		b.press(".tools .actions button")
		b.wait(`document.querySelector("[role=status]").textContent == "Saved to My questions"`)
	}
}
