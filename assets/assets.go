// Package assets holds the files that pages need besides their HTML: style
// sheets, pictures, fonts and icons. All are embedded in the program.
//
// Style sheets are small enough to stand in the page itself, so that no page
// waits for a second answer before it can be shown: see Style. Scripts, which no
// page needs, are one file for pages to study on and one for all others: see
// Script. Scripts, pictures and fonts have addresses that hold a hash of their
// content and may be kept for ever: see URL and Handler. Icons that browsers ask
// for by a fixed name at the root of the site are RootFiles.
package assets

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
)

//go:embed css first fonts img js kept lists question root study worker
var files embed.FS

// prefix is where Handler is to be mounted.
const prefix = "/assets/"

var (
	hashed = load("img", "fonts") // by address
	byName = addresses(hashed)    // from name to address
	root   = load("root")         // by address, which is the name here
	styles = loadStyles("css")    // by name
)

// URL returns the address of the picture or font with the given name, such as
// "img/share.png". It panics on an unknown name, which is a slip in the program.
func URL(name string) string {
	address, ok := byName[name]
	if !ok {
		panic("assets: no file " + name)
	}
	return address
}

// Handler serves everything that URL names, below /assets/. Answers may be kept
// for ever; an address with another hash is 404.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := hashed[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		f.ServeHTTP(w, r)
	})
}

// RootFile returns what serves the icon that browsers ask for at /{name}, such
// as "favicon.ico". ok is false if there is none.
func RootFile(name string) (h http.Handler, ok bool) {
	f, ok := root["/"+name]
	if !ok {
		return nil, false
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The name stays when the icon changes: a day is long enough.
		w.Header().Set("Cache-Control", "public, max-age=86400")
		f.ServeHTTP(w, r)
	}), true
}

// RootFiles returns the names that RootFile knows, sorted.
func RootFiles() []string {
	names := make([]string, 0, len(root))
	for address := range root {
		names = append(names, strings.TrimPrefix(address, "/"))
	}
	slices.Sort(names)
	return names
}

// Stylesheet is a style sheet that a page holds in a style element.
type Stylesheet struct {
	Text string // minified; the whole content of the style element
	Hash string // for the style-src of a Content-Security-Policy: 'sha256-…' with its quotes
}

// Style returns the style sheet with the given name, such as "css/site.css". It
// panics on an unknown name, which is a slip in the program.
func Style(name string) Stylesheet {
	s, ok := styles[name]
	if !ok {
		panic("assets: no style sheet " + name)
	}
	return s
}

// StyleNames returns the names that Style knows, sorted.
func StyleNames() []string { return slices.Sorted(maps.Keys(styles)) }

// StyleHashes returns the Hash of each style sheet, in the order of their names.
func StyleHashes() []string {
	hashes := make([]string, 0, len(styles))
	for _, name := range StyleNames() {
		hashes = append(hashes, styles[name].Hash)
	}
	return hashes
}

// load reads all files below the folders. Those below root are addressed by
// their name, the others by name and hash.
func load(folders ...string) map[string]*file {
	loaded := make(map[string]*file)
	for _, folder := range folders {
		eachFile(folder, func(name string, content []byte) {
			ext := path.Ext(name)
			if contentTypes[ext] == "" {
				return
			}
			sum := sha256.Sum256(content)
			f := newFile(name, content, sum)
			if folder == "root" {
				loaded["/"+strings.TrimPrefix(name, "root/")] = f
				return
			}
			loaded[prefix+strings.TrimSuffix(name, ext)+"."+hex.EncodeToString(sum[:6])+ext] = f
		})
	}
	return loaded
}

func addresses(files map[string]*file) map[string]string {
	byName := make(map[string]string, len(files))
	for address, f := range files {
		byName[f.name] = address
	}
	return byName
}

// cssURL finds the addresses in a style sheet.
var cssURL = regexp.MustCompile(`url\(\s*["']?(?:\.\./)?([^"')]+?)["']?\s*\)`)

// loadStyles minifies the style sheets and points their url("fonts/x.woff2")
// to the hashed addresses.
func loadStyles(folder string) map[string]Stylesheet {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	loaded := make(map[string]Stylesheet)
	eachFile(folder, func(name string, content []byte) {
		content = cssURL.ReplaceAllFunc(content, func(match []byte) []byte {
			return []byte(`url("` + URL(string(cssURL.FindSubmatch(match)[1])) + `")`)
		})
		content, err := m.Bytes("text/css", content)
		if err != nil {
			panic(fmt.Errorf("assets: minify %s: %w", name, err))
		}
		sum := sha256.Sum256(content)
		loaded[name] = Stylesheet{
			Text: string(content),
			Hash: "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		}
	})
	return loaded
}

// eachFile calls do for each embedded file below folder. Embedded files cannot
// fail to be read.
func eachFile(folder string, do func(name string, content []byte)) {
	err := fs.WalkDir(files, folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		if err == nil {
			do(name, content)
		}
		return err
	})
	if err != nil {
		panic(fmt.Errorf("assets: %w", err))
	}
}
