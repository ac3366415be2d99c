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
}

// singleQuotes is what '…' means in a language.
type singleQuotes int

const (
	noLiteral       singleQuotes = iota
	characterQuotes              // one character only: a lone quote means something else
	stringQuotes
)

var pythonPrefixes = setOf("f r b u rb br fr rf")

// unnamed holds the rules for code without a language or in one that is not in the table.
var unnamed = language{comments: []string{"#", "//"}, singleQuotes: stringQuotes, prefixes: pythonPrefixes}

// languages are those with rules of their own, by the names that fences give them. YAML has no
// colours: its lexer takes time in proportion to the square of the input, up to seconds.
var languages = byName([]language{
	{"python py python3 py3", "Python", "Python", []string{"#"}, stringQuotes, pythonPrefixes},
	{"bash zsh", "Bash", "Bash", []string{"#"}, stringQuotes, nil},
	{"sh shell", "Shell", "Bash", []string{"#"}, stringQuotes, nil},
	{"cmd batch bat", "Command Prompt", "Batchfile", []string{"::"}, stringQuotes, nil},
	{"powershell ps1 pwsh", "PowerShell", "PowerShell", []string{"#"}, stringQuotes, nil},
	{"c", "C", "C", []string{"//"}, stringQuotes, setOf("l u u8")},
	{"cpp c++ cc", "C++", "C++", []string{"//"}, stringQuotes, setOf("l u u8")},
	{"csharp c# cs", "C#", "C#", []string{"//"}, stringQuotes, nil},
	{"java", "Java", "Java", []string{"//"}, stringQuotes, nil},
	{"javascript js jsx", "JavaScript", "JavaScript", []string{"//"}, stringQuotes, nil},
	{"typescript ts tsx", "TypeScript", "TypeScript", []string{"//"}, stringQuotes, nil},
	{"go golang", "Go", "Go", []string{"//"}, stringQuotes, nil},
	{"rust rs", "Rust", "Rust", []string{"//"}, characterQuotes, setOf("b")},
	{"kotlin kt", "Kotlin", "Kotlin", []string{"//"}, characterQuotes, nil},
	{"scala", "Scala", "Scala", []string{"//"}, characterQuotes, nil},
	{"swift", "Swift", "Swift", []string{"//"}, noLiteral, nil},
	{"dart", "Dart", "Dart", []string{"//"}, stringQuotes, setOf("r")},
	{"php", "PHP", "PHP", []string{"//", "#"}, stringQuotes, nil},
	{"ruby rb", "Ruby", "Ruby", []string{"#"}, stringQuotes, nil},
	{"perl pl", "Perl", "Perl", []string{"#"}, stringQuotes, nil},
	{"lua", "Lua", "Lua", []string{"--"}, stringQuotes, nil},
	{"r", "R", "R", []string{"#"}, stringQuotes, setOf("r")},
	{"julia jl", "Julia", "Julia", []string{"#"}, characterQuotes, nil},
	{"matlab octave", "MATLAB", "Matlab", []string{"%"}, stringQuotes, nil},
	{"sql", "SQL", "SQL", []string{"--"}, stringQuotes, setOf("n e")},
	{"html", "HTML", "HTML", []string{"//"}, stringQuotes, nil},
	{"css", "CSS", "CSS", nil, stringQuotes, nil},
	{"xml", "XML", "XML", nil, noLiteral, nil},
	{"json", "JSON", "JSON", []string{"//"}, noLiteral, nil},
	{"yaml yml", "YAML", "", []string{"#"}, stringQuotes, nil},
	{"haskell hs", "Haskell", "Haskell", []string{"--"}, characterQuotes, nil},
	{"scheme", "Scheme", "Scheme", []string{";"}, noLiteral, nil},
	{"lisp common-lisp elisp", "Lisp", "Common Lisp", []string{";"}, noLiteral, nil},
	{"prolog", "Prolog", "Prolog", []string{"%"}, stringQuotes, nil},
	{"fortran", "Fortran", "Fortran", []string{"!"}, stringQuotes, nil},
	{"assembly asm nasm", "Assembly", "NASM", []string{";", "//", "#"}, stringQuotes, nil},
	{"vb vbnet vb.net vba", "Visual Basic", "VB.net", []string{"'"}, noLiteral, nil},
	{"excel", "Excel", "", nil, noLiteral, nil},
	{"algol", "ALGOL", "", []string{"//"}, noLiteral, nil},
	{"pseudocode", "Pseudocode", "", []string{"#", "//"}, stringQuotes, nil},
	{"text plaintext txt", "", "", []string{"//"}, noLiteral, nil},
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
