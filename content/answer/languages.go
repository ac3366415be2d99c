package answer

import "strings"

// language holds the rules for code in a language. No language is ever guessed.
type language struct {
	names        string   // that fences give it, in lower case, separated by spaces
	label        string   // for readers
	lexer        string   // chroma's name for it; if empty, code has no colours
	comments     []string // marks that begin a comment to the end of the line
	singleQuotes singleQuotes
	prefixes     map[string]bool // words that may precede a string literal, as in f'…'
	family       family
}

// singleQuotes is what '…' means in a language.
type singleQuotes int

const (
	noLiteral       singleQuotes = iota
	characterQuotes              // one character only: a lone quote means something else
	stringQuotes
)

// family is a group of languages with further rules of their own.
type family int

const (
	noFamily family = iota
	latexFamily
	shellFamily
	javaScriptFamily
	perlFamily
	rubyFamily
	awkFamily
)

var pythonPrefixes = setOf("f r b u rb br fr rf")

// unnamed holds the rules for code without a language or in one that is not in the table.
var unnamed = language{comments: []string{"#", "//"}, singleQuotes: stringQuotes, prefixes: pythonPrefixes}

// languages are those with rules of their own, by the names that fences give them. YAML has no
// colours: its lexer takes time in proportion to the square of the input, up to seconds.
var languages = byName([]language{
	{"python py python3 py3", "Python", "Python", []string{"#"}, stringQuotes, pythonPrefixes, noFamily},
	{"bash zsh", "Bash", "Bash", []string{"#"}, stringQuotes, nil, shellFamily},
	{"sh shell", "Shell", "Bash", []string{"#"}, stringQuotes, nil, shellFamily},
	{"cmd batch bat", "Command Prompt", "Batchfile", []string{"::"}, stringQuotes, nil, noFamily},
	{"powershell ps1 pwsh", "PowerShell", "PowerShell", []string{"#"}, stringQuotes, nil, noFamily},
	{"c", "C", "C", []string{"//"}, stringQuotes, setOf("l u u8"), noFamily},
	{"cpp c++ cc", "C++", "C++", []string{"//"}, stringQuotes, setOf("l u u8"), noFamily},
	{"csharp c# cs", "C#", "C#", []string{"//"}, stringQuotes, nil, noFamily},
	{"java", "Java", "Java", []string{"//"}, stringQuotes, nil, noFamily},
	{"javascript js jsx", "JavaScript", "JavaScript", []string{"//"}, stringQuotes, nil, javaScriptFamily},
	{"typescript ts tsx", "TypeScript", "TypeScript", []string{"//"}, stringQuotes, nil, javaScriptFamily},
	{"go golang", "Go", "Go", []string{"//"}, stringQuotes, nil, noFamily},
	{"rust rs", "Rust", "Rust", []string{"//"}, characterQuotes, setOf("b"), noFamily},
	{"kotlin kt", "Kotlin", "Kotlin", []string{"//"}, characterQuotes, nil, noFamily},
	{"scala", "Scala", "Scala", []string{"//"}, characterQuotes, nil, noFamily},
	{"swift", "Swift", "Swift", []string{"//"}, noLiteral, nil, noFamily},
	{"dart", "Dart", "Dart", []string{"//"}, stringQuotes, setOf("r"), noFamily},
	{"php", "PHP", "PHP", []string{"//", "#"}, stringQuotes, nil, noFamily},
	{"ruby rb", "Ruby", "Ruby", []string{"#"}, stringQuotes, nil, rubyFamily},
	{"perl pl", "Perl", "Perl", []string{"#"}, stringQuotes, nil, perlFamily},
	{"awk", "Awk", "", []string{"#"}, noLiteral, nil, awkFamily},
	{"lua", "Lua", "Lua", []string{"--"}, stringQuotes, nil, noFamily},
	{"r", "R", "R", []string{"#"}, stringQuotes, setOf("r"), noFamily},
	{"julia jl", "Julia", "Julia", []string{"#"}, characterQuotes, nil, noFamily},
	{"matlab octave", "MATLAB", "Matlab", []string{"%"}, stringQuotes, nil, noFamily},
	{"sql", "SQL", "SQL", []string{"--"}, stringQuotes, setOf("n e"), noFamily},
	{"html", "HTML", "HTML", []string{"//"}, stringQuotes, nil, noFamily},
	{"css", "CSS", "CSS", nil, stringQuotes, nil, noFamily},
	{"xml", "XML", "XML", nil, noLiteral, nil, noFamily},
	{"json", "JSON", "JSON", []string{"//"}, noLiteral, nil, noFamily},
	{"yaml yml", "YAML", "", []string{"#"}, stringQuotes, nil, noFamily},
	{"haskell hs", "Haskell", "Haskell", []string{"--"}, characterQuotes, nil, noFamily},
	{"scheme", "Scheme", "Scheme", []string{";"}, noLiteral, nil, noFamily},
	{"lisp common-lisp elisp", "Lisp", "Common Lisp", []string{";"}, noLiteral, nil, noFamily},
	{"prolog", "Prolog", "Prolog", []string{"%"}, stringQuotes, nil, noFamily},
	{"fortran", "Fortran", "Fortran", []string{"!"}, stringQuotes, nil, noFamily},
	{"assembly asm nasm", "Assembly", "NASM", []string{";", "//", "#"}, stringQuotes, nil, noFamily},
	{"vb vbnet vb.net vba", "Visual Basic", "VB.net", []string{"'"}, noLiteral, nil, noFamily},
	{"latex tex", "LaTeX", "", nil, noLiteral, nil, latexFamily},
	{"bibtex", "BibTeX", "", nil, noLiteral, nil, latexFamily},
	{"math", "", "", nil, noLiteral, nil, latexFamily},
	{"excel", "Excel", "", nil, noLiteral, nil, noFamily},
	{"algol", "ALGOL", "", []string{"//"}, noLiteral, nil, noFamily},
	{"pseudocode", "Pseudocode", "", []string{"#", "//"}, stringQuotes, nil, noFamily},
	{"text plaintext txt", "", "", []string{"//"}, noLiteral, nil, noFamily},
})

func byName(table []language) map[string]language {
	known := make(map[string]language)
	for _, l := range table {
		for name := range strings.FieldsSeq(l.names) {
			known[name] = l
		}
	}
	return known
}

// languageOf returns the language that the info string of a fence begins with.
func languageOf(info string) language {
	name, _, _ := strings.Cut(strings.TrimSpace(info), " ")
	if l, ok := languages[strings.ToLower(name)]; ok {
		return l
	}
	return unnamed
}
