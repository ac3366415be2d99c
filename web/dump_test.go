package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
	"quicktakes/db"
	"quicktakes/web"
)

// newDumpSite returns a site with more questions than are read at once.
func newDumpSite(t *testing.T) *site {
	posts := []contenttest.Post{
		{
			Path: "/learn/biology/questions/cell", Title: "What is $a<b$?", Answer: `A "cell":\n\n- $x \neq 0$\n- <b>\n\n$$y$$`,
			Fields: []string{contenttest.Related(1, "/learn/art/questions/q001")},
		},
		{Path: "/learn/biology/questions/hidden", Fields: []string{"no_index: true"}},
		{Path: "/learn/biology-basics/questions/other"},
	}
	for i := range 250 {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/art/questions/q%03d", i)})
	}
	s := newSite(t, nil, posts...)
	s.load()
	return s
}

func (s *site) dump(format web.DumpFormat, subject string) string {
	s.t.Helper()
	var out bytes.Buffer
	if err := s.Dump(s.t.Context(), &out, web.DumpOptions{Format: format, Subject: subject}); err != nil {
		s.t.Fatal(err)
	}
	return out.String()
}

// A line of a dump says what the question's own JSON says.
func TestDumpAsJSONLines(t *testing.T) {
	s := newDumpSite(t)
	seen := map[string]bool{}
	for line := range strings.Lines(s.dump(web.JSONLines, "")) {
		var got, want map[string]any
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		url, _ := got["url"].(string)
		seen[url] = true
		if err := json.Unmarshal([]byte(body(t, s.ask(http.MethodGet, strings.TrimPrefix(url, baseURL)+".json"))), &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-JSON +line):\n%s", url, diff)
		}
	}
	if len(seen) != 253 {
		t.Errorf("%d questions, want 253", len(seen))
	}
	if lines := strings.Count(s.dump(web.JSONLines, "biology"), "\n"); lines != 2 {
		t.Errorf("%d questions of biology, want 2", lines)
	}
}

func TestDumpAsCSV(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(newDumpSite(t).dump(web.CSV, "biology"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[1][i]
	}
	for name, want := range map[string]string{
		"url": baseURL + "/learn/biology/questions/cell", "subject": "Biology", "question": "What is $a<b$?", "published": "2025-01-31T00:00:00Z",
		"answer": "A \"cell\":\n\n- $x \\neq 0$\n- <b>\n\n$$y$$", "no_index": "false", "related": baseURL + "/learn/art/questions/q001",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if len(rows) != 3 {
		t.Errorf("%d rows, want 3", len(rows))
	}
}

// Excel reads UTF-8 only after a byte-order mark, which others read as part of the first name.
func TestDumpForExcel(t *testing.T) {
	s := newDumpSite(t)
	table := s.dump(web.CSV, "biology")
	if !strings.HasPrefix(table, "url,") || strings.Contains(table, "\r") {
		t.Errorf("CSV begins with %q", table[:10])
	}
	if got := s.dump(web.Excel, "biology"); got != "\xEF\xBB\xBF"+table {
		t.Errorf("for Excel it begins with %q", got[:10])
	}
}

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

// stoppedWriter is a stream of HTTP/2 whose client stops it after the header.
type stoppedWriter struct {
	*httptest.ResponseRecorder
	stop context.CancelFunc
}

func (w stoppedWriter) Write([]byte) (int, error) {
	w.stop()
	return 0, errors.New("http2: stream closed") // net/http has no name for it
}

// A reader who cancels a request is no news for operators.
func TestClientThatStopsIsNoError(t *testing.T) {
	s := newDumpSite(t)
	for _, target := range []string{"/learn/art/anki.txt", "/nowhere", "/search?q=art", "/learn"} {
		ctx, stop := context.WithCancel(t.Context())
		func() {
			defer func() { _ = recover() }() // a download that breaks off ends its stream
			s.ServeHTTP(stoppedWriter{httptest.NewRecorder(), stop}, httptest.NewRequestWithContext(ctx, http.MethodGet, target, nil))
		}()
		if ctx.Err() == nil {
			t.Errorf("%s: nothing was written", target)
		}
	}
	if s.log.Len() > 0 {
		t.Errorf("the log says %s", s.log)
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

func TestDumpEndsWithTheFirstError(t *testing.T) {
	s := newDumpSite(t)
	full := errors.New("disk full")
	err := s.Dump(t.Context(), failingWriter{full}, web.DumpOptions{Format: web.JSONLines})
	if !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
	err = s.Dump(t.Context(), io.Discard, web.DumpOptions{Format: web.JSONLines, Subject: "astrology"})
	if !errors.Is(err, db.ErrNotFound) {
		t.Errorf("got %v, want %v", err, db.ErrNotFound)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestLLMs(t *testing.T) {
	response := newDumpSite(t).ask(http.MethodGet, "/llms.txt")
	text := body(t, response)
	if got := response.Header.Get("Content-Type"); response.StatusCode != 200 || got != "text/plain; charset=utf-8" {
		t.Errorf("%d, %s", response.StatusCode, got)
	}
	if !strings.HasPrefix(text, "# QuickTakes\n\n> 252 student questions in 3 subjects") ||
		!strings.Contains(text, "\n- [Biology](https://example.org/learn/biology): 1 of 252 questions\n") {
		t.Errorf("llms.txt is %s", text)
	}
}
