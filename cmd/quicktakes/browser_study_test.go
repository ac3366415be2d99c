//go:build browser

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	protocol "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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

	t.Run("copies the link", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.allowClipboard()
			b.open(squarePath(5) + "?from=elsewhere")
			b.press(".tools .actions button:last-child")
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
			for _, want := range []string{"#separator:tab\n#html:true\n", "\"QuickTakes::Mathematics\"\t\"" + squareTitle(5) + "\"\t", "<strong>5 times itself</strong>", `\[5^2 = 25\]`, `\(3 \times 3\)`} {
				if !strings.Contains(anki, want) {
					t.Errorf("the file for Anki lacks %q:\n%s", want, anki)
				}
			}
			list := b.download("my-questions.json", "[data-export=list]")

			b.press("#saved-questions button")
			b.press("#saved-questions button")
			b.wantText("#none-saved", "Nothing is saved yet")
			b.upload("#import", list)
			b.wait(`document.querySelectorAll("#saved-questions li").length == 2`)
			if again := b.download("my-questions.json", "[data-export=list]"); again != list {
				t.Errorf("the list comes back as\n%s\nwant\n%s", again, list)
			}
		})
	})

	t.Run("refuses a file that is no list", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			const foreign = `{"questions": [{"path": "javascript:alert(1)", "title": "Bad", "subject": "Bad"}, {"path": "/learn/a/questions/b", "title": "Good", "subject": "A"}]}`
			for text, want := range map[string]string{
				"no JSON": "This file is not a list of saved questions",
				"{}":      "This file is not a list of saved questions",
				foreign:   "1 question added to My questions",
			} {
				b.open("/saved")
				b.upload("#import", text)
				b.wait(fmt.Sprintf(`document.querySelector("[role=status]").textContent == %q`, want))
			}
			b.wantCount("#saved-questions li", 1)
		})
	})

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
			b.key("4")
			b.wantCard(squareTitle(6))
			b.key(" ")
			b.wait(`!document.querySelector("#card-grades").hidden`)
			b.key("1") // again: after the others
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
			b.wantText("#study-none", "All cards are known. The next comes back on")
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
			b.wantText("#study-all", "Practise 3 cards")
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
			b.press("#card-reveal")
			b.wantText("#card-grades button:nth-child(3)", "8 days")
			b.wantText("#card-answer", "It is 5 times itself.")
			b.key("3")
			b.wantCard(squareTitle(numberPosts)) // the newest
			b.press("#card-reveal")
			b.wantText("#card-grades button:nth-child(3)", "1 day")
			b.wantText("#card-answer", "The whole answer")
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
			b.press("#card-reveal")
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

			b.press("#study-all")
			b.wantCard(squareTitle(5))
			b.press("#card-reveal")
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
			b.press("#study-all")
			b.answer(squareTitle(5), "1")
			b.answer(squareTitle(5), "3")
			b.wantCard("Done for now")
			if got := b.card(squarePath(5)); got.Due != known.Due || got.Ease >= known.Ease {
				t.Errorf("after it was not known the card is %+v, before %+v", got, known)
			}
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

			// This page was not told: what it offers is studied already.
			evaluate[bool](b, `localStorage.cards = localStorage.cards.replace(/"due":"[^"]*"/, '"due":"2999-01-01"'), true`)
			b.press("#study-due")
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
			b.wait(`document.querySelector("dialog [role=status]")?.textContent.includes("Your grades are not kept")`)
			b.answer(squareTitle(5), "1")
			b.answer(squareTitle(5), "3")
			b.wantCard("Done for now")
			b.wantText("#card-left", "Your grades are not kept")
			b.press("#card-end")
			b.wait(`document.querySelector("body > [role=status]")?.textContent.includes("Your grades are not kept")`)
			b.wantText("#study-none", "All cards are known")
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

			b.upload("#import", fmt.Sprintf(`{"questions":[],"cards":{%q:%s,%q:%s,%q:null,"x":null,"y":%s}}`,
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

	t.Run("saves and removes in two tabs", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(squarePath(5))
			other := b.tab()
			other.open(squarePath(5))
			b.press(".tools .actions button")
			other.wait(`document.querySelector(".tools .actions button").textContent == "Saved"`)
			other.press(".tools .actions button")
			b.wait(`document.querySelector(".tools .actions button").textContent == "Save"`)

			// The button does what it says, even where the page was not told.
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
				b.press("#card-reveal")
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
	b.press("#card-reveal")
	b.wait(`!document.querySelector("#card-grades").hidden`)
	b.key(grade)
}

// wantGone wants nothing to be seen of what the selector finds.
func (b *browser) wantGone(selector string) {
	b.t.Helper()
	if evaluate[bool](b, fmt.Sprintf("document.querySelector(%q).checkVisibility()", selector)) {
		b.t.Errorf("%s is seen", selector)
	}
}

// tab opens another tab of the browser.
func (b *browser) tab() *browser {
	b.t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx)
	b.t.Cleanup(stop)
	if err := chromedp.Listen(ctx, b.record); err != nil {
		b.t.Fatal(err)
	}
	return &browser{t: b.t, ctx: ctx, origin: b.origin}
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

// wantCard waits until the card that is asked, or what is said at the end, is title.
func (b *browser) wantCard(title string) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.querySelector("#card-question").textContent.trim() == %q`, title))
}

// press clicks the first element that the selector finds, and stays on the page.
func (b *browser) press(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// key presses keys where the focus is.
func (b *browser) key(keys string) {
	b.t.Helper()
	b.do(press(keys))
}

// press is a step that presses keys as a keyboard does: a character is typed by the
// event of its key, and not at all if the page takes that event for something else.
func press(keys string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for _, r := range keys {
			for _, event := range kb.Encode(r) {
				if event.Type == kb.KeyChar {
					continue
				}
				if event.Type == kb.KeyDown && kb.Keys[r] != nil {
					event.Text = kb.Keys[r].Text
				}
				if _, err := cdp.Call(ctx, target, input.DispatchKeyEvent, *event); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// wait waits until a condition in the page's script holds.
func (b *browser) wait(condition string) {
	b.t.Helper()
	ask(b, chromedp.Poll[bool](condition))
}

// allowClipboard lets the test read what a page has copied.
func (b *browser) allowClipboard() {
	b.t.Helper()
	_, err := chromedp.CallBrowser(b.ctx, protocol.SetPermission, protocol.SetPermissionParams{
		Permission: &protocol.PermissionDescriptor{Name: "clipboard-read"},
		Setting:    protocol.PermissionSettingGranted,
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// download clicks what the selector finds and returns the file that this downloads,
// which has to be called name.
func (b *browser) download(name, selector string) string {
	b.t.Helper()
	folder, withEvents := b.t.TempDir(), true
	_, err := chromedp.Call(b.ctx, protocol.SetDownloadBehavior, protocol.SetDownloadBehaviorParams{
		Behavior: protocol.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder, EventsEnabled: &withEvents,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	complete := func(e protocol.EventDownloadProgress) bool { return e.State == protocol.DownloadProgressStateCompleted }
	ask(b, chromedp.WaitEvent(protocol.DownloadProgress, complete, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible)))
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return string(text)
}

// upload gives a file of text to the field that the selector finds.
func (b *browser) upload(selector, text string) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "upload")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}))
}
