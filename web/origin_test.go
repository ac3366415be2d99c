package web_test

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
	"quicktakes/web"
)

func TestOtherNamesOfTheSite(t *testing.T) {
	s := newSite(t, func(c *web.Config) {
		c.Host = "example.org"
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}, contenttest.Post{Path: "/learn/biology/questions/a"})
	s.load()
	const proxy, stranger = "10.1.2.3:4444", "198.51.100.7:4444"
	for _, test := range []struct {
		name     string
		host     string
		target   string
		sender   string
		header   []string
		location string // of the redirect, empty for a page
	}{
		{"the site's name", "example.org", "/learn", stranger, nil, ""},
		{"in capitals, with port", "EXAMPLE.org:443", "/learn", stranger, nil, ""},
		{"with a dot", "example.org.", "/learn", stranger, nil, ""},
		{"another name", "www.example.org", "/learn/biology?page=2", stranger, nil, "https://example.org/learn/biology?page=2"},
		{"a name that ends like it", "evil-example.org", "/", stranger, nil, "https://example.org/"},
		{"an escaped address", "www.example.org", "/learn/%C3%BC%3F", stranger, nil, "https://example.org/learn/%C3%BC%3F"},
		{"two slashes", "www.example.org", "//evil.example/x", stranger, nil, "https://example.org/evil.example/x"},
		{"an address that is not clean", "www.example.org", "/learn/Biology/?x=1&page=1", stranger, nil, "https://example.org/learn/biology?x=1"},
		{"an old site's address", "www.example.org", "/learn/a/questions/undefined/learn/biology/questions/a.html", stranger, nil, "https://example.org/learn/biology/questions/a"},
		{"a file with capitals", "www.example.org", "/assets/Site.js", stranger, nil, "https://example.org/assets/Site.js"},
		{"this machine", "localhost:8080", "/learn", stranger, nil, ""},
		{"an address", "192.0.2.1", "/learn", stranger, nil, ""},
		{"an IPv6 address", "[2001:db8::1]:8080", "/learn", stranger, nil, ""},
		{"a watcher", "web-7f9c", "/readyz", stranger, nil, ""},
		{"another watcher", "web-7f9c", "/healthz", stranger, nil, ""},
		{"a proxy's own name", "backend", "/learn", proxy, []string{"X-Forwarded-Host", "example.org"}, ""},
		{"a proxy's reader of another name", "backend", "/learn", proxy, []string{"X-Forwarded-Host", "www.example.org"}, "https://example.org/learn"},
		{"a stranger's header", "www.example.org", "/learn", stranger, []string{"X-Forwarded-Host", "example.org"}, "https://example.org/learn"},
		{"plain HTTP", "example.org", "/learn", proxy, []string{"X-Forwarded-Proto", "http"}, "https://example.org/learn"},
		{"two proxies", "backend", "/learn", proxy, []string{"X-Forwarded-Host", "example.org, inner.example"}, ""},
		{"two proxies, another name", "backend", "/learn", proxy, []string{"X-Forwarded-Host", "www.example.org, example.org"}, "https://example.org/learn"},
		{"two proxies, plain HTTP", "example.org", "/learn", proxy, []string{"X-Forwarded-Proto", "http, https"}, "https://example.org/learn"},
		{"HTTPS", "example.org", "/learn", proxy, []string{"X-Forwarded-Proto", "https"}, ""},
		{"a stranger's protocol", "example.org", "/learn", stranger, []string{"X-Forwarded-Proto", "http"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			request := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
			target, err := request.URL.Parse("http://x" + test.target)
			if err != nil {
				t.Fatal(err)
			}
			request.URL.Path, request.URL.RawPath, request.URL.RawQuery = target.Path, target.RawPath, target.RawQuery
			request.Host, request.RemoteAddr = test.host, test.sender
			if test.header != nil {
				request.Header.Set(test.header[0], test.header[1])
			}
			recorder := httptest.NewRecorder()
			s.ServeHTTP(recorder, request)
			status := 200
			if test.location != "" {
				status = 308
			}
			if location := recorder.Header().Get("Location"); recorder.Code != status || location != test.location {
				t.Errorf("%d to %q, want %d to %q", recorder.Code, location, status, test.location)
			}
			if got := recorder.Header().Get("Cache-Control"); test.location != "" && !strings.HasPrefix(got, "private") {
				t.Errorf("shared caches keep a redirect that follows from what one client claimed: %s", got)
			}
			if test.target != "/healthz" && recorder.Header().Get("Content-Security-Policy") == "" {
				t.Error("no security headers")
			}
		})
	}
}

// Behind a trusted proxy each reader is a separate client, and nobody can pass for another.
func TestClientsBehindProxy(t *testing.T) {
	s := newSite(t, func(c *web.Config) {
		c.SearchRate = 1
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	}, contenttest.Post{Path: "/learn/biology/questions/a"})
	s.load()
	search := func(sender, chain string) int {
		request := httptest.NewRequestWithContext(t.Context(), "GET", "/search?q=a", nil)
		request.RemoteAddr = sender
		request.Header["X-Forwarded-For"] = strings.Split(chain, "\n")
		recorder := httptest.NewRecorder()
		s.ServeHTTP(recorder, request)
		return recorder.Code
	}
	for range 3000 { // far more than a client may
		search("10.0.0.1:1", "192.0.2.1")
	}
	for _, test := range []struct {
		name, sender, chain string
		want                int
	}{
		{"the same", "10.0.0.1:1", "192.0.2.1", 429},
		{"with a port", "10.0.0.1:1", "192.0.2.1:5123", 429},
		{"another with a port", "10.0.0.1:1", "192.0.2.7:5123", 200},
		{"by two proxies", "10.0.0.2:1", "192.0.2.1, 10.0.0.1", 429},
		{"as somebody else", "10.0.0.1:1", "192.0.2.9, 192.0.2.1", 429},
		{"as somebody else in another field", "10.0.0.1:1", "192.0.2.9\n192.0.2.1", 429},
		{"another", "10.0.0.1:1", "192.0.2.2", 200},
		{"another behind nonsense", "10.0.0.1:1", "unknown, 192.0.2.3", 200},
		{"without a proxy", "198.51.100.7:1", "192.0.2.1", 200},
	} {
		if got := search(test.sender, test.chain); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}
