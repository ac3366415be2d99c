//go:build browser

package main

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/audits"
	protocol "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"quicktakes/assets"
)

// browser is a chromium of its own, with one tab and an empty profile, and a
// record of what goes wrong in it.
type browser struct {
	t      *testing.T
	ctx    context.Context
	cancel []context.CancelFunc
	origin string

	scriptless bool // no page's script runs

	mu       sync.Mutex
	problems []string
}

// visit starts a browser, does what is to be done in it, and fails the test if
// anything went wrong in the browser meanwhile.
func visit(t *testing.T, origin string, do func(*browser)) {
	t.Helper()
	b := launch(t, origin)
	defer func() {
		for _, problem := range b.close() {
			t.Error(problem)
		}
	}()
	do(b)
}

// launch starts a browser for the site at origin.
func launch(t *testing.T, origin string) *browser {
	t.Helper()
	b := &browser{t: t, origin: origin}
	ctx, stop := context.WithTimeout(t.Context(), visitTime)
	ctx, stopAllocator := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium),
		chromedp.Headless,
		chromedp.NoSandbox, // CI is root, which chromium refuses to sandbox
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-prefers-reduced-motion", true), // a page ignores clicks while it fades in
	)...)
	ctx, stopTab := chromedp.NewContext(ctx)
	b.ctx, b.cancel = ctx, []context.CancelFunc{stopTab, stopAllocator, stop}
	if err := chromedp.Listen(ctx, b.record); err != nil {
		b.close()
		t.Fatalf("start %s: %v", chromium, err)
	}
	if _, err := chromedp.Call(ctx, audits.Enable, struct{}{}); err != nil {
		b.close()
		t.Fatal(err)
	}
	return b
}

// close ends the browser and returns what went wrong in it.
func (b *browser) close() []string {
	if err := chromedp.Cancel(b.ctx); err != nil {
		b.t.Logf("close the browser: %v", err)
	}
	for _, cancel := range b.cancel {
		cancel()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.problems
}

// record keeps the events that report something wrong: errors and warnings on the
// console, exceptions, what the content security policy forbids, requests that
// fail or leave the site.
func (b *browser) record(event any) {
	problem := ""
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		switch e.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
			problem = fmt.Sprintf("console %s:", e.Type)
			for _, argument := range e.Args {
				problem += " " + strings.Trim(string(argument.Value), `"`) + argument.Description
			}
		}
	case *runtime.EventExceptionThrown:
		problem = "exception: " + e.ExceptionDetails.Text
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == cdplog.EntryLevelError || e.Entry.Level == cdplog.EntryLevelWarning {
			problem = fmt.Sprintf("log %s: %s (%s)", e.Entry.Level, e.Entry.Text, e.Entry.URL)
		}
	case *audits.EventIssueAdded:
		if issue := e.Issue.Details.ContentSecurityPolicyIssueDetails; issue != nil {
			problem = fmt.Sprintf("against the policy: %s %s", issue.ViolatedDirective, issue.BlockedURL)
		}
	case *network.EventRequestWillBeSent:
		if url := strings.TrimPrefix(e.Request.URL, "blob:"); !strings.HasPrefix(url, b.origin+"/") && !strings.HasPrefix(url, "data:") {
			problem = "request to another site: " + e.Request.URL
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= http.StatusBadRequest {
			problem = fmt.Sprintf("%s: %d", e.Response.URL, e.Response.Status)
		}
	case *network.EventResponseReceivedExtraInfo:
		for name := range e.Headers {
			if strings.EqualFold(name, "Set-Cookie") {
				problem = "a cookie is set"
			}
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			problem = fmt.Sprintf("a %s does not load: %s %s", e.Type, e.ErrorText, e.BlockedReason)
		}
	}
	if problem == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = append(b.problems, problem)
}

// do runs steps one after another.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ask(b, chromedp.Steps(steps...))
}

// ask runs an action, within the time limit of one step, and returns its result.
func ask[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepTime)
	defer cancel()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return result
}

// evaluate returns what a script gives, or what its promise gives.
func evaluate[T any](b *browser, script string) T {
	b.t.Helper()
	return ask(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// allowScript switches the scripts of pages on or off, and checks that it worked.
func (b *browser) allowScript(allowed bool) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !allowed}); err != nil {
		b.t.Fatal(err)
	}
	ran := evaluate[bool](b, `(() => {
		const script = document.createElement("script")
		script.text = "document.ran = true"
		document.documentElement.append(script)
		return !!document.ran
	})()`)
	if ran != allowed {
		b.t.Fatalf("scripts run: %t, want %t", ran, allowed)
	}
	b.scriptless = !allowed
}

// prefer sets the colour scheme of the reader's system.
func (b *browser) prefer(scheme string) {
	b.t.Helper()
	b.emulate(emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// emulate sets what style sheets ask about the reader's device.
func (b *browser) emulate(media emulation.SetEmulatedMediaParams) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to a page by its address.
func (b *browser) open(path string) {
	b.t.Helper()
	b.arrive(chromedp.Navigate(b.origin + path))
}

// click clicks the first element that the selector finds, and waits for the page
// that this leads to.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.arrive(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// arrive does a step that leads to a page, and waits until the page is loaded and its script
// has started up.
func (b *browser) arrive(step chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ask(b, chromedp.WaitEvent(page.LoadEventFired, nil, step))
	if !b.scriptless {
		b.wait(fmt.Sprintf(`!document.querySelector('[src=%q], [src=%q], [src=%q]') || !!document.querySelector(".status")`,
			assets.ScriptURL("site"), assets.ScriptURL("study"), assets.ScriptURL("offline")))
	}
}

// text returns the visible text of the first element that the selector finds.
func (b *browser) text(selector string) string {
	b.t.Helper()
	return ask(b, chromedp.Text(chromedp.CSS(selector), chromedp.NodeVisible))
}

// wantText wants text to be seen in the first element that the selector finds.
func (b *browser) wantText(selector, want string) {
	b.t.Helper()
	if got := b.text(selector); !strings.Contains(got, want) {
		b.t.Errorf("%s reads %q, want %q", selector, got, want)
	}
}

func (b *browser) wantAddress(path string) {
	b.t.Helper()
	if got := ask(b, chromedp.Location()); got != b.origin+path {
		b.t.Fatalf("the address is %s, want %s", got, b.origin+path)
	}
}

func (b *browser) wantCount(selector string, want int) {
	b.t.Helper()
	if got := evaluate[int](b, fmt.Sprintf("document.querySelectorAll(%q).length", selector)); got != want {
		b.t.Errorf("%d × %s, want %d", got, selector, want)
	}
}

// background returns the brightness, 0 to 1, of the colour that covers most of the
// screen.
func (b *browser) background() float64 {
	b.t.Helper()
	picture, err := png.Decode(bytes.NewReader(ask(b, chromedp.CaptureScreenshot())))
	if err != nil {
		b.t.Fatal(err)
	}
	pixels := map[color.Gray]int{}
	var most color.Gray
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			gray := color.GrayModel.Convert(picture.At(x, y)).(color.Gray)
			pixels[gray]++
			if pixels[gray] > pixels[most] {
				most = gray
			}
		}
	}
	return float64(most.Y) / 255
}

// wantGone wants nothing that the selector finds to be visible.
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

// upload chooses a file of text to add to the saved questions.
func (b *browser) upload(text string) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "upload")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS("#import"), []string{file}))
}
