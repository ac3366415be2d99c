//go:build browser

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// line is a proxy to the site that can be cut off, and that can change pages.
type line struct {
	*httptest.Server
	mu       sync.Mutex
	cut      bool
	requests map[string]int    // how often each was made, by method and path
	instead  map[string]string // by path: what is answered instead, "" for 410
}

func newLine(t *testing.T, site string) *line {
	target, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	l := &line{requests: map[string]int{}, instead: map[string]string{}}
	proxy := httputil.NewSingleHostReverseProxy(target)
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		cut := l.cut
		l.requests[r.Method+" "+r.URL.Path]++
		text, changed := l.instead[r.URL.Path]
		l.mu.Unlock()
		switch {
		case cut:
			panic(http.ErrAbortHandler)
		case changed && text == "":
			http.Error(w, "removed", http.StatusGone)
		case changed:
			w.Header().Set("Content-Type", "text/html")
			if strings.HasSuffix(r.URL.Path, ".js") {
				w.Header().Set("Content-Type", "text/javascript")
			}
			fmt.Fprint(w, text)
		default:
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(l.Close)
	return l
}

// connect restores the line, or cuts it.
func (l *line) connect(connected bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = !connected
}

// asked returns how often a page was asked for.
func (l *line) asked(method, path string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.requests[method+" "+path]
}

// answer makes the page at path say something else, or be gone if that is "".
func (l *line) answer(path, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.instead[path] = text
}

// launch starts a browser for the site at the end of the line. end ends it, and fails the
// test if anything went wrong in it that does not follow from a cut line or a missing page.
func (l *line) launch(t *testing.T) (b *browser, end func()) {
	b = launch(t, l.URL)
	expected := regexp.MustCompile(`net::ERR_|410|Download error`)
	return b, func() {
		for _, problem := range b.close() {
			if !expected.MatchString(problem) {
				t.Error(problem)
			}
		}
	}
}

func TestBrowserOffline(t *testing.T) {
	line := newLine(t, startSite(t, library(t)))
	b, end := line.launch(t)
	defer end()
	// A page that is read again must come from the service worker, not from the browser's
	// own cache.
	if _, err := chromedp.Call(b.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		t.Fatal(err)
	}

	b.read(formulaPage)
	b.read(squarePath(5))
	b.save(squarePath(6))
	b.read(squarePath(6))

	errors, err := chromedp.Call(b.ctx, page.GetInstallabilityErrors, cdp.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range errors.InstallabilityErrors {
		t.Errorf("the site cannot be installed: %s", e.ErrorID)
	}

	line.connect(false)
	b.open(formulaPage)
	b.wantAddress(formulaPage)
	b.wantText("article", "keeps")
	if !evaluate[bool](b, `document.fonts.load("1em STIX Two Math", "√").then(() => [...document.fonts].some(font => font.status == "loaded"))`) {
		t.Error("without a connection, formulas have lost their font")
	}
	b.wantText(".tools .actions button", "Save") // the script is there as well

	b.open(squarePath(7))
	b.wantText("h1", "Reading offline")
	b.wantText("#unreachable", "The site can’t be reached right now")
	b.wait(`document.querySelectorAll("#kept-questions li").length == 3`)
	b.wantText("#kept-questions li", squareTitle(6)) // the last read first

	b.open("/saved")
	b.wantText("#saved-questions li", squareTitle(6))
	b.press("#study-due")
	b.press("#card-reveal")
	b.wait(`!document.querySelector("#card-grades").hidden`)
	b.wantText("#card-answer", "It is 6 times itself.")

	line.connect(true)
	line.answer(squarePath(5), "<!DOCTYPE html><title>New</title><link rel=icon href=/icon.svg><h1>What this page says now</h1>")
	b.open(squarePath(5))
	b.wantText("h1", "What this page says now")
	b.open(squarePath(7))
	b.wantText("h1", squareTitle(7))

	line.answer(squarePath(6), "")
	b.open(squarePath(6))
	line.connect(false)
	b.open(squarePath(6))
	b.wantText("h1", "Reading offline")
	line.connect(true)

	b.open("/offline")
	b.press("#forget")
	b.wantText("#none-kept", "Nothing is kept yet")
	b.wait(`document.activeElement.id == "none-kept"`)

	b.save(squarePath(9))
	b.read(squarePath(9))
	b.read(squarePath(10))
	b.open("/offline")
	b.wait(`document.querySelectorAll("#kept-questions li").length == 2`)
	b.press("#forget")
	b.wait(`document.querySelector("[role=status]").textContent == "Removed. Your saved questions are still here"`)
	b.wantCount("#kept-questions li", 1)
	b.wantGone("#forget")
	b.wait(`document.activeElement.id == "on-this-device"`)
	line.connect(false)
	b.open(squarePath(9))
	b.wantText("h1", squareTitle(9))
	line.connect(true)

	worker := evaluate[string](b, `fetch("/sw.js").then(response => response.text())`)
	line.answer("/sw.js", strings.Replace(worker, `["`, `["next `, 1))
	b.open("/learn") // on opening it, the browser checks for a new worker
	b.wait(`caches.keys().then(names => names.filter(name => name.startsWith("own ")).every(name => name.startsWith("own next ")))`)

	// 200 are kept, plus those that are saved: beyond that, the oldest unsaved one goes.
	b.open("/learn")
	evaluate[bool](b, `(async () => {
		localStorage.saved = JSON.stringify([{path: "/learn/mathematics/questions/old-0", title: "Old", subject: "Mathematics"}])
		const cache = await caches.open("pages")
		for (let n = 0; n < 201; n++) await cache.put("/learn/mathematics/questions/old-" + n, new Response("old"))
		return true
	})()`)
	b.read(squarePath(8))
	b.wait(fmt.Sprintf("caches.match(%q).then(found => !found)", mathsSubject+"/questions/old-1"))
	keys := `caches.open("pages").then(cache => cache.keys()).then(keys => keys.map(({url}) => new URL(url).pathname.split("/").pop()))`
	got := evaluate[[]string](b, keys)
	if len(got) != 201 || got[0] != "old-0" || got[1] != "old-2" || got[200] != "square-of-8" {
		t.Errorf("%d are kept, from %v to %v", len(got), got[:2], got[len(got)-1])
	}
}

// read opens a question and waits until it is kept.
func (b *browser) read(path string) {
	b.t.Helper()
	b.open(path)
	b.wait(fmt.Sprintf("caches.match(%q).then(found => !!found)", path))
}

// A page that could not be loaded opens once the site answers again, even if the browser never
// noticed that it was gone.
func TestBrowserSiteComesBack(t *testing.T) {
	line := newLine(t, startSite(t, library(t)))
	b, end := line.launch(t)
	defer end()
	b.read(squarePath(5))
	line.connect(false)
	b.open(squarePath(7))
	b.wantText("#unreachable", "It will open by itself")
	b.arrive(chromedp.Func(func(context.Context, *chromedp.Target) error {
		line.connect(true)
		return nil
	}))
	b.wantText("h1", squareTitle(7))
	if n := line.asked(http.MethodHead, squarePath(7)); n < 1 || n > 2 {
		t.Errorf("the site was asked %d times in some seconds", n)
	}
}

// What the browser has just loaded is kept without loading it again, and opens again from the
// browser's cache.
func TestBrowserLoadsOnce(t *testing.T) {
	line := newLine(t, startSite(t, library(t)))
	b, end := line.launch(t)
	defer end()
	b.read(squarePath(5)) // starts the service worker
	b.read(squarePath(6))
	b.open(squarePath(5))
	b.open(squarePath(6))
	b.wantText("h1", squareTitle(6))
	if n := line.asked(http.MethodGet, squarePath(6)); n != 1 {
		t.Errorf("a question that was opened twice was loaded %d times", n)
	}
}

func TestBrowserCardsOfRemovedQuestions(t *testing.T) {
	line := newLine(t, startSite(t, library(t)))
	b, end := line.launch(t)
	defer end()
	const far = 5 // on another page of the flashcards
	line.answer(squarePath(far), "")
	b.open("/learn")
	evaluate[bool](b, fmt.Sprintf(`(async () => {
		const page = await fetch("%s/flashcards").then(response => response.text())
		const paths = [...page.matchAll(/data-question="([^"]*)"/g)].map(([, path]) => path)
		const known = Object.fromEntries(paths.map(path => [path, {days: 3, ease: 2.5, due: "2999-01-01"}]))
		localStorage.cards = JSON.stringify({...known, %q: {days: 1, ease: 2.5, due: "2024-01-01"}})
		return true
	})()`, mathsSubject, squarePath(far)))

	b.open(mathsSubject + "/flashcards")
	b.wait(`navigator.serviceWorker.ready.then(() => true)`)
	line.connect(false)
	b.press("#study-due")
	b.wantCard("No connection right now")
	b.wantText("#card-left", "1 card couldn’t be loaded")
	b.press("#card-end")
	b.wantText("#study-due", "Study 1 card")

	line.connect(true)
	b.press("#study-due")
	b.wantCard("Done for now")
	b.wantText("#card-left", "1 question left out: removed from the site")
	b.press("#card-end")
	b.wait(`document.querySelector("#study-due").hidden`)
	if got := b.card(squarePath(far)); got.Days != 0 {
		t.Errorf("the card of a question that was removed is still known: %+v", got)
	}

	b.open("/learn")
	evaluate[string](b, fmt.Sprintf(`localStorage.saved = JSON.stringify([{path: %q, title: "Gone", subject: "Mathematics"}])`, squarePath(far)))
	b.open("/saved")
	b.press("#study-due")
	b.wantCard("Done for now")
	b.press("#card-end")
	b.wait(`document.querySelector("#study-due").hidden`)
	b.wantText("#saved-questions li", "Removed from the site")
	b.press("#saved-questions button")
	b.wantText("#none-saved", "Nothing is saved yet")
}
