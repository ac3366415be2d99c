package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"quicktakes/content/contenttest"
	"quicktakes/web"
)

// askFrom asks as a client with an address.
func (s *site) askFrom(client, target string) *http.Response {
	s.t.Helper()
	request := httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, target, nil)
	request.RemoteAddr = net.JoinHostPort(client, "1234")
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, request)
	return recorder.Result()
}

// wantRefusal checks that a response says when to ask again, and is a page that nobody
// caches.
func wantRefusal(t *testing.T, response *http.Response, status int) {
	t.Helper()
	header := response.Header
	if response.StatusCode != status || header.Get("Retry-After") == "" || header.Get("Cache-Control") != "no-store" ||
		header.Get("Content-Security-Policy") == "" || !strings.Contains(body(t, response), "<h1") {
		t.Errorf("%d, %v, want %d and a page", response.StatusCode, header, status)
	}
}

// However many requests for slow pages arrive, pages at hand are served, what is too much is
// refused at once, and the site recovers as soon as the rush is over.
func TestOverload(t *testing.T) {
	s := newLibrarySite(t)
	proceed := make(chan struct{})
	s.Handle("/slow", func() error { <-proceed; return nil })
	s.ask(http.MethodGet, cell)

	present := web.PagesUnderWay + web.PagesWaiting
	rush := 5 * present
	answers := make(chan *http.Response, rush)
	for range rush {
		go func() { answers <- s.ask(http.MethodGet, "/slow") }()
	}
	for range rush - present {
		wantRefusal(t, <-answers, http.StatusServiceUnavailable)
	}
	for _, target := range []string{cell, "/healthz", "/readyz", "/search?q=cell"} {
		if response := s.ask(http.MethodGet, target); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d in the rush", target, response.StatusCode)
		}
	}
	// Those who wait give up after a while.
	for range web.PagesWaiting {
		wantRefusal(t, <-answers, http.StatusServiceUnavailable)
	}
	close(proceed)
	for range web.PagesUnderWay {
		if response := <-answers; response.StatusCode != http.StatusOK {
			t.Errorf("%d for one whose work was under way", response.StatusCode)
		}
	}
	if n := strings.Count(s.log.String(), "requests are refused"); n != 1 {
		t.Errorf("the log says %d times that requests are refused", n)
	}
	if response := s.ask(http.MethodGet, "/learn/physics"); response.StatusCode != http.StatusOK {
		t.Errorf("%d after the rush", response.StatusCode)
	}
}

// Whatever becomes of a request, the room that it took is freed.
func TestRoomIsGivenBack(t *testing.T) {
	s := newLibrarySite(t)
	for range 8 * runtime.GOMAXPROCS(0) {
		for target, want := range map[string]int{"/learn/physics/anki.txt": 200, "/learn/zzcel": 404} {
			if response := s.ask(http.MethodGet, target); response.StatusCode != want {
				t.Fatalf("%s: %d, want %d", target, response.StatusCode, want)
			}
		}
	}
	left, leave := context.WithCancel(t.Context())
	leave()
	for range web.SearchesPresent {
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(left, http.MethodGet, "/search?q=cell", nil))
	}
	if response := s.ask(http.MethodGet, "/search?q=cell"); response.StatusCode != http.StatusOK {
		t.Errorf("a search: %d", response.StatusCode)
	}
}

// slowClient reads nothing of a response but its header.
type slowClient struct {
	*httptest.ResponseRecorder
	begun chan<- struct{}
	taken <-chan struct{}
}

func (c slowClient) Write([]byte) (int, error) {
	c.begun <- struct{}{}
	<-c.taken
	return 0, io.ErrClosedPipe
}

func TestSlowClientsKeepNobodyWaiting(t *testing.T) {
	s := newLibrarySite(t)
	begun, taken := make(chan struct{}), make(chan struct{})
	var clients sync.WaitGroup
	many := 100 * runtime.GOMAXPROCS(0)
	for range many {
		clients.Go(func() {
			s.ServeHTTP(slowClient{httptest.NewRecorder(), begun, taken}, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/search?q=cell", nil))
		})
		<-begun
	}
	if response := s.ask(http.MethodGet, "/search?q=force"); response.StatusCode != http.StatusOK {
		t.Errorf("%d while %d clients take their answers", response.StatusCode, many)
	}
	close(taken)
	clients.Wait()
}

// download asks for a download as a client with an address.
func (s *site) download(w http.ResponseWriter, client string) {
	request := httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, "/learn/biology/anki.txt", nil)
	request.RemoteAddr = net.JoinHostPort(client, "1234")
	s.ServeHTTP(w, request)
}

// However many downloads the clients of one network begin and do not read, those of other
// networks get theirs.
func TestSlowDownloadsKeepNoOtherNetworkOut(t *testing.T) {
	s := newLibrarySite(t)
	begun, taken := make(chan struct{}), make(chan struct{})
	var clients sync.WaitGroup
	many := 4 * runtime.GOMAXPROCS(0)
	for i := range many {
		clients.Go(func() {
			defer func() { _ = recover() }() // a download that breaks off ends its connection
			s.download(slowClient{httptest.NewRecorder(), begun, taken}, fmt.Sprintf("2001:db8:1:2::%d", i))
		})
	}
	for range many { // each begins a response, if only a refusal
		<-begun
	}
	for client, want := range map[string]int{"2001:db8:1:3::1": 200, "192.0.2.7": 200, "2001:db8:1:2::ffff": 503} {
		recorder := httptest.NewRecorder()
		s.download(recorder, client)
		if response := recorder.Result(); want == 503 {
			wantRefusal(t, response, want)
		} else if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", client, response.StatusCode, want)
		}
	}
	close(taken)
	clients.Wait()
}

func TestSlowDownloadsOfManyNetworksAreBounded(t *testing.T) {
	s := newLibrarySite(t)
	begun, taken := make(chan struct{}), make(chan struct{})
	var clients sync.WaitGroup
	for i := range 4 * runtime.GOMAXPROCS(0) {
		clients.Go(func() {
			defer func() { _ = recover() }() // a download that breaks off ends its connection
			s.download(slowClient{httptest.NewRecorder(), begun, taken}, fmt.Sprintf("2001:db8:1:%x::1", i))
		})
		<-begun
	}
	recorder := httptest.NewRecorder()
	s.download(recorder, "192.0.2.7")
	wantRefusal(t, recorder.Result(), http.StatusServiceUnavailable)
	close(taken)
	clients.Wait()
}

func TestSearchRate(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.SearchRate = 1 }, contenttest.Post{Path: cell})
	s.load()
	const burst = 60
	var response *http.Response
	answered := 0
	for answered < 100*burst {
		if response = s.askFrom("192.0.2.7", "/search?q=cell"); response.StatusCode != http.StatusOK {
			break
		}
		answered++
	}
	wantRefusal(t, response, http.StatusTooManyRequests)
	if answered < burst {
		t.Errorf("refused after %d searches, want %d", answered, burst)
	}
	for range 100 * burst {
		s.askFrom("2001:db8:1:2::1", "/search/suggest?q=c")
	}
	for _, test := range []struct {
		client, target string
		want           int
	}{
		{"192.0.2.7", "/learn", 200},
		{"192.0.2.8", "/search?q=cell", 200},
		{"::ffff:192.0.2.9", "/search?q=cell", 200},
		{"2001:db8:1:2:3:4:5:6", "/search?q=cell", 429},
		{"2001:db8:1:3::1", "/search?q=cell", 200},
	} {
		if response := s.askFrom(test.client, test.target); response.StatusCode != test.want {
			t.Errorf("%s from %s: %d, want %d", test.target, test.client, response.StatusCode, test.want)
		}
	}
}

// The suggestions on a missing page take a search.
func TestMissingPagesCountAsSearches(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.SearchRate = 1 }, contenttest.Post{Path: cell})
	s.load()
	for range 100 {
		s.askFrom("192.0.2.7", "/search/suggest?q=c")
	}
	for client, want := range map[string]bool{"192.0.2.7": false, "192.0.2.8": true} {
		response := s.askFrom(client, "/topics/cells")
		if got := strings.Contains(body(t, response), cell); got != want {
			t.Errorf("%s: a question is suggested: %t, want %t", client, got, want)
		}
		// Others shall not get the page of one who searched too much.
		if got := response.Header.Get("Cache-Control") != "no-store"; got != want {
			t.Errorf("%s: others may get the page: %t, want %t", client, got, want)
		}
	}
}

// A missing page below the search has taken a search already.
func TestMissingPagesOfTheSearchCountOnce(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.SearchRate = 1 }, contenttest.Post{Path: cell})
	s.load()
	const burst = 60
	for i := range burst {
		target := []string{"/search/cell", "/search?page=x"}[i%2]
		if response := s.askFrom("192.0.2.7", target); response.StatusCode != http.StatusNotFound {
			t.Fatalf("%s: %d after %d searches, want 404", target, response.StatusCode, i)
		}
	}
}

// A client that leaves while it waits says nothing about the site.
func TestClientThatLeavesIsNotRefused(t *testing.T) {
	registry := prometheus.NewRegistry()
	s := newSite(t, func(c *web.Config) { c.Metrics = registry }, contenttest.Post{Path: cell})
	s.load()
	left, leave := context.WithCancel(t.Context())
	leave()
	for _, target := range []string{"/search?q=cell", cell, "/learn/biology/anki.txt"} {
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(left, http.MethodGet, target, nil))
	}
	if got := requestsCounted(t, registry, "none", "499"); got != 3 {
		t.Errorf("%v requests are counted as those of clients that left, want 3", got)
	}
	if s.log.Len() > 0 {
		t.Errorf("logged %s", s.log)
	}
}

// The server does not wait for request bodies, which no address takes.
func TestBodiesAreNotRead(t *testing.T) {
	s := newLibrarySite(t)
	server := httptest.NewServer(s)
	defer server.Close()
	for _, head := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
		"GET " + cell + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n",
	} {
		connection, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		if err := connection.SetDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(connection, head); err != nil {
			t.Fatal(err)
		}
		response, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil {
			t.Fatalf("%q: %v", head, err)
		}
		defer response.Body.Close()
		if !response.Close || response.StatusCode >= 500 {
			t.Errorf("%q: %d, the connection ends: %t", head, response.StatusCode, response.Close)
		}
	}
}
