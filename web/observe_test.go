package web_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"quicktakes/content/contenttest"
	"quicktakes/web"
)

func TestAccessLog(t *testing.T) {
	s := newSite(t, func(c *web.Config) {
		c.AccessLog, c.Host = true, "example.com"
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	}, contenttest.Post{Path: cell})
	s.load()
	const googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
	for _, test := range []struct {
		target string
		header []string
		want   string // pattern of the log line
	}{
		{cell, []string{"User-Agent", googlebot}, `method=GET path=` + cell + ` status=200 bytes=[1-9]\d* seconds=\S+ network=192.0.2.0/24 crawler=Googlebot request=\w+$`},
		{cell, []string{"User-Agent", googlebot}, `path=` + cell + ` status=200 bytes=[1-9]\d* seconds=\S+ network=192.0.2.0/24 crawler=Googlebot cached=true$`},
		{cell, []string{"If-None-Match", "*"}, `path=` + cell + ` status=304 bytes=0 seconds=\S+ network=192.0.2.0/24 cached=true$`},
		{"/search?q=secret", nil, `path=/search status=200 bytes=[1-9]\d* seconds=\S+ network=192.0.2.0/24 request=\w+$`},
		{"/nowhere", nil, `path=/nowhere status=404 `},
		{"/nowhere", []string{"X-Forwarded-For", "2001:db8:1:2:3:4:5:6"}, ` network=2001:db8:1::/48 `},
		{"/Learn", nil, `path=/Learn status=301 bytes=0 `},
		{"/learn", []string{"X-Forwarded-Host", "www.example.com"}, `path=/learn status=308 bytes=0 `},
	} {
		s.log.Reset()
		s.ask(http.MethodGet, test.target, test.header...)
		if got := strings.TrimSpace(s.log.String()); !regexp.MustCompile(`level=INFO msg=answered .*`+test.want).MatchString(got) || strings.Contains(got, "secret") {
			t.Errorf("%s: logged %q, want %s", test.target, got, test.want)
		}
	}
}

// Whoever reports an error page can say which line of the log belongs to it.
func TestErrorPagesNameTheirRequest(t *testing.T) {
	s := newLibrarySite(t)
	s.Handle("/panics", func() error { panic("cannot happen") })
	seen := map[string]bool{}
	for range 2 {
		id := s.ask(http.MethodGet, "/panics").Header.Get("X-Request-Id")
		if id == "" || seen[id] || !strings.Contains(s.log.String(), "request="+id) {
			t.Errorf("request %q, after %v; log: %s", id, seen, s.log)
		}
		seen[id] = true
	}
	s.ask(http.MethodGet, cell)
	if got := s.ask(http.MethodGet, cell).Header.Get("X-Request-Id"); got != "" {
		t.Errorf("a page that is sent to many has the request ID %q", got)
	}
}

// A proxy's request IDs are those of its own log; a stranger's could pass for those of other
// requests.
func TestNamesOfRequestsFromProxies(t *testing.T) {
	s := newSite(t, func(c *web.Config) { c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} })
	const proxy, stranger = "10.1.2.3:4444", "198.51.100.7:4444"
	for _, test := range []struct {
		sender, given string
		taken         bool
	}{
		{proxy, "from-the-proxy", true},
		{proxy, "with\nline", false},
		{proxy, strings.Repeat("x", 65), false},
		{proxy, "", false},
		{stranger, "from-a-stranger", false},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/nowhere", nil)
		request.RemoteAddr = test.sender
		request.Header.Set("X-Request-Id", test.given)
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, request)
		if got := recorder.Header().Get("X-Request-Id"); got == "" || (got == test.given) != test.taken {
			t.Errorf("the name %q from %s became %q", test.given, test.sender, got)
		}
	}
}

// requestsCounted returns how many requests for a route are counted with a status.
func requestsCounted(t *testing.T, registry prometheus.Gatherer, route, status string) float64 {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			labels := map[string]string{}
			for _, label := range metric.GetLabel() {
				labels[label.GetName()] = label.GetValue()
			}
			if family.GetName() == "quicktakes_requests_total" && labels["route"] == route && labels["status"] == status {
				return metric.GetCounter().GetValue()
			}
		}
	}
	return 0
}

// leavingClient is gone when the response comes.
type leavingClient struct{ *httptest.ResponseRecorder }

func (leavingClient) Write([]byte) (int, error) {
	return 0, &net.OpError{Op: "write", Net: "tcp", Err: syscall.EPIPE}
}

func TestClientsThatLeaveAreNoErrors(t *testing.T) {
	s := newLibrarySite(t)
	for _, target := range []string{"/search?q=cell", "/search/suggest?q=c", "/nowhere", cell} {
		s.ServeHTTP(leavingClient{httptest.NewRecorder()}, httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil))
	}
	if s.log.Len() > 0 {
		t.Errorf("logged %s", s.log)
	}
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
