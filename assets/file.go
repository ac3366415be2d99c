package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
)

// contentTypes are the types of the files that are served; others, such as the
// licence beside a font, are not. The system's own table is not asked, for it
// differs from machine to machine.
var contentTypes = map[string]string{
	".ico":   "image/x-icon",
	".png":   "image/png",
	".svg":   "image/svg+xml; charset=utf-8",
	".woff2": "font/woff2",
}

// file is an embedded file, ready to be sent. It serves itself.
type file struct {
	name        string
	contentType string
	etag        string            // without quotes
	bodies      map[string][]byte // by content coding; "" is the plain one
}

// newFile compresses text once, so that no request has to.
func newFile(name string, content []byte, sum [sha256.Size]byte) *file {
	f := &file{
		name:        name,
		contentType: contentTypes[path.Ext(name)],
		etag:        hex.EncodeToString(sum[:8]),
		bodies:      map[string][]byte{"": content},
	}
	if !strings.Contains(f.contentType, "charset") {
		return f // pictures and fonts are compressed already
	}
	var gz, br bytes.Buffer
	gw, _ := gzip.NewWriterLevel(&gz, gzip.BestCompression) // the level is valid
	bw := brotli.NewWriterLevel(&br, brotli.BestCompression)
	// Writes to a buffer do not fail.
	_, _ = gw.Write(content)
	_ = gw.Close()
	_, _ = bw.Write(content)
	_ = bw.Close()
	f.bodies["gzip"], f.bodies["br"] = gz.Bytes(), br.Bytes()
	return f
}

// ServeHTTP answers GET and HEAD with the file in the best coding that the
// client accepts. Each coding has an ETag of its own.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		h.Del("Cache-Control")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	coding, etag := "", `"`+f.etag+`"`
	if len(f.bodies) > 1 {
		h.Set("Vary", "Accept-Encoding")
		if coding = choose(r.Header.Get("Accept-Encoding")); coding != "" {
			etag = `"` + f.etag + "-" + coding + `"`
			h.Set("Content-Encoding", coding)
		}
	}
	h.Set("ETag", etag)
	h.Set("Content-Type", f.contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	body := f.bodies[coding]
	if coding != "" {
		// ServeContent leaves the length out when a coding is set.
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// choose returns the content coding to answer with: "br", "gzip" or "" for the
// plain file, whichever the Accept-Encoding header wants most; brotli wins a draw.
func choose(accept string) string {
	best, bestQ := "", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(part, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding == "*" {
			coding = "gzip"
		}
		if coding != "br" && coding != "gzip" {
			continue
		}
		q := 1.0
		if value, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			var err error
			if q, err = strconv.ParseFloat(value, 64); err != nil {
				q = 0
			}
		}
		if q > bestQ || q == bestQ && q > 0 && coding == "br" {
			best, bestQ = coding, q
		}
	}
	return best
}
