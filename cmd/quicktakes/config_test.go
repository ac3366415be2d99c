package main

import "testing"

// The base URL is written as browsers and crawlers write it: another spelling would send
// all of them on without end.
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
