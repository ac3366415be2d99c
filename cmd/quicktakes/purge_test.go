package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/contenttest"
)

// After a load the cache is sent the tags of the pages that changed, and once more if it fails
// at first; pages name their tags.
func TestPurge(t *testing.T) {
	var bodies []string
	cache := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer secret" {
			t.Errorf("%s with %q, %v", r.Method, r.Header.Get("Authorization"), err)
		}
		bodies = append(bodies, string(body))
		if len(bodies) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer cache.Close()
	const a, b, alsoA = "/learn/biology/questions/a", "/learn/biology/questions/b", "/learn/art/questions/a"
	folder := contenttest.Folder(t,
		contenttest.Post{Path: a, Fields: []string{contenttest.Related(1, "/learn/physics/questions/c")}},
		contenttest.Post{Path: alsoA}, contenttest.Post{Path: b}, contenttest.Post{Path: "/learn/physics/questions/c"})
	database := filepath.Join(t.TempDir(), "library.db")
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	contenttest.Write(t, folder, contenttest.Post{Path: b, Title: "What is new?"})
	code, _, log := runProcess(t, []string{"QUICKTAKES_PURGE_TOKEN=secret"}, "load", "--content", folder, "--db", database, "--purge-url", cache.URL)
	if code != 0 || log != "" {
		t.Errorf("exit %d: %s", code, log)
	}
	if len(bodies) != 2 || bodies[0] != bodies[1] {
		t.Fatalf("the cache was told %q, want the same twice", bodies)
	}
	var told struct{ Tags []string }
	if err := json.Unmarshal([]byte(bodies[1]), &told); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"/learn/biology", b, "lists"}, told.Tags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}

	r := serve(t, "--content", folder, "--db", database, "--purge-url", cache.URL)
	r.waitFor("loaded")
	for path, want := range map[string][]string{
		"/": {"lists"}, "/learn/biology": {"/learn/biology"}, "/learn/biology/feed.xml": {"/learn/biology"},
		a: {a, "/learn/physics/questions/c", b, alsoA}, a + ".md": {a, "/learn/physics/questions/c", b, alsoA},
	} {
		response, err := http.Get(r.base + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		keys := strings.Fields(response.Header.Get("Surrogate-Key"))
		for _, tag := range want {
			if !slices.Contains(keys, tag) {
				t.Errorf("%s has the tags %v, want %s", path, keys, tag)
			}
		}
		if tags := response.Header.Get("Cache-Tag"); tags != strings.Join(keys, ",") {
			t.Errorf("%s: Cache-Tag %s", path, tags)
		}
	}
	r.end()
}

// The requests of a purge share a connection: caches refuse clients that open many.
func TestPurgeTakesOneConnection(t *testing.T) {
	var requests, connections atomic.Int64
	cache := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		fmt.Fprintf(w, `{"success": true, "errors": [], "messages": [], "result": {"id": "%01000d"}}`, 0)
	}))
	cache.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	cache.Start()
	defer cache.Close()
	folder := t.TempDir()
	for i := range 3 * maxTags {
		contenttest.Write(t, folder, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i)})
	}
	code, _, log := runCommand(t, "load", "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--purge-url", cache.URL)
	if code != 0 || requests.Load() != 4 || connections.Load() != 1 {
		t.Errorf("exit %d, %d requests by %d connections, want 4 by 1: %s", code, requests.Load(), connections.Load(), log)
	}
}

// A program that is stopped after a load still purges the cache, or logs that it could not: a
// busy cache does not keep the program from stopping.
func TestPurgeBeforeAStop(t *testing.T) {
	for _, test := range []struct {
		status int
		told   string // last thing in the log about the cache; empty for nothing
	}{
		{http.StatusOK, ""},
		{http.StatusServiceUnavailable, "the program was stopped: 1 of 1 request failed"},
	} {
		var requests atomic.Int64
		cache := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			requests.Add(1)
			w.WriteHeader(test.status)
		}))
		defer cache.Close()
		r := serve(t, "--content", contenttest.Folder(t, contenttest.Post{Path: watchedA}), "--db", filepath.Join(t.TempDir(), "library.db"), "--purge-url", cache.URL)
		r.waitFor("loaded")
		r.stop()
		told := ""
		for r.logs.Scan() {
			if strings.Contains(r.logs.Text(), "--purge-url") {
				told = r.logs.Text()
			}
		}
		if code := r.end(); code != 0 || requests.Load() == 0 || (told == "") != (test.told == "") || !strings.Contains(told, test.told) {
			t.Errorf("a cache that answers %d: exit %d after %d requests, told of %q", test.status, code, requests.Load(), told)
		}
	}
}

// When a cache refuses a purge or redirects it, the log gives its reason and what can be done.
// Clients follow most redirects with GET, which purges nothing.
func TestPurgeThatIsRefused(t *testing.T) {
	for _, test := range []struct {
		status int
		reason string
	}{
		{http.StatusForbidden, "Authentication error"},
		{http.StatusMovedPermanently, "This has moved"},
		{http.StatusFound, "This has moved"},
		{http.StatusPermanentRedirect, "This has moved"},
	} {
		t.Run(strconv.Itoa(test.status), func(t *testing.T) {
			t.Parallel() // a purge waits until all servers show the load
			var requests atomic.Int64
			cache := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				if r.URL.Path == "/elsewhere" {
					return
				}
				w.Header().Set("Location", "/elsewhere")
				http.Error(w, test.reason, test.status)
			}))
			defer cache.Close()
			folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
			code, _, log := runCommand(t, "load", "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--purge-url", cache.URL)
			if code != 0 || strings.Count(log, "\n") != 1 || requests.Load() != 1 {
				t.Errorf("exit %d, %d requests, %q, want 0, one and one line", code, requests.Load(), log)
			}
			for _, want := range []string{"1 of 1 request", strconv.Itoa(test.status), test.reason, "QUICKTAKES_PURGE_TOKEN", "by hand"} {
				if !strings.Contains(log, want) {
					t.Errorf("the log lacks %q: %s", want, log)
				}
			}
		})
	}
}
