package answer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// leftMarks match text that was meant as Markdown or a formula but is shown as it is written.
var leftMarks = [...]struct {
	mark    *regexp.Regexp // its first group is quoted
	problem string
}{
	{regexp.MustCompile(`(?:^|[\s(])(\*\*(?:[^\s*]|\s[^\s\d*])[^*]*\*\*\S*)`),
		`asterisks are shown literally: %s: put a space after ** that follows punctuation, and none inside`},
	{regexp.MustCompile(`(?:^|[\s(])(\*[^\s*][^*\n]*["”'’).:;!?]\*[\pL\d]\S*)`),
		`asterisks are shown literally: %s: put a space after * that follows punctuation`},
	{regexp.MustCompile(`(?m)^(#{2,6}[^\s#].*)`), `heading is shown literally: %s: put a space after #`},
	{regexp.MustCompile(`(?m)^([•●▪◦‣].*)`), `list is shown literally: %s: begin its items with - and a space`},
	{regexp.MustCompile(`(\S*<(?:sub|sup)>[^<]*</(?:sub|sup)>)`), `HTML is shown literally: %s: write a formula, such as $x_1$ or $x^2$`},
	{regexp.MustCompile(`(<ruby>.*?</ruby>)`), `HTML is shown literally: %s: write the reading in brackets after the word`},
	{regexp.MustCompile(`(<!--.*?-->)`), `HTML is shown literally: %s: leave it out`},
	{regexp.MustCompile(`(</?(?:details|summary)(?: open)?>|<b>[^<]*</b>|<u>[^<]*</u>|<kbd>[^<]*</kbd>)`),
		`HTML is shown literally: %s: use Markdown, such as ### heading or **bold**`},
	{regexp.MustCompile(`(\\\\\(.*?\\\\\)|\\\\\[.*?\\\\\])`), `formula is shown literally: %s: write one backslash instead of two`},
	{regexp.MustCompile(`(\[\^\d{1,3}\])`), `footnote is shown literally: %s: put its text in brackets instead`},
	{regexp.MustCompile(`(?m)^(\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])`), `callout is shown literally: %s: write **Note:** instead`},
	{regexp.MustCompile(`\n(:[ \t]+\S.*)`), `definition is shown literally: %s: write **Term:** and the definition on one line`},
	{regexp.MustCompile(`(?m)^(\|[ \t].*[ \t]\|[ \t].*[ \t]\|)[ \t]*\n\|.*[ \t]\|[ \t].*\|[ \t]*$`),
		`table is shown literally: %s: put a row such as |---|---| below its first row, with as many cells`},
	{regexp.MustCompile(`(\S*\[email(?:\s|&nbsp;|&#160;)protected\])`), lostAddress},
}

// hiddenAddress is where Cloudflare's links lead instead of mail addresses that it hides.
const hiddenAddress = "/cdn-cgi/l/email-protection"

const lostAddress = "mail address is lost: %s: the page that it was copied from hid it: type it in"

// leftMark adds a problem for the first match of each of leftMarks.
func (f *problemFinder) leftMark(text string) {
	for i, left := range leftMarks {
		if found := left.mark.FindStringSubmatch(text); found != nil && !f.hasLeft[i] {
			f.hasLeft[i] = true
			f.add(left.problem, shortened(found[1]))
		}
	}
}

// escape matches a backslash and the character that it escapes.
var escape = regexp.MustCompile(`\\[^\w\s]`)

// written returns the text of a block as it is written, with neutral characters in place of
// code, formulas and escapes. Two backslashes stay, as they may belong to a formula.
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
		case *breakTag:
			out.WriteByte('\n')
		default:
			out.WriteString(f.written(c))
		}
	}
	return out.String()
}

// The fewest words of a line that is taken for the beginning of a sentence.
const (
	minWordsInParagraph = 4
	minWordsInItem      = 2
)

// sentenceEnd matches the end of a sentence, but not the full stop after an item's number.
var sentenceEnd = regexp.MustCompile(`(?:[^\d\s]|\d{3})[.!?]["')\]”’]*\s`)

// cutOff adds a problem if the text ends in mid-sentence: if its last line ends with a letter
// or a comma although there are complete sentences before.
func (f *problemFinder) cutOff(document ast.Node) {
	end, minWords := document.LastChild(), minWordsInParagraph
	for end != nil && (end.Kind() == ast.KindList || end.Kind() == ast.KindListItem || end.Kind() == kindDetailsMark) {
		if end.Kind() == kindDetailsMark {
			end = end.PreviousSibling()
			continue
		}
		end, minWords = end.LastChild(), minWordsInItem
	}
	if end == nil || end != f.lastBlock || len(strings.Fields(f.lastLine)) < minWords {
		return
	}
	sign, _ := utf8.DecodeLastRuneInString(f.lastLine)
	hasSentences := sentenceEnd.MatchString(f.lastLine) || sentenceEnd.MatchString(f.lineBefore+" ")
	if hasSentences && (sign == ',' || unicode.IsLetter(sign)) {
		characters := []rune(f.lastLine)
		f.add("ends without a full stop: …%s", string(characters[max(0, len(characters)-maxQuoted):]))
	}
}
