package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"time"
)

// contentTypes maps the extensions of the files that are served to their media types.
// Other files, such as the licence of a font, are not served. The system's own table is
// not used because it differs between machines.
var contentTypes = map[string]string{
	".ico":   "image/x-icon",
	".png":   "image/png",
	".svg":   "image/svg+xml; charset=utf-8",
	".woff2": "font/woff2",
}

// file is an embedded file that serves itself.
type file struct {
	name        string
	contentType string
	etag        string
	content     []byte
}

func newFile(name string, content []byte, sum [sha256.Size]byte) *file {
	return &file{
		name:        name,
		contentType: contentTypes[path.Ext(name)],
		etag:        `"` + hex.EncodeToString(sum[:8]) + `"`,
		content:     content,
	}
}

// ServeHTTP answers GET and HEAD with the file. It is sent
// uncompressed: all but the smallest are in formats that are compressed already.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("ETag", f.etag)
	h.Set("Content-Type", f.contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.content))
}
