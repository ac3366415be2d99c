//go:build browser

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Browsers of some years ago lack features of this one: the tests remove them before a page's
// script can find them.
func TestBrowserOlder(t *testing.T) {
	site := startSite(t, library(t))

	t.Run("copies where the clipboard takes less", func(t *testing.T) {
		const reference = "What is the square of the number 5? "
		for _, test := range []struct{ lacks, script string }{
			{"strings", `{
				const Item = ClipboardItem
				window.ClipboardItem = class extends Item {
					constructor(forms) {
						for (const form of Object.values(forms)) if (!(form instanceof Blob)) throw new TypeError("not a Blob")
						super(forms)
					}
				}
			}`},
			{"forms", `delete window.ClipboardItem`},
		} {
			visit(t, site, func(b *browser) {
				b.allowClipboard()
				b.before(test.script)
				b.open(squarePath(5))
				b.press("details.cite summary")
				b.press(".cite dt button")
				b.wait(`document.querySelector("[role=status]").textContent == "APA 7 copied"`)
				if got := b.clipboard(); !strings.Contains(got, reference) {
					t.Errorf("without %s, the clipboard holds %q, want %q in it", test.lacks, got, reference)
				}
				b.press(".tools .actions button:nth-of-type(2)")
				b.wantCopied("Link", site+squarePath(5))
			})
		}
	})

	t.Run("tells that nothing was copied", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.before(`delete Clipboard.prototype.writeText`)
			b.open(squarePath(5))
			b.press(".tools .actions button:nth-of-type(2)")
			b.wait(`document.querySelector("[role=status]").textContent == "Your browser didn’t allow copying"`)
		})
	})

	t.Run("says what things are without properties for that", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.before(`for (const name of Object.keys(Element.prototype)) if (/^(aria|role)/.test(name)) delete Element.prototype[name]`)
			b.open(formulaPage)
			b.wantCount(".actions [aria-label='Save to My questions']", 1)
			b.press(".contents li:nth-child(2) a")
			b.wait(`!!document.querySelector(".contents li:nth-child(2) [aria-current=location]")`)
			b.wantCount(".contents [aria-current]", 1)
			b.key("/")
			b.key("square of the number")
			b.wait(`!!document.querySelector("[role=combobox][aria-expanded=true]")`)
			b.wantCount("[role=listbox][aria-label] [role=option]", 8)
			b.key(kb.ArrowDown + kb.ArrowDown)
			b.wantCount("[role=option]:nth-child(2)[aria-selected=true]", 1)
			b.wantCount("[aria-selected=true]", 1)
		})
	})

	t.Run("marks the section without the newest methods of lists", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.before(`for (const name of ["findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"]) delete Array.prototype[name]`)
			b.open(formulaPage)
			evaluate[float64](b, `(scrollTo(0, document.querySelector("#As_a_matrix").offsetTop), scrollY)`)
			b.wait(`!!document.querySelector(".contents li:nth-child(2) [aria-current]")`)
		})
	})

	t.Run("offers no theme without popovers", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open("/")
			b.do(chromedp.Evaluate[chromedp.Void](`{
				const style = document.querySelector("style")
				const older = new CSSStyleSheet()
				older.replaceSync(style.textContent.replaceAll(":popover-open", ":unknown"))
				style.remove()
				document.adoptedStyleSheets = [older]
				document.querySelector("#theme").removeAttribute("popover")
			}`))
			b.wantGone(".theme")
			b.wantGone("#theme")
		})
	})
}

// before makes a script run before those of each page opened from now on.
func (b *browser) before(script string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		b.t.Fatal(err)
	}
}
