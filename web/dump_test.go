package web_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

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
