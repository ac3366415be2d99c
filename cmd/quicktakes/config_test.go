package main

import (
	"errors"
	"flag"
	"io"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestConfig(t *testing.T) {
	environment := map[string]string{
		"QUICKTAKES_ADDR":                 ":9000",
		"QUICKTAKES_BASE_URL":             "https://example.org/",
		"QUICKTAKES_TRUSTED_PROXIES":      "10.1.2.3/8, ::1",
		"QUICKTAKES_SITE_NAME":            "Questions",
		"QUICKTAKES_REPORT_TO":            "https://example.org/report?page={url}&about={title}",
		"QUICKTAKES_CANONICAL_DUPLICATES": "false",
		"QUICKTAKES_DB":                   "from-environment.db",
	}
	got, err := readConfig([]string{"--db", "from-flag.db"}, func(name string) string { return environment[name] }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	want := config{
		address:          ":9000",
		logFormat:        "text",
		maxConnections:   4096,
		searchRate:       50,
		tlsDomains:       []string{},
		baseURL:          "https://example.org",
		host:             "example.org",
		trustedProxies:   []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")},
		siteName:         "Questions",
		reportTo:         "https://example.org/report?page={url}&about={title}",
		database:         "from-flag.db",
		searches:         "from-flag-searches.db",
		titleTemplate:    "{title} | {seo.title}",
		cacheSize:        64 << 20,
		indexNowEndpoint: defaultIndexNow,
		format:           "jsonl",
		benchPosts:       10_000,
		benchDuration:    5 * time.Second,
	}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
	environment["QUICKTAKES_CANONICAL_DUPLICATES"] = "perhaps"
	_, err = readConfig(nil, func(name string) string { return environment[name] }, io.Discard)
	if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), "QUICKTAKES_CANONICAL_DUPLICATES") {
		t.Errorf("a variable that is no boolean: %v", err)
	}
	if _, err := readConfig([]string{"--help"}, noEnvironment, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("--help: %v", err)
	}
}

// Domains are written as browsers write them, and the first of them becomes the base URL.
func TestTLSDomains(t *testing.T) {
	got, err := readConfig([]string{"--tls-domains", "Example.ORG,www.example.org,münchen.example"}, noEnvironment, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if got.baseURL != "https://example.org" || got.host != "example.org" {
		t.Errorf("base URL %s, host %s, want https://example.org", got.baseURL, got.host)
	}
	if want := []string{"example.org", "www.example.org", "xn--mnchen-3ya.example"}; !slices.Equal(got.tlsDomains, want) {
		t.Errorf("domains %v, want %v", got.tlsDomains, want)
	}
}

func TestDefaultDatabaseIsNamedForTheFolder(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/cache")
	names := map[string]bool{}
	for _, folder := range []string{"", "/a/posts", "/b/posts"} {
		name, err := defaultDatabase(folder)
		if err != nil {
			t.Fatal(err)
		}
		names[name] = true
	}
	if len(names) != 3 || !names["/cache/quicktakes/library.db"] {
		t.Errorf("databases are %v", names)
	}
}

// The base URL is written as browsers and crawlers write it: with another spelling they would
// be redirected for ever.
func TestParseOrigin(t *testing.T) {
	for text, want := range map[string]string{
		"https://example.org":            "https://example.org",
		"https://Example.ORG:443/":       "https://example.org",
		"http://example.org:80":          "http://example.org",
		"http://example.org:443":         "http://example.org:443",
		"http://münchen.example:8080":    "http://xn--mnchen-3ya.example:8080",
		"http://questions_web:8080":      "http://questions_web:8080",
		"http://192.0.2.1":               "http://192.0.2.1",
		"http://[2001:db8::1]:8080":      "http://[2001:db8::1]:8080",
		"https://xn--mnchen-3ya.example": "https://xn--mnchen-3ya.example",
	} {
		if got, err := parseOrigin(text); err != nil || got != want {
			t.Errorf("%s is written %q, %v, want %q", text, got, err, want)
		}
	}
	if got, err := parseOrigin("https://exa mple.org"); err == nil {
		t.Errorf("a name with a space is written %q", got)
	}
}
