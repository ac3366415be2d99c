// Package assets holds the files that pages use besides their HTML: style sheets,
// scripts, pictures, fonts and icons. All are embedded in the program.
//
// Style sheets are small enough to be part of the page, so that no page waits for a
// second response before it can be shown: see Style. Each page has one of three scripts,
// and reading works without it: see Script. The addresses of scripts, pictures and fonts
// contain a hash of their content, so that they can be cached forever: see URL and
// Handler. Icons that browsers request by a fixed name at the root of the site are
// RootFiles.
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

//go:embed css fonts img js root
var files embed.FS

// prefix is the path below which Handler must be mounted.
const prefix = "/assets/"

var (
	hashed = load("img", "fonts") // by address
	byName = addresses(hashed)    // from name to address
	root   = load("root")         // by address, which here is / and the name
	styles = loadStyles("css")    // by name
)

// URL returns the address of the picture or font with the given name, such as
// "img/share.png". It panics on an unknown name, which is a programming error.
func URL(name string) string {
	address, ok := byName[name]
	if !ok {
		panic("assets: no file " + name)
	}
	return address
}

// Handler serves everything that URL names, below /assets/. Responses can be cached
// forever; an address with a different hash is 404.
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

// RootFile returns a handler for the icon that browsers request at /{name}, such as
// "favicon.ico". ok is false if there is none.
func RootFile(name string) (h http.Handler, ok bool) {
	f, ok := root["/"+name]
	if !ok {
		return nil, false
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The address stays the same when the icon changes, so cache it for only a day.
		w.Header().Set("Cache-Control", "public, max-age=86400")
		f.ServeHTTP(w, r)
	}), true
}

// RootFiles returns the names of all root files, sorted.
func RootFiles() []string {
	names := make([]string, 0, len(root))
	for address := range root {
		names = append(names, strings.TrimPrefix(address, "/"))
	}
	slices.Sort(names)
	return names
}

// Stylesheet is a style sheet for a style element of a page.
type Stylesheet struct {
	Text string // minified; the whole content of the style element
	Hash string // for style-src in a Content-Security-Policy: 'sha256-…', with the quotes
}

// Style returns the style sheet with the given name, such as "css/site.css". It
// panics on an unknown name, which is a programming error.
func Style(name string) Stylesheet {
	s, ok := styles[name]
	if !ok {
		panic("assets: no style sheet " + name)
	}
	return s
}

// StyleNames returns the names of all style sheets, sorted.
func StyleNames() []string { return slices.Sorted(maps.Keys(styles)) }

// StyleHashes returns the Hash of each style sheet, in the order of their names.
func StyleHashes() []string {
	hashes := make([]string, 0, len(styles))
	for _, name := range StyleNames() {
		hashes = append(hashes, styles[name].Hash)
	}
	return hashes
}

// load reads all files below the folders and maps their addresses to them. Addresses of
// files below root are their names; the others also have a hash.
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

// cssURL matches a URL in a style sheet.
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

// eachFile calls do for each embedded file below folder, in the order of names. It
// panics if one cannot be read, which cannot happen to embedded files.
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
