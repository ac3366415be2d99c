package web_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"quicktakes/content/contenttest"
	"quicktakes/web"
)

func TestAnkiDownload(t *testing.T) {
	s := newDumpSite(t)
	response := s.ask(http.MethodGet, "/learn/biology/anki.txt")
	if got := response.Header.Get("Content-Disposition"); response.StatusCode != 200 || got != `attachment; filename="biology-anki.txt"` {
		t.Errorf("%d, Content-Disposition %s", response.StatusCode, got)
	}
	if got := response.Header.Get("X-Robots-Tag"); got != "noindex" {
		t.Errorf("X-Robots-Tag %q", got)
	}
	text := body(t, response)
	const header = "#separator:tab\n#html:true\n#notetype:Basic\n#guid column:1\n#deck column:2\n#tags column:5\n"
	if !strings.HasPrefix(text, header) {
		t.Errorf("begins with %q", text[:min(len(text), 100)])
	}
	cards := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, header)))
	cards.Comma = '\t'
	got, err := cards.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{
		"/learn/biology/questions/cell", "QuickTakes::Biology", `<p>What is \(a&lt;b\)?</p>`,
		"<p>A &#34;cell&#34;:</p>\n<ul>\n<li>\\(x \\neq 0\\)</li>\n<li>&lt;b&gt;</li>\n</ul>\n<p>\\[y\\]</p>\n" +
			`<p><a href="` + baseURL + `/learn/biology/questions/cell">QuickTakes</a></p>`,
		"biology cell school",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if response := s.ask(http.MethodGet, "/learn/astrology/anki.txt"); response.StatusCode != http.StatusNotFound || response.Header.Get("Content-Disposition") != "" {
		t.Errorf("an unknown subject: %d", response.StatusCode)
	}
}

// Each keyword becomes one tag in Anki, whatever characters it has.
func TestAnkiTags(t *testing.T) {
	s := newSite(t, nil, contenttest.Post{
		Path: "/learn/computer-science/questions/languages", Keywords: "C++, C#, C, H₂O, α-1, 光合作用 过程, Computer Science, H2O, ?!, Ribosome structure",
	})
	s.load()
	_, cards, _ := strings.Cut(s.dump(web.Anki, ""), "\n/learn/")
	fields := strings.Split(strings.TrimSpace(cards), "\t")
	const want = "computer-science c-plus-plus c-sharp c h2o α-1 光合作用-过程 ribosome-structure"
	if got := fields[len(fields)-1]; got != want {
		t.Errorf("tags are %s, want %s", got, want)
	}
}

// Anki does not find out the direction of a text. Code is left to right in any.
func TestAnkiRightToLeft(t *testing.T) {
	s := newSite(t, nil,
		contenttest.Post{Path: "/learn/arabic/questions/list", ID: 1, Title: "ما هي `list()` في بايثون؟", Answer: "قائمة $x$:" + `\n\n    [1] + a`},
		contenttest.Post{Path: "/learn/arabic/questions/book", ID: 2, Title: "How do you say book?", Answer: "نقول كتاب بالعربية."},
		contenttest.Post{Path: "/learn/arabic/questions/word", ID: 3, Title: "What does كتاب mean?", Answer: "Book, from `كتب`."},
		contenttest.Post{Path: "/learn/arabic/questions/code", ID: 4, Title: "ما ناتج `System.out.println(a)`؟", Answer: "One."},
	)
	s.load()
	source := func(slug string) string {
		return `<p><a href="` + baseURL + `/learn/arabic/questions/` + slug + `">QuickTakes</a></p>`
	}
	want := map[string][2]string{
		"list": {`<div dir="rtl"><p>ما هي <code dir="ltr" translate="no">list()</code> في بايثون؟</p></div>`, `<div dir="rtl"><p>قائمة \(x\):</p>` + "\n" +
			`<div class="code"><pre dir="ltr" class="chroma"><code dir="ltr" translate="no">[1] + a</code></pre></div>` + "\n" + source("list") + `</div>`},
		"book": {`<p>How do you say book?</p>`, `<div dir="rtl"><p>نقول كتاب بالعربية.</p>` + "\n" + source("book") + `</div>`},
		"word": {`<p>What does كتاب mean?</p>`, `<p>Book, from <code translate="no">كتب</code>.</p>` + "\n" + source("word")},
		"code": {`<div dir="rtl"><p>ما ناتج <code dir="ltr" translate="no">System.out.println(a)</code>؟</p></div>`, `<p>One.</p>` + "\n" + source("code")},
	}
	cards := csv.NewReader(strings.NewReader(s.dump(web.Anki, "")))
	cards.Comma, cards.Comment = '\t', '#'
	rows, err := cards.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][2]string{}
	for _, row := range rows {
		got[strings.TrimPrefix(row[0], "/learn/arabic/questions/")] = [2]string{row[2], row[3]}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A download is compressed as it is sent.
func TestAnkiDownloadOverTheNetwork(t *testing.T) {
	s := newDumpSite(t)
	server := httptest.NewServer(s)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/learn/art/anki.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	cards := strings.Count(body(t, response), "\n/learn/art/questions/")
	if !response.Uncompressed || cards != 250 {
		t.Errorf("%d cards, want 250; compressed: %t", cards, response.Uncompressed)
	}
}

// brokenWriter is a connection that breaks after the header.
type brokenWriter struct{ *httptest.ResponseRecorder }

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("connection reset") }

// The client must not mistake a part for the whole.
func TestAnkiDownloadThatBreaksOff(t *testing.T) {
	s := newDumpSite(t)
	defer func() {
		if got, _ := recover().(error); !errors.Is(got, http.ErrAbortHandler) {
			t.Errorf("the request ended with %v, want %v", got, http.ErrAbortHandler)
		}
		if !strings.Contains(s.log.String(), "connection reset") {
			t.Errorf("the log lacks the reason: %s", s.log)
		}
	}()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/learn/art/anki.txt", nil)
	s.ServeHTTP(brokenWriter{httptest.NewRecorder()}, request)
}

func TestAnkiDownloadThatBreaksOffIsCounted(t *testing.T) {
	registry := prometheus.NewRegistry()
	s := newSite(t, func(c *web.Config) { c.AccessLog, c.Metrics = true, registry }, contenttest.Post{Path: cell})
	s.load()
	func() {
		defer func() { _ = recover() }()
		s.ServeHTTP(brokenWriter{httptest.NewRecorder()}, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/learn/biology/anki.txt", nil))
	}()
	if got := requestsCounted(t, registry, "/learn/:subject/anki.txt", "200"); got != 1 {
		t.Errorf("%v downloads are counted, want 1", got)
	}
	if !strings.Contains(s.log.String(), "path=/learn/biology/anki.txt status=200") {
		t.Errorf("the log lacks the download: %s", s.log)
	}
}

// timedWriter is a client whose connection records its write deadline.
type timedWriter struct {
	*httptest.ResponseRecorder
	deadline time.Time
	writes   int
}

func (w *timedWriter) SetWriteDeadline(deadline time.Time) error {
	w.deadline = deadline
	return nil
}

func (w *timedWriter) Write(piece []byte) (int, error) {
	left := time.Until(w.deadline)
	w.deadline = time.Time{}
	if left < 20*time.Second || left > time.Minute {
		return 0, fmt.Errorf("%v left for a piece", left)
	}
	w.writes++
	return w.ResponseRecorder.Write(piece)
}

// A download may take long, but a single write may not: clients that stop reading would keep
// others out.
func TestAnkiDownloadByPieces(t *testing.T) {
	w := &timedWriter{ResponseRecorder: httptest.NewRecorder()}
	newDumpSite(t).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/learn/art/anki.txt", nil))
	if w.writes < 2 {
		t.Errorf("%d pieces were written", w.writes)
	}
}

// lateClient reads nothing until the time for a page is over.
type lateClient struct {
	*httptest.ResponseRecorder
	wait func()
}

func (c lateClient) Write(piece []byte) (int, error) {
	c.wait()
	return c.ResponseRecorder.Write(piece)
}

func TestAnkiDownloadMayTakeLongerThanAPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := lateClient{httptest.NewRecorder(), sync.OnceFunc(func() { time.Sleep(11 * time.Second) })}
		func() {
			defer func() { _ = recover() }() // a download that breaks off ends its connection
			newDumpSite(t).ServeHTTP(client, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/learn/art/anki.txt", nil))
		}()
		if cards := strings.Count(client.Body.String(), "\n/learn/art/questions/"); cards != 250 {
			t.Errorf("%d cards, want 250", cards)
		}
	})
}
