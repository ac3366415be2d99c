//go:build browser

package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestBrowserFlashcards(t *testing.T) {
	site := startSite(t, library(t))

	t.Run("trains with the keyboard", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5), squarePath(6), squarePath(7))
			b.open("/saved")
			b.wantText("#study-due", "Study 3 cards")
			b.press("#study-due")
			b.wantCard(squareTitle(7))
			b.key(" ")
			b.wait(`!document.querySelector("#card-grades").hidden`)
			b.wantText("#card-answer", "It is 7 times itself.")
			b.wait(`document.activeElement.id == "card-answer"`) // what is new is read next
			b.key("4")
			b.wantCard(squareTitle(6))
			b.key(" ")
			b.wait(`!document.querySelector("#card-grades").hidden`)
			b.key("1") // "again": the card comes back after the others
			b.wantCard(squareTitle(5))
			b.key(" ")
			b.wait(`!document.querySelector("#card-grades").hidden`)
			b.key("3")
			b.wantCard(squareTitle(6))
			b.key(" ")
			b.wait(`!document.querySelector("#card-grades").hidden`)
			b.press("#card-grades button:nth-child(3)")
			b.wantCard("Done for now")
			b.press("#card-end")

			b.wait(`document.querySelector("#study-due").hidden`)
			b.wantText("#study-none", "You’re up to date. The next card comes back on")
			b.wait(`document.activeElement.id == "study-none"`)
			var cards map[string]struct{ Days int }
			if err := json.Unmarshal([]byte(evaluate[string](b, `localStorage.cards`)), &cards); err != nil {
				t.Fatal(err)
			}
			for path, want := range map[string]int{squarePath(7): 4, squarePath(6): 1, squarePath(5): 1} {
				if got := cards[path].Days; got != want {
					t.Errorf("%s comes back after %d days, want %d", path, got, want)
				}
			}
			b.wantText("#study-all", "Review 3 cards")
		})
	})

	t.Run("trains with the cards of a subject", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			const far = 5 // on another page of the flashcards
			b.open(mathsSubject)
			evaluate[string](b, fmt.Sprintf(`localStorage.cards = JSON.stringify({
				%q: {days: 3, ease: 2.5, due: "2024-01-02"},
				"/learn/computer-science/questions/print-1": {days: 3, ease: 2.5, due: "2024-01-01"},
				"/learn/mathematics/questions/broken": {days: -1, ease: "high", due: "soon"},
			})`, squarePath(far)))
			b.open(mathsSubject + "/flashcards")
			b.press("#study-due")
			b.wantCard(squareTitle(far))
			b.key(" ")
			b.wantText("#card-grades button:nth-child(3)", "8 days")
			b.wantText("#card-answer", "It is 5 times itself.")
			b.key("3")
			b.wantCard(squareTitle(numberPosts)) // the newest
			if y := evaluate[float64](b, `scrollY`); y != 0 {
				t.Errorf("the space bar moved the page behind the card by %.0f px", y)
			}
			b.key(" ")
			b.wantText("#card-grades button:nth-child(3)", "1 day")
			b.wantText("#card-answer", "Read the full answer")
		})
	})

	t.Run("shows cards when they are due", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5), squarePath(6), squarePath(7))
			evaluate[string](b, fmt.Sprintf(`localStorage.cards = JSON.stringify({
				%q: {days: 3, ease: 2.5, due: "2024-01-02"},
				%q: {days: 3, ease: 2.5, due: "2024-01-01"},
				%q: {days: 3, ease: 2.5, due: "2999-01-01"},
			})`, squarePath(5), squarePath(6), squarePath(7)))
			b.open("/saved")
			b.wantText("#study-due", "Study 2 cards")
			b.press("#study-due")
			b.wantCard(squareTitle(6)) // longest due
			b.key(" ")
			b.wantText("#card-grades button:nth-child(2)", "4 days")
			b.wantText("#card-grades button:nth-child(3)", "8 days")
			b.wantText("#card-grades button:nth-child(4)", "10 days")
		})
	})

	t.Run("practice before its day does not put a card off", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5))
			b.open("/saved")
			b.press("#study-due")
			b.answer(squareTitle(5), "3")
			b.wantCard("Done for now")
			b.press("#card-end")
			known := b.card(squarePath(5))

			b.practise()
			b.wantCard(squareTitle(5))
			b.key(" ")
			b.wantText("#card-grades button:nth-child(1)", "now")
			for _, grade := range []string{"2", "3", "4"} {
				b.wantText("#card-grades button:nth-child("+grade+")", "1 day")
			}
			b.key("4")
			b.wantCard("Done for now")
			b.press("#card-end")
			if got := b.card(squarePath(5)); got != known {
				t.Errorf("after practice the card is %+v, want %+v", got, known)
			}

			// What is not known has to be learned again.
			b.practise()
			b.answer(squareTitle(5), "1")
			b.answer(squareTitle(5), "3")
			b.wantCard("Done for now")
			if got := b.card(squarePath(5)); got.Due != known.Due || got.Ease >= known.Ease {
				t.Errorf("after it was not known the card is %+v, before %+v", got, known)
			}
		})
	})

	t.Run("grades no card by keys that are turned off", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5))
			b.open("/saved")
			evaluate[string](b, `localStorage.keys = "off"`)
			b.press("#study-due")
			b.wantCard(squareTitle(5))
			b.key(" ")
			b.wantText("#card-answer", "It is 5 times itself.")
			b.wantGone("#card-keys")
			b.key("3")
			b.wantText("#card-question", squareTitle(5))
			evaluate[bool](b, `document.querySelector("#card-grades button:nth-child(3)").click(), true`)
			b.wantCard("Done for now")
		})
	})

	t.Run("grades cards by the keys in the row of digits", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5))
			b.open("/saved")
			b.press("#study-due")
			for _, key := range []struct{ character, code string }{
				{"١", "Digit1"}, {"&", "Digit1"}, {"/", "Digit3"}, // Arabic, French, Thai
			} {
				b.answer(squareTitle(5), "")
				evaluate[bool](b, typing("F4", "F4")+`, `+typing("ق", "KeyR"))
				b.wait(`!document.querySelector("#card-grades").hidden`)
				evaluate[bool](b, typing(key.character, key.code))
			}
			b.wantCard("Done for now")
			if got := b.card(squarePath(5)); got.Days != 1 {
				t.Errorf("the card comes back in %v days, want 1", got.Days)
			}
		})
	})

	t.Run("takes the second tap of a gesture for no grade", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5))
			b.open("/saved")
			b.press("#study-due")
			b.wantCard(squareTitle(5))
			evaluate[bool](b, `["#card-reveal", "#card-grades button"].every(button =>
				document.querySelector(button).dispatchEvent(new MouseEvent("click", {detail: 1, bubbles: true})))`)
			b.wantText("#card-answer", "It is 5 times itself.")
			if known := evaluate[string](b, `localStorage.cards ?? ""`); known != "" {
				t.Errorf("the card is graded: %s", known)
			}
			b.key("3")
			b.wantCard("Done for now")
		})
	})

	t.Run("begins again at once", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5))
			b.open("/saved")
			b.press("#study-due")
			b.wantCard(squareTitle(5))
			evaluate[bool](b, `["#card-end", "#study-due"].forEach(button => document.querySelector(button).click()), true`)
			b.answer(squareTitle(5), "3")
			b.wantCard("Done for now")
		})
	})

	t.Run("offers what is due now", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5))
			b.open("/saved")
			other := b.tab()
			other.open("/saved")
			other.wantText("#study-due", "Study 1 card")
			b.press("#study-due")
			b.answer(squareTitle(5), "3")
			b.wantCard("Done for now")
			b.press("#card-end")
			other.wait(`document.querySelector("#study-due").hidden`)

			// On the next day the reader comes back to the tab.
			evaluate[bool](b, `(() => {
				const today = Date
				window.Date = class extends today {
					constructor(...of) { super(...(of.length ? of : [today.now() + 24 * 60 * 60 * 1000])) }
				}
				return document.dispatchEvent(new Event("visibilitychange"))
			})()`)
			b.wantText("#study-due", "Study 1 card")

			// This page has not noticed: what it offers is already studied. (A step that presses a
			// button may bring the tab to the front, which then offers anew.)
			evaluate[bool](b, `(localStorage.cards = localStorage.cards.replace(/"due":"[^"]*"/, '"due":"2999-01-01"'),
				document.querySelector("#study-due").click(), true)`)
			b.wantCard("Done for now")
		})
	})

	t.Run("says once that grades are not kept, and counts them", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5), squarePath(6))
			b.open("/saved")
			evaluate[bool](b, `(() => {
				Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }
				window.told = []
				const status = document.querySelector("[role=status]")
				new MutationObserver(() => status.textContent && told.push(status.textContent)).observe(status, {childList: true})
				return true
			})()`)
			b.press("#study-due")
			b.answer(squareTitle(6), "3")
			b.wait(`document.querySelector("dialog [role=status]")?.textContent.includes("store your grades")`)
			b.answer(squareTitle(5), "1")
			b.answer(squareTitle(5), "3")
			b.wantCard("Done for now")
			b.wantText("#card-left", "store your grades")
			b.press("#card-end")
			b.wait(`document.querySelector("body > [role=status]")?.textContent.includes("store your grades")`)
			b.wantText("#study-none", "You’re up to date")
			if got := evaluate[int](b, `told.length`); got != 2 {
				t.Errorf("%d messages, want one at the first grade and one at the end: %s", got, evaluate[string](b, `told.join()`))
			}
		})
	})

	t.Run("takes along how well cards are known", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			const sooner, later = `{"days":1,"ease":2.5,"due":"2026-01-01"}`, `{"days":60,"ease":2.8,"due":"2099-02-01"}`
			b.open("/saved")
			b.wantGone("[data-export=list]")
			evaluate[string](b, fmt.Sprintf(`localStorage.cards = '{%q:%s,%q:%s}'`, squarePath(5), sooner, squarePath(6), later))
			b.open("/saved")
			b.wantGone("[data-export=markdown]")
			if list := b.download("my-questions.json", "[data-export=list]"); !strings.Contains(list, squarePath(6)) {
				t.Errorf("the list lacks a card:\n%s", list)
			}

			b.upload(fmt.Sprintf(`{"questions":[],"cards":{%q:%s,%q:%s,%q:null,"x":null,"y":%s}}`,
				squarePath(5), later, squarePath(6), sooner, squarePath(7), later))
			b.wait(`document.querySelector("[role=status]").textContent == "0 questions added to My questions, and how well you know 1 card"`)
			for _, path := range []string{squarePath(5), squarePath(6)} {
				if got := b.card(path); got.Days != 60 {
					t.Errorf("%s is known for %g days, want 60", path, got.Days)
				}
			}

			evaluate[bool](b, `localStorage.cards = localStorage.cards.replace("{", '{"x":null,'), true`)
			b.open(mathsSubject + "/flashcards")
			b.press("#study-due")
			b.answer(squareTitle(numberPosts), "3")
			b.wantCard(squareTitle(numberPosts - 1))
			if got := b.card(squarePath(5)); got.Days != 60 {
				t.Errorf("beside what another hand wrote, a card is known for %g days, want 60", got.Days)
			}
		})
	})

	t.Run("fits large letters and low screens", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(formulaPage)
			for _, screen := range []struct {
				width, height int64
				letters       int64 // pixels, as the reader has set them
			}{{360, 700, 32}, {320, 256, 16}, {640, 360, 16}, {360, 740, 16}} {
				b.do(chromedp.EmulateViewport(screen.width, screen.height))
				sizes := page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: screen.letters}}
				if _, err := chromedp.Call(b.ctx, page.SetFontSizes, sizes); err != nil {
					t.Fatal(err)
				}
				b.open("/saved")
				b.press("#study-due")
				b.wait(`!document.querySelector("#card-reveal").hidden`)
				b.key(" ")
				outside := evaluate[[]string](b, `[...document.querySelectorAll("#card-grades button")].filter(button => {
					button.scrollIntoView()
					const {left, top, right, bottom} = button.getBoundingClientRect()
					return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight || button.scrollWidth > button.clientWidth
				}).map(button => button.textContent)`)
				if len(outside) > 0 {
					t.Errorf("at %+v, these are cut: %q", screen, outside)
				}
				if height := evaluate[float64](b, `document.querySelector("#card").clientHeight`); height < 200 {
					t.Errorf("at %+v, %g px are left to the card", screen, height)
				}
			}
		})
	})

	t.Run("stays while another tab empties the list", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.save(squarePath(5))
			b.open("/saved")
			b.press("#study-due")
			b.wantCard(squareTitle(5))
			other := b.tab()
			other.open("/saved")
			other.press("#saved-questions button")
			b.wait(`localStorage.saved == "[]"`)
			b.answer(squareTitle(5), "3")
			b.press("#card-end")
			b.wantText("#none-saved", "Nothing is saved yet")
		})
	})
}

// known is what is kept of a card.
type known struct {
	Days, Ease float64
	Due        string
}

// card returns what is kept of the card of the question at path.
func (b *browser) card(path string) known {
	b.t.Helper()
	var cards map[string]known
	if err := json.Unmarshal([]byte(evaluate[string](b, `localStorage.cards`)), &cards); err != nil {
		b.t.Fatal(err)
	}
	return cards[path]
}

// answer waits for a card, turns it and presses the key of a grade.
func (b *browser) answer(title, grade string) {
	b.t.Helper()
	b.wantCard(title)
	b.wait(`!document.querySelector("#card-reveal").hidden`) // the same card may come again
	b.key(" ")
	b.wait(`!document.querySelector("#card-grades").hidden`)
	b.key(grade)
}

// practise begins a session with all cards. When the last session ends, the page moves its
// buttons: a click could begin on one and end beside it.
func (b *browser) practise() {
	b.t.Helper()
	b.wait(`!document.querySelector("#trainer").open && !document.querySelector("#study-all").hidden`)
	evaluate[bool](b, `document.querySelector("#study-all").click(), true`)
}

// wantCard waits until the card shown, or the message at the end, is title.
func (b *browser) wantCard(title string) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.querySelector("#card-question").textContent.trim() == %q`, title))
}
