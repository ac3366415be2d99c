package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// leftMarks are what was meant as Markdown, and is shown as it is written.
var leftMarks = [...]struct {
	mark    *regexp.Regexp // its first group is told
	problem string
}{
	{regexp.MustCompile(`(?:^|[\s(])(\*\*(?:[^\s*]|\s[^\s\d*])[^*]*\*\*\S*)`),
		`asterisks are shown as they are written: %s: write a space behind ** that follows a sign, and none inside`},
	{regexp.MustCompile(`(?:^|[\s(])(\*[^\s*][^*\n]*["”'’).:;!?]\*[\pL\d]\S*)`),
		`asterisks are shown as they are written: %s: write a space behind * that follows a sign`},
	{regexp.MustCompile(`(?m)^(#{2,6}[^\s#].*)`), `heading is shown as it is written: %s: write a space behind #`},
	{regexp.MustCompile(`(?m)^([•●▪◦‣].*)`), `list is shown as it is written: %s: begin its items with - and a space`},
	{regexp.MustCompile(`(\S*<(?:sub|sup)>[^<]*</(?:sub|sup)>)`), `HTML is shown as it is written: %s: write a formula, such as $x_1$ or $x^2$`},
	{regexp.MustCompile(`(\\\\\(.*?\\\\\)|\\\\\[.*?\\\\\])`), `formula is shown as it is written: %s: write one backslash instead of two`},
	{regexp.MustCompile(`(\[\^\d{1,3}\])`), `footnote is shown as it is written: %s: say in brackets what it says`},
	{regexp.MustCompile(`(\S*\[email(?:\s|&nbsp;|&#160;)protected\])`), lostAddress},
}

// hiddenAddress is where Cloudflare leads in the place of addresses that it hides from robots.
const hiddenAddress = "/cdn-cgi/l/email-protection"

const lostAddress = "address is lost: %s: the page that it was copied from hides it"

// leftMark notes what is left in the words of a block, of each kind the first.
func (f *problemFinder) leftMark(text string) {
	for i, left := range leftMarks {
		if found := left.mark.FindStringSubmatch(text); found != nil && !f.hasLeft[i] {
			f.hasLeft[i] = true
			f.add(left.problem, shortened(found[1]))
		}
	}
}

// escape is a backslash and what it belongs to.
var escape = regexp.MustCompile(`\\[^\w\s]`)

// written returns the words of a block as they are written, with signs that belong to no mark
// in the place of code, formulas and escapes. But two backslashes may be those of a formula.
func (f *problemFinder) written(n ast.Node) string {
	var out strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			text := fillSlots(string(c.Segment.Value(f.source)), func(int) string { return "$…$" })
			out.WriteString(escape.ReplaceAllStringFunc(text, func(escape string) string {
				if escape == `\\` {
					return escape
				}
				return "…"
			}))
			if c.SoftLineBreak() || c.HardLineBreak() {
				out.WriteByte('\n')
			}
		case *ast.CodeSpan:
			out.WriteString("`…`")
		default:
			out.WriteString(f.written(c))
		}
	}
	return out.String()
}

// How many words a line has at least that is taken for the beginning of a sentence.
const (
	leastInParagraph = 4
	leastInItem      = 2
)

// sentenceEnd is no full stop behind the number of an item.
var sentenceEnd = regexp.MustCompile(`(?:[^\d\s]|\d{3})[.!?]["')\]”’]*\s`)

// cutOff notes a text that ends within a sentence: its last line ends with a letter or a
// comma, though there are sentences before.
func (f *problemFinder) cutOff(document ast.Node) {
	end, least := document.LastChild(), leastInParagraph
	for end != nil && (end.Kind() == ast.KindList || end.Kind() == ast.KindListItem) {
		end, least = end.LastChild(), leastInItem
	}
	if end == nil || end != f.lastBlock || len(strings.Fields(f.lastLine)) < least {
		return
	}
	sign, _ := utf8.DecodeLastRuneInString(f.lastLine)
	hasSentences := sentenceEnd.MatchString(f.lastLine) || sentenceEnd.MatchString(f.lineBefore+" ")
	if hasSentences && (sign == ',' || unicode.IsLetter(sign)) {
		words := []rune(f.lastLine)
		f.add("ends without a full stop: …%s", string(words[max(0, len(words)-mostTold):]))
	}
}
