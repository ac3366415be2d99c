package answer

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Problems describes what readers of raw answer text will not see as its writer meant it, each
// kind with its first example. Formulas that cannot be read are listed by Answer.
func (r *Renderer) Problems(raw string) []string {
	s := scan(raw)
	document, source := parseAnswer(r.parserFor(s.markdown), s)
	finder := &problemFinder{source: source, scanned: s}
	finder.node(document)
	finder.cutOff(document)
	return finder.problems
}

// TitleProblems is Problems for the text of a title.
func (r *Renderer) TitleProblems(raw string) []string {
	s := scan(raw)
	document, source := r.parseTitle(s)
	finder := &problemFinder{source: source, scanned: s}
	finder.node(document)
	return finder.problems
}

// Span is a stretch of raw answer text that is not prose, as byte offsets.
type Span struct {
	Start, End int
	IsFormula  bool // rather than code
}

// Spans returns the formulas and the code in raw answer text, in order.
func Spans(raw string) []Span {
	var spans []Span
	text := func(start, end int) {
		for _, p := range allPieces(raw[start:end]) {
			spans = append(spans, Span{start + p.start, start + p.end, !p.isCode})
		}
	}
	end := 0
	for _, f := range findFences(raw) {
		text(end, f.start)
		spans = append(spans, Span{f.start, f.end, false})
		end = f.end
	}
	text(end, len(raw))
	return spans
}

// problemFinder looks for what is lost between Markdown and HTML. It walks the document as
// htmlWriter does, but on its own, so that loads and requests do not pay for it.
type problemFinder struct {
	source   []byte
	scanned  *scanned
	problems []string
	hasLaTeX bool // LaTeX outside of formulas has been reported
	hasLeft  [len(leftMarks)]bool

	lastBlock  ast.Node // the last block of text
	lastLine   string   // the last line of lastBlock
	lineBefore string   // the last line of a block before it that does not end in a colon
}

// add records a problem, once however often it occurs.
func (f *problemFinder) add(format string, args ...any) {
	if problem := fmt.Sprintf(format, args...); !slices.Contains(f.problems, problem) {
		f.problems = append(f.problems, problem)
	}
}

// maxProblems is how many problems of a text are reported.
const maxProblems = 20

func (f *problemFinder) node(n ast.Node) {
	if len(f.problems) >= maxProblems {
		return
	}
	switch n := n.(type) {
	case *ast.Text:
		f.text(string(n.Segment.Value(f.source)))
	case *ast.CodeSpan:
		return
	case *ast.Heading:
		if f.words(n) == "" {
			f.add("heading without words is left out")
		}
		f.leftMark(f.written(n))
	case *summaryLine:
		f.leftMark(f.written(n))
	case *ast.Paragraph, *ast.TextBlock, *extast.TableCell:
		f.block(n)
	case *extast.TableRow:
		f.row(n)
	case *ast.Emphasis:
		if name := textOf(n, f.source, f.scanned); n.Level == 2 && pythonNames[name] && f.isInUnderscores(n) {
			f.add("underscores of __%s__ are not shown: put it in backticks", name)
		}
	case *ast.Image:
		f.add("image is not shown: ![%s](%s)", f.words(n), f.destination(n.Destination))
	case *ast.Link:
		switch destination := f.destination(n.Destination); {
		case strings.HasPrefix(destination, hiddenAddress):
			f.add(lostAddress, destination)
		case kindOf(destination) == noLink:
			f.add("link is left out: [%s](%s): links lead to http, https or mailto addresses or to paths on this site, such as /learn", f.words(n), destination)
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		f.node(c)
	}
}

// block checks a block of text.
func (f *problemFinder) block(n ast.Node) {
	text := f.written(n)
	f.leftMark(text)
	if !strings.HasSuffix(f.lastLine, ":") {
		f.lineBefore = f.lastLine
	}
	f.lastBlock, f.lastLine = n, strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}

// row checks for cells beyond those of the table's head.
func (f *problemFinder) row(n *extast.TableRow) {
	start, _, _ := bytes.Cut(f.source[n.Pos():], []byte{'\n'})
	line := strings.TrimPrefix(strings.TrimSpace(string(start)), "|")
	cells := 0
	for i := range len(line) {
		if line[i] != '|' || i > 0 && line[i-1] == '\\' {
			continue
		}
		if cells++; cells < len(n.Alignments) {
			continue
		}
		if rest := strings.Trim(line[i:], "| \t"); rest != "" {
			rest = fillSlots(rest, func(int) string { return "$…$" })
			f.add(`table row has more cells than the table's head, and the rest is left out: %s: write \| for | within a cell`, shortened(rest))
		}
		return
	}
}

// pythonNames are the names of Python between double underscores, which are bold in Markdown,
// apart from words that a writer may well have meant to be bold, such as __and__.
var pythonNames = setOf(`add annotations aenter aexit aiter anext await bool bytes call class contains ctx deepcopy del
	delattr delitem dict dir div doc enter eq exit file float floordiv format func ge getattr
	getattribute getitem getstate globals gt hash iadd import imul init int isub iter le len loader
	lshift lt main matmul mod mro mul name ne neg new next nonzero pos post_init pow qualname radd
	reduce repr reversed rmul rshift rsub set_name setattr setitem setstate sizeof slots spec str sub
	subclasses subclasshook traceback truediv unicode weakref xor`)

// isInUnderscores reports whether the text of n is between underscores rather than asterisks.
func (f *problemFinder) isInUnderscores(n ast.Node) bool {
	first, isText := n.FirstChild().(*ast.Text)
	return isText && first.Segment.Start > 0 && f.source[first.Segment.Start-1] == '_'
}

func (f *problemFinder) destination(written []byte) string {
	return f.scanned.asWritten(plain(string(written)))
}

// words returns the text of a heading, link or image, shortened for a message.
func (f *problemFinder) words(n ast.Node) string { return shortened(textOf(n, f.source, f.scanned)) }

// maxQuoted is how many characters a message quotes.
const maxQuoted = 40

func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= maxQuoted {
		return text
	}
	return string([]rune(text)[:maxQuoted]) + "…"
}

// text checks text and the formulas in it.
func (f *problemFinder) text(markdown string) {
	words := fillSlots(markdown, func(i int) string {
		f.formula(f.scanned.formulas[i].Source)
		return " "
	})
	if f.hasLaTeX {
		return
	}
	if shown := firstLaTeX(plain(words)); shown != "" {
		f.hasLaTeX = true
		f.add("LaTeX outside a formula is shown literally: %s: put it between $ and $", shortened(shown))
	}
}

// firstLaTeX returns prose from its first LaTeX command on, or "" if it has none.
func firstLaTeX(prose string) string {
	for _, at := range proseCommand.FindAllStringSubmatchIndex(prose, -1) {
		shown := prose[at[2]:]
		name := letters(shown[1:])
		if argumentCommands[name] && strings.HasPrefix(shown[1+len(name):], "{") || isSign(name) {
			return shown
		}
	}
	return ""
}

// reference matches a command that refers to another formula. Temml leaves it to a script.
var reference = regexp.MustCompile(`\\(?:eq)?ref\b`)

// formula checks the source of a formula.
func (f *problemFinder) formula(source string) {
	if command := reference.FindString(source); command != "" {
		f.add(`%s is not shown, because formulas have no labels: write the number: %s`, command, shortened(source))
	}
	f.lostDollar(source)
	if start, end := comment(source); start < end && !strings.Contains(source, `\verb`) {
		f.add(`%% begins a comment in a formula: write \%%: %s`, shortened(source))
	}
}

var (
	// proseCommand matches a command that is not part of a file path, such as C:\alpha.
	proseCommand = regexp.MustCompile(`(?:^|[^\\A-Za-z0-9:._-])(\\[A-Za-z]+)(?:[^\\A-Za-z.]|$)`)

	// argumentCommands are well-known commands that are followed by braces.
	argumentCommands = setOf(`ce pu begin end frac dfrac tfrac cfrac sqrt binom text textbf textit textrm emph
		mathrm mathbf mathbb mathcal mathit mathsf operatorname vec hat bar overline underline tilde dot ddot
		overset underset underbrace overbrace boxed label ref eqref cite xrightarrow xleftarrow`)
)

// isSign reports whether a command stands for one character. Names of one or two letters do not
// count: they may be escapes of another language.
func isSign(name string) bool {
	return len(name) > 2 && (letterSigns[name] != "" || operatorSigns[name] != "")
}

// IsCommandWithN reports whether name, which begins with n, is that of a LaTeX command.
func IsCommandWithN(name string) bool { return commandsWithN[name] }
