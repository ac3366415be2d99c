//go:build browser

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestBrowserReading(t *testing.T) {
	site := startSite(t, library(t))

	t.Run("remembers the theme", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.prefer("light")
			b.open(formulaPage)
			b.wantBackground(.9, 1)
			b.choose("dark")
			b.wantBackground(0, .2)
			b.open("/")
			b.wantBackground(0, .2)
			b.prefer("dark")
			b.choose("light")
			b.open(codePage)
			b.wantBackground(.9, 1)
			b.choose("system")
			b.wantBackground(0, .2)
		})
	})

	t.Run("changes the theme without script", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.allowScript(false)
			b.prefer("light")
			b.open(formulaPage)
			b.choose("dark")
			b.wantBackground(0, .2)
		})
	})

	t.Run("copies code, formulas and links to headings", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.allowClipboard()
			b.open(codePage)
			b.press(".code .copy")
			b.wantCopied("Code", "func main() { fmt.Println(\"a line that is much wider than any telephone\", \"so that it has to scroll in a box of its own\") }")
			b.open(formulaPage)
			b.press(".answer h2:nth-of-type(2) a")
			b.wantCopied("Link", site+formulaPage+"#As_a_matrix")
			b.do(chromedp.Focus(chromedp.CSS(".copyable [aria-label='Copy LaTeX 1']")))
			b.key(kb.Enter)
			b.wait(`document.querySelector("[role=status]").textContent == "LaTeX copied"`)
			if got := b.clipboard(); !strings.HasPrefix(got, `$$\begin{pmatrix} x' \\ y'`) {
				t.Errorf("the clipboard holds %q, want the matrix", got)
			}
			b.open(formulaPage)
			b.do(chromedp.DoubleClick(chromedp.CSS(".answer math")))
			b.wantCopied("LaTeX", "$z$")
		})
	})

	t.Run("copies LaTeX with the text around it", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.allowClipboard()
			b.open(formulaPage)
			b.press(".answer p") // only a page with the focus may use the clipboard
			evaluate[bool](b, `(getSelection().selectAllChildren(document.querySelector(".answer p")), document.execCommand("copy"))`)
			if got, want := b.clipboard(), `A rotation about the third axis keeps $z$ and turns the others by $\theta$.`; got != want {
				t.Errorf("the clipboard holds %q, want %q", got, want)
			}
			b.open(codePage)
			b.press(".answer p")
			evaluate[bool](b, `(getSelection().selectAllChildren(document.querySelector(".answer")), document.execCommand("copy"))`)
			const rows = "Column\tAnother column\tA third column\tA fourth column\n" +
				"Supercalifragilistic\tExpialidocious\tAntidisestablishmentarianism\tFloccinaucinihilipilification\n$n$\t$2n$\teven\tyes"
			if got := b.clipboard(); !strings.HasSuffix(got, rows) {
				t.Errorf("the clipboard holds %q, want %q at its end", got, rows)
			}
		})
	})

	t.Run("shows code from left to right in a language that is not", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(codePage)
			evaluate[string](b, `document.documentElement.dir = "rtl"`)
			type place struct{ Box, First, Last float64 }
			p := evaluate[place](b, `(() => {
				const code = document.querySelector("pre code")
				const left = (i) => {
					const sign = document.createRange()
					const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT)
					let text = texts.nextNode()
					for (; i >= text.length; text = texts.nextNode()) i -= text.length
					sign.setStart(text, i)
					sign.setEnd(text, i + 1)
					return sign.getBoundingClientRect().left
				}
				return { Box: code.parentElement.getBoundingClientRect().left, First: left(0), Last: left(code.textContent.length - 1) }
			})()`)
			if p.First < p.Box || p.First > p.Box+20 || p.Last < p.First {
				t.Errorf("code in a box from %.0f px on begins at %.0f and ends at %.0f", p.Box, p.First, p.Last)
			}
		})
	})

	t.Run("lets text be chosen with the shift key", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(squarePath(5))
			b.do(chromedp.DoubleClick(chromedp.CSS(".answer strong")))
			chosen := evaluate[string](b, `getSelection().toString()`)
			b.do(chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierShift)))
			b.wait(fmt.Sprintf(`getSelection().toString().length == %d`, len(chosen)+1))
			b.wantAddress(squarePath(5))
			evaluate[bool](b, `addEventListener("keydown", (event) => window.taken = event.defaultPrevented), true`)
			b.key(kb.ArrowRight)
			b.wait(`window.taken === false`)
		})
	})

	t.Run("marks the section in the contents list", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(formulaPage)
			b.wantCount(".contents a", 3)
			for n := 1; n <= 3; n++ {
				item := fmt.Sprintf(".contents li:nth-child(%d) a", n)
				b.press(item)
				b.wait(fmt.Sprintf(`!!document.querySelector(%q)`, item+"[aria-current]"))
				b.wantCount(".contents [aria-current]", 1)
			}
			b.do(chromedp.EmulateViewport(360, 640, chromedp.EmulatePortrait))
			b.open(formulaPage)
			b.wantCount(".contents details[open]", 0)
			b.press(".contents summary")
			b.wantText(".contents ol", "As a matrix")
		})
	})

	t.Run("leads from the first page to an answer by the keyboard", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open("/")
			b.key("/")
			b.key("square of the number 17")
			b.wait(`!!document.querySelector("[role=combobox][aria-expanded=true]")`)
			b.wantText("[role=option]", squareTitle(17)) // not what was suggested for the first letters
			b.wantText(".search [aria-live]", "suggestion")
			b.key(kb.ArrowDown)
			b.wait(`document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).ariaSelected == "true"`)
			b.follow(kb.Enter)
			b.wantAddress(squarePath(17))
			b.wantText("h1", squareTitle(17))
			b.follow("j")
			b.wantAddress(squarePath(16))
			b.follow(kb.ArrowLeft)
			b.wantAddress(squarePath(17))
			b.follow("k")
			b.wantAddress(squarePath(18))
		})
	})

	t.Run("lets go of the search box", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(squarePath(5))
			b.key("/")
			b.key("j" + kb.Backspace + "square of the")
			b.wait(`!!document.querySelector("[role=combobox][aria-expanded=true]")`)
			b.key(kb.Escape)
			b.wantCount("[role=combobox][aria-expanded=false]", 1)
			b.wantCount(".search [role=option]", 0)
			b.wantAddress(squarePath(5))
			b.follow(kb.Enter)
			b.wantAddress("/search?q=square+of+the")
			if got := evaluate[string](b, `document.querySelector("[type=search]").value`); got != "square of the" {
				t.Errorf("the box holds %q after the search", got)
			}

			b.open(squarePath(5))
			b.key("/")
			b.key("square of")
			b.wait(`!!document.querySelector("[role=combobox][aria-expanded=true]")`)
			b.follow(kb.ArrowDown + " the number" + kb.Enter) // what was chosen is not what is typed now
			b.wantAddress("/search?q=square+of+the+number")
		})
	})

	t.Run("has closed the search box when the reader comes back", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open("/")
			b.key("/")
			b.key("square of the number 17")
			b.wait(`!!document.querySelector("[role=option]")?.textContent.includes("17")`)
			b.follow(kb.ArrowDown + kb.Enter)
			b.wantAddress(squarePath(17))
			ask(b, chromedp.WaitEvent(page.FrameNavigated, nil, chromedp.Evaluate[bool](`(history.back(), true)`)))
			b.wantAddress("/")
			b.wantCount("[role=combobox][aria-expanded=false]", 1)
			b.wantCount(".search [role=option]", 0)
		})
	})

	t.Run("has the same keys on keyboards for other scripts", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(squarePath(5))
			b.arrive(chromedp.Evaluate[chromedp.Void](typing("ت", "KeyJ")))
			next := evaluate[string](b, `location.pathname`)
			if next == squarePath(5) {
				t.Error("ت leads nowhere")
			}
			b.arrive(chromedp.Evaluate[chromedp.Void](typing("л", "KeyK")))
			b.wantAddress(squarePath(5))
			evaluate[bool](b, typing("ظ", "Slash"))
			b.wait(`document.activeElement == search`)
			evaluate[bool](b, `search.blur(), `+typing("h", "KeyJ")) // on Dvorak keyboards
			b.wantAddress(squarePath(5))
		})
	})

	t.Run("lists the keys and turns them off", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(squarePath(5))
			b.key("?")
			b.wantText("dialog[open]", "Next question or page")
			b.key(kb.Escape)
			b.wait(`!document.querySelector("dialog").open`)
			b.press("footer .keys")
			b.press("dialog [type=checkbox]")
			b.press("dialog button")
			b.wait(`!document.querySelector("dialog").open`)
			b.key("j")
			b.key("?")
			b.wantCount("dialog[open]", 0)
			b.wantAddress(squarePath(5))
		})
	})

	t.Run("draws a question", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open("/learn")
			b.click("footer a[href='/random']")
			if got := evaluate[string](b, `location.pathname`); !strings.Contains(got, "/questions/") {
				t.Errorf("a random question is at %s", got)
			}
		})
	})
}

// choose chooses a theme.
func (b *browser) choose(theme string) {
	b.t.Helper()
	b.press("button.theme")
	b.press(fmt.Sprintf("[name=theme][value=%s]", theme))
	b.press("button.theme")
}

// wantBackground wants the page's background to be of a brightness.
func (b *browser) wantBackground(least, most float64) {
	b.t.Helper()
	if got := b.background(); got < least || got > most {
		b.t.Errorf("the background is of brightness %.2f, want %.1f to %.1f", got, least, most)
	}
}

// clipboard returns the text on the clipboard.
func (b *browser) clipboard() string {
	b.t.Helper()
	return evaluate[string](b, `navigator.clipboard.readText()`)
}

// wantCopied wants the page to say that it has copied something, and the clipboard to
// hold text.
func (b *browser) wantCopied(what, text string) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.querySelector("[role=status]").textContent == %q`, what+" copied"))
	if got := b.clipboard(); got != text {
		b.t.Errorf("the clipboard holds %q, want %q", got, text)
	}
}

// typing is a script that presses a key of a keyboard with other characters than the usual one,
// on which code is the name of the key.
func typing(character, code string) string {
	return fmt.Sprintf(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: %q, code: %q, bubbles: true, cancelable: true}))`, character, code)
}

// follow presses keys and waits for the page that this leads to.
func (b *browser) follow(key string) {
	b.t.Helper()
	b.arrive(press(key))
}
