package assets_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"quicktakes/assets"
)

// serve returns the response to a request with the given headers, in name–value pairs.
func serve(h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestURL(t *testing.T) {
	got := assets.URL("img/share.png")
	if !regexp.MustCompile(`^/assets/img/share\.[0-9a-f]{12}\.png$`).MatchString(got) {
		t.Errorf("URL = %q, want a hash in the name", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("URL of an unknown name did not panic")
		}
	}()
	assets.URL("img/unknown.png")
}

func TestHandler(t *testing.T) {
	address := assets.URL("img/share.png")
	r := serve(assets.Handler(), "GET", address)
	body := r.Body.Bytes()
	for name, want := range map[string]string{
		"Cache-Control":          "public, max-age=31536000, immutable",
		"Content-Type":           "image/png",
		"X-Content-Type-Options": "nosniff",
	} {
		if got := r.Header().Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if r.Code != http.StatusOK || http.DetectContentType(body) != "image/png" {
		t.Errorf("status %d, content %s", r.Code, http.DetectContentType(body))
	}
	if len(body) > 60<<10 {
		t.Errorf("the share picture has %d bytes, want at most 60 KiB", len(body))
	}

	etag := r.Header().Get("ETag")
	for _, test := range []struct {
		name, method, path string
		headers            []string
		want               int
		wantBody           bool
	}{
		{"HEAD", "HEAD", address, nil, 200, false},
		{"unchanged", "GET", address, []string{"If-None-Match", etag}, 304, false},
		{"changed", "GET", address, []string{"If-None-Match", `"other"`}, 200, true},
		{"wrong hash", "GET", "/assets/img/share.000000000000.png", nil, 404, true},
		{"no hash", "GET", "/assets/img/share.png", nil, 404, true},
		{"folder", "GET", "/assets/img/", nil, 404, true},
		{"source", "GET", "/assets/source/share.html", nil, 404, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := serve(assets.Handler(), test.method, test.path, test.headers...)
			if r.Code != test.want {
				t.Errorf("status %d, want %d", r.Code, test.want)
			}
			if got := r.Body.Len() > 0; got != test.wantBody {
				t.Errorf("has a body: %t, want %t", got, test.wantBody)
			}
			if immutable := strings.Contains(r.Header().Get("Cache-Control"), "immutable"); immutable && test.want >= 400 {
				t.Error("an error may be kept for ever")
			}
		})
	}
}

func TestRootFiles(t *testing.T) {
	signatures := map[string]string{".ico": "\x00\x00\x01\x00", ".png": "\x89PNG", ".svg": "<svg"}
	contentTypes := map[string]string{".ico": "image/x-icon", ".png": "image/png", ".svg": "image/svg+xml; charset=utf-8"}
	names := assets.RootFiles()
	for _, want := range []string{"apple-touch-icon.png", "favicon.ico", "icon-192.png", "icon-512.png", "icon-maskable-512.png", "icon.svg"} {
		if !strings.Contains(strings.Join(names, " "), want) {
			t.Errorf("no %s among %q", want, names)
		}
	}
	for _, name := range names {
		h, ok := assets.RootFile(name)
		if !ok {
			t.Errorf("RootFile(%q) has none", name)
			continue
		}
		r := serve(h, "GET", "/"+name)
		extension := path.Ext(name)
		if want := signatures[extension]; !bytes.HasPrefix(r.Body.Bytes(), []byte(want)) {
			t.Errorf("%s does not begin with %q", name, want)
		}
		if got, want := r.Header().Get("Content-Type"), contentTypes[extension]; got != want {
			t.Errorf("%s: Content-Type = %q, want %q", name, got, want)
		}
		if got := r.Header().Get("Cache-Control"); got != "public, max-age=86400" {
			t.Errorf("%s: Cache-Control = %q", name, got)
		}
	}
	if _, ok := assets.RootFile("nothing.ico"); ok {
		t.Error("RootFile returned a file that does not exist")
	}
}

func TestStyle(t *testing.T) {
	for _, name := range []string{"css/site.css", "css/code.css", "css/math.css"} {
		style := assets.Style(name)
		sum := sha256.Sum256([]byte(style.Text))
		if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; style.Hash != want {
			t.Errorf("%s: Hash = %s, want %s", name, style.Hash, want)
		}
		if !strings.Contains(strings.Join(assets.StyleHashes(), " "), style.Hash) {
			t.Errorf("%s: StyleHashes does not hold its hash", name)
		}
		if strings.Contains(style.Text, "</") || strings.Contains(style.Text, "/*") {
			t.Errorf("%s: holds an end tag or a comment", name)
		}
		for _, match := range regexp.MustCompile(`url\("?([^")]*)`).FindAllStringSubmatch(style.Text, -1) {
			r := serve(assets.Handler(), "GET", match[1])
			if got := r.Header().Get("Content-Type"); r.Code != http.StatusOK || got != "font/woff2" {
				t.Errorf("%s: url(%s) has status %d, Content-Type %q", name, match[1], r.Code, got)
			}
		}
	}
}

// WebKit does not accept a thickness in the shorthand and would draw no line.
func TestLinesHaveTheirThicknessByName(t *testing.T) {
	shorthand := regexp.MustCompile(`text-decoration:[^;}]*\d(em|px|%)`)
	for _, name := range assets.StyleNames() {
		if found := shorthand.FindString(assets.Style(name).Text); found != "" {
			t.Errorf("%s: %s", name, found)
		}
	}
}

// Every page holds the site's own style sheet: it must stay small.
func TestSiteStyleIsSmall(t *testing.T) {
	if size := compressed(t, assets.Style("css/site.css").Text); size > 5<<10 {
		t.Errorf("site.css has %d bytes compressed, want at most 5 KiB", size)
	}
}

// Every reader gets the script: it must stay small.
func TestScript(t *testing.T) {
	for name, limit := range map[string]int{"site": 4 << 10, "study": 6 << 10, "offline": 4 << 10} {
		url := assets.ScriptURL(name)
		text := string(assets.Script(url))
		if want := fmt.Sprintf("/assets/%s.%.6x.js", name, sha256.Sum256([]byte(text))); url != want {
			t.Errorf("ScriptURL(%q) = %q, want %q", name, url, want)
		}
		if text == "" || strings.Contains(text, "/*") || strings.Contains(text, "// ") {
			t.Errorf("the script %s is empty or not minified", name)
		}
		size := compressed(t, text)
		t.Logf("%s: %d bytes, %d compressed", name, len(text), size)
		if size > limit {
			t.Errorf("the script %s has %d bytes compressed, want at most %d", name, size, limit)
		}
	}
	if got := assets.Script("/assets/site.000000000000.js"); got != nil {
		t.Errorf("there is a script under another hash: %s", got)
	}
}

// compressed returns the size of text at the compression level of cached responses.
func compressed(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, 5)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d compressed", len(text), b.Len())
	return b.Len()
}
