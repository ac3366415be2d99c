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

// scripts are the scripts of pages by address, scriptURLs their addresses by name.
var scripts, scriptURLs = loadScripts(map[string]scriptParts{
	"site": {begin: "whenThere", folders: []string{"js", "question"}},
	// These fill pages, none of a question.
	"study":   {begin: "whenWhole", folders: []string{"js", "lists", "study"}},
	"offline": {begin: "whenWhole", folders: []string{"js", "lists", "kept"}},
})

// scriptParts are what a script is made of besides the folder "first": folders, and the
// function of first/page.js that says when their files run.
type scriptParts struct {
	begin   string
	folders []string
}

// Script returns the script at an address, minified. It is nil if there is none.
func Script(url string) []byte { return bytes.Clone(scripts[url]) }

// ScriptURL returns the address of a script, which holds a hash of its content: the
// answer may be kept for ever. A page has one script: "site", "study" where questions are
// studied, or "offline" on the page of what is kept. ScriptURL panics on another name,
// which is a slip in the program.
func ScriptURL(name string) string {
	url, ok := scriptURLs[name]
	if !ok {
		panic("assets: no script " + name)
	}
	return url
}

// serviceWorker is what ServiceWorker returns.
var serviceWorker = minifyScript(joinFiles("worker"))

// ServiceWorker returns the script that keeps pages for reading offline, minified.
// It wants two constants before it: see worker/worker.js.
func ServiceWorker() []byte { return bytes.Clone(serviceWorker) }

// loadScripts makes a script of parts: one function, whose files see each other's names
// while the page sees none of them. Those of the folder "first" run as soon as the script
// is there.
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

// joinFiles returns the files below folders, one after another, those of a folder in
// the order of their names.
func joinFiles(folders ...string) []byte {
	var joined []byte
	for _, folder := range folders {
		eachFile(folder, func(_ string, content []byte) { joined = append(joined, content...) })
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
