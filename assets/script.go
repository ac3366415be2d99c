package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

// scripts holds the scripts by address, scriptURLs their addresses by name.
var scripts, scriptURLs = loadScripts(map[string]scriptParts{
	"site": {begin: "afterParsed", folders: []string{"site", "question"}},
	// These fill pages that are not question pages.
	"study":   {begin: "whenParsed", folders: []string{"site", "lists", "study"}},
	"offline": {begin: "whenParsed", folders: []string{"site", "lists", "offline"}},
})

// scriptParts describes what a script has after the folder js/first: further folders of
// js, and the function of js/first/page.js that starts their files.
type scriptParts struct {
	begin   string
	folders []string
}

// Script returns the minified script at an address, or nil if there is none.
func Script(url string) []byte { return bytes.Clone(scripts[url]) }

// ScriptURL returns the address of a script, which contains a hash of its content, so
// that it can be cached forever. Each page has one script: "study" on pages with
// flashcards, "offline" on the offline page, and "site" on all others. ScriptURL panics
// on any other name, which is a programming error.
func ScriptURL(name string) string {
	url, ok := scriptURLs[name]
	if !ok {
		panic("assets: no script " + name)
	}
	return url
}

// serviceWorker is the minified script that ServiceWorker returns.
var serviceWorker = minifyScript(joinFiles("worker"))

// ServiceWorker returns the minified script that stores pages for reading offline. It
// must be preceded by three constants: see js/worker/worker.js.
func ServiceWorker() []byte { return bytes.Clone(serviceWorker) }

// loadScripts makes each script from its parts. A script is one function, so that its
// files share names which the page does not see. The files of js/first run as soon as the
// script has loaded.
func loadScripts(all map[string]scriptParts) (byURL map[string][]byte, urls map[string]string) {
	byURL, urls = make(map[string][]byte), make(map[string]string)
	for name, parts := range all {
		text := minifyScript(slices.Concat(
			[]byte("(() => {\n\"use strict\";\n"), joinFiles("first"),
			[]byte(parts.begin+"(() => {\n"), joinFiles(parts.folders...),
			[]byte("});\n})()\n"),
		))
		sum := sha256.Sum256(text)
		url := prefix + name + "." + hex.EncodeToString(sum[:6]) + ".js"
		byURL[url], urls[name] = text, url
	}
	return byURL, urls
}

// joinFiles returns the concatenated files of folders of js, those of each folder in the
// order of their names.
func joinFiles(folders ...string) []byte {
	var joined []byte
	for _, folder := range folders {
		eachFile("js/"+folder, func(_ string, content []byte) { joined = append(joined, content...) })
	}
	return joined
}

func minifyScript(text []byte) []byte {
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	minified, err := m.Bytes("text/javascript", text)
	if err != nil {
		panic(fmt.Errorf("assets: minify a script: %w", err))
	}
	return minified
}
