package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

const testKey = "Key-0123"

// receiver stands in for a search engine: it answers announcements with statuses in
// turn, and then with 200.
type receiver struct {
	*httptest.Server
	statuses []int
	calls    int
	taken    [][]string // addresses of the announcements that were answered with 200
}

func newReceiver(t *testing.T, statuses ...int) *receiver {
	t.Helper()
	r := &receiver{statuses: statuses}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		r.calls++
		if len(r.statuses) > 0 {
			status := r.statuses[0]
			r.statuses = r.statuses[1:]
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(status)
			return
		}
		var a announcement
		if err := json.NewDecoder(request.Body).Decode(&a); err != nil {
			t.Error(err)
		}
		if a.Host != "example.org" || a.Key != testKey || request.Method != http.MethodPost || request.Header.Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%s, host %s, key %s, %s", request.Method, a.Host, a.Key, request.Header.Get("Content-Type"))
		}
		r.taken = append(r.taken, a.Addresses)
	}))
	t.Cleanup(r.Close)
	return r
}

// loadAnnouncing loads the folder and announces what changed to r.
func (r *receiver) loadAnnouncing(t *testing.T, folder, database string) (stderr string) {
	t.Helper()
	r.taken = nil
	code, out, stderr := runCommand(t, "load", "--content", folder, "--db", database,
		"--base-url", "https://example.org", "--indexnow-key", testKey, "--indexnow-endpoint", r.URL)
	if code != 0 || !strings.Contains(out, " posts: ") {
		t.Errorf("exit %d, %q: %s", code, out, stderr)
	}
	return stderr
}

func TestLoadAnnouncesWhatChanged(t *testing.T) {
	r := newReceiver(t, http.StatusTooManyRequests, http.StatusServiceUnavailable)
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/art/questions/a"}, contenttest.Post{Path: "/learn/art/questions/b"})
	database := filepath.Join(t.TempDir(), "library.db")
	want := func(addresses ...string) {
		t.Helper()
		got := slices.Concat(r.taken...)
		slices.Sort(got)
		if diff := cmp.Diff(addresses, got); diff != "" {
			t.Errorf("announced (-want +got):\n%s", diff)
		}
	}
	r.loadAnnouncing(t, folder, database)
	want("https://example.org/learn/art/questions/a", "https://example.org/learn/art/questions/b")
	if r.calls != 3 {
		t.Errorf("%d requests, want two that are refused and one that is not", r.calls)
	}
	r.loadAnnouncing(t, folder, database)
	want()

	contenttest.Write(t, folder, contenttest.Post{Path: "/learn/art/questions/a", Answer: "Changed."})
	r.statuses = []int{http.StatusForbidden}
	if log := r.loadAnnouncing(t, folder, database); !strings.Contains(log, "403") {
		t.Errorf("the log does not say that the announcement was refused: %s", log)
	}
	want()
	if err := os.Remove(filepath.Join(folder, "learn/art/b.md")); err != nil {
		t.Fatal(err)
	}
	r.loadAnnouncing(t, folder, database)
	want("https://example.org/learn/art/questions/a", "https://example.org/learn/art/questions/b")
}

func TestLoadAnnouncesInParts(t *testing.T) {
	folder := t.TempDir()
	const posts = maxAnnounced + 1
	for i := range posts {
		contenttest.WriteFile(t, folder, fmt.Sprintf("%d/%d.md", i/1000, i), fmt.Sprintf("---\nurl: /learn/art/questions/q%d\ndate: 2025-01-31\nquestion: What is %d?\nanswer: It is.\n---\n", i, i))
	}
	r := newReceiver(t)
	r.loadAnnouncing(t, folder, filepath.Join(t.TempDir(), "library.db"))
	if len(r.taken) != 2 || len(r.taken[0]) != maxAnnounced || len(r.taken[1]) != 1 {
		t.Errorf("%d announcements", len(r.taken))
	}
	all := slices.Concat(r.taken...)
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != posts {
		t.Errorf("%d addresses, want %d", n, posts)
	}
}

func TestServeAnnouncesWhatItsLoadsChange(t *testing.T) {
	receiver := newReceiver(t)
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/art/questions/a"})
	r := serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"),
		"--base-url", "https://example.org", "--indexnow-key", testKey, "--indexnow-endpoint", receiver.URL)
	r.waitFor("msg=announced")
	if len(receiver.taken) != 1 || len(receiver.taken[0]) != 1 {
		t.Errorf("announced %v", receiver.taken)
	}
	if _, text := r.get("/" + testKey + ".txt"); text != testKey {
		t.Errorf("the key file holds %q", text)
	}
	r.end()
}

func TestAnnouncesAgainWhatWasNotTaken(t *testing.T) {
	receiver := newReceiver(t, http.StatusForbidden, http.StatusForbidden)
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/art/questions/a"})
	database := filepath.Join(t.TempDir(), "library.db")
	receiver.loadAnnouncing(t, folder, database)
	store, err := db.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	p := &program{
		config: &config{baseURL: "https://example.org", indexNowKey: testKey, indexNowEndpoint: receiver.URL},
		log:    slog.New(slog.DiscardHandler),
	}
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	announce := p.announceChanges(store, func() time.Time { return clock })
	for _, test := range []struct {
		after time.Duration
		calls int // since the load
		taken bool
	}{
		{0, 1, false},
		{time.Second, 1, false},
		{announceRest, 2, true},
		{2 * announceRest, 2, true},
	} {
		clock = clock.Add(test.after)
		err := announce(t.Context())
		if calls := receiver.calls - 1; (err == nil) != test.taken || calls != test.calls || (len(receiver.taken) == 1) != test.taken {
			t.Errorf("after %v: %v, %d calls, taken %v, want %d calls", test.after, err, calls, receiver.taken, test.calls)
		}
	}
}
