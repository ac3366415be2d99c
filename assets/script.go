package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

// script is what Script and ScriptURL return.
var script = joinScripts("js")

// Script returns the script of all pages, minified: the files below js, in the
// order of their names, in one function. They see each other's names, and the
// page sees none of them.
func Script() []byte { return bytes.Clone(script) }

// ScriptURL returns the address of the script, which holds a hash of its content:
// the answer may be kept for ever.
func ScriptURL() string {
	sum := sha256.Sum256(script)
	return prefix + "site." + hex.EncodeToString(sum[:6]) + ".js"
}

func joinScripts(folder string) []byte {
	var joined bytes.Buffer
	joined.WriteString("(() => {\n\"use strict\";\n")
	eachFile(folder, func(_ string, content []byte) { joined.Write(content) })
	joined.WriteString("})()\n")
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	minified, err := m.Bytes("text/javascript", joined.Bytes())
	if err != nil {
		panic(fmt.Errorf("assets: minify the script: %w", err))
	}
	return minified
}
