package answer

import (
	"html"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
)

// maxColoured is how many bytes of an answer's code are coloured: more than twice what any
// real answer holds. At each line the rules of Java, C and others look ahead over many lines
// for a function, so that twice the bytes may take four times as long: this many bytes of
// blank lines take a second or two.
const maxColoured = 4 << 10

// codeBlock writes a block of code in a box that scrolls.
func (w *htmlWriter) codeBlock(name string, n ast.Node) {
	code := strings.TrimRight(codeBlockText(n, w.source, w.scanned), "\n")
	known := languageOf(name)
	w.write(`<div class="code"`)
	accessibleName := "Code"
	if known.label != "" {
		w.write(` data-language="`, known.label, `"`)
		accessibleName = known.label + " code"
	}
	w.write(`><pre class="chroma"`, scrollable(accessibleName), `><code translate="no">`)
	if !w.highlight(code, known.lexer) {
		w.write(html.EscapeString(code))
	}
	w.write("</code></pre></div>\n")
}

// highlight writes code with its tokens in spans. It writes nothing and returns false if there
// is no lexer, if the lexer fails, if the answer has too much code or if it is for MathJax.
func (w *htmlWriter) highlight(code, lexer string) bool {
	if lexer == "" || w.forMathJax {
		return false
	}
	if w.coloured += len(code); w.coloured > maxColoured {
		return false
	}
	tokens, err := chroma.Tokenise(lexers.Get(lexer), nil, code)
	if err != nil {
		return false
	}
	w.answer.HasCode = true
	class := ""
	for _, token := range tokens {
		next := tokenClass(token.Type)
		if next == "" && strings.TrimSpace(token.Value) == "" && !strings.Contains(token.Value, "\n") {
			next = class // spaces do not end a stretch of one colour
		}
		if next != class {
			if class != "" {
				w.write("</span>")
			}
			if next != "" {
				w.write(`<span class="`, next, `">`)
			}
			class = next
		}
		w.write(html.EscapeString(token.Value))
	}
	if class != "" {
		w.write("</span>")
	}
	return true
}

// tokenClass returns one of chroma's short class names for which code.css has a colour, or "".
func tokenClass(token chroma.TokenType) string {
	switch token {
	case chroma.NameFunction, chroma.NameFunctionMagic, chroma.NameClass, chroma.NameTag, chroma.NameDecorator:
		return "nf"
	case chroma.NameBuiltin, chroma.NameBuiltinPseudo, chroma.NameAttribute, chroma.NameConstant, chroma.NameEntity:
		return "nb"
	case chroma.OperatorWord:
		return "k"
	case chroma.CommentPreproc, chroma.CommentPreprocFile:
		return "cp"
	}
	switch {
	case token.InCategory(chroma.Keyword):
		return "k"
	case token.InCategory(chroma.Comment):
		return "c"
	case token.InSubCategory(chroma.LiteralString):
		return "s"
	case token.InSubCategory(chroma.LiteralNumber):
		return "m"
	}
	return ""
}
