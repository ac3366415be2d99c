package answer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Problems returns what of raw answer text readers will not see as its writer meant it,
// each kind with its first example. Formulas that cannot be read are listed by Answer.
func (r *Renderer) Problems(raw string) []string {
	s := scan(raw)
	chosen := r.answers
	if mayHoldBareLinks(s.markdown) {
		chosen = r.bareLinks
	}
	source := []byte(s.markdown)
	finder := &problemFinder{source: source, scanned: s}
	document := parseAnswer(chosen, source, s)
	finder.node(document)
	finder.cutOff(document)
	return finder.problems
}

// TitleProblems is Problems for the text of a title.
func (r *Renderer) TitleProblems(raw string) []string {
	s := scan(raw)
	source := []byte(strings.Join(strings.Fields(s.markdown), " "))
	finder := &problemFinder{source: source, scanned: s}
	finder.node(parse(r.titles, source))
	return finder.problems
}

// Span is a stretch of raw answer text, as offsets into it, that is no prose.
type Span struct {
	Start, End int
	IsFormula  bool // rather than code
}

// Spans returns where raw answer text holds formulas and code, in order.
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

// problemFinder looks for what gets lost on the way from Markdown to HTML. It walks as
// htmlWriter does, but costs loads and requests nothing.
type problemFinder struct {
	source   []byte
	scanned  *scanned
	problems []string
	hasLaTeX bool // of which the first is told
	hasLeft  [len(leftMarks)]bool

	lastBlock  ast.Node // of words
	lastLine   string   // of it
	lineBefore string   // the last line of a block before it, but not one that introduces it
}

// add notes a problem, once however often it is there.
func (f *problemFinder) add(format string, args ...any) {
	if problem := fmt.Sprintf(format, args...); !slices.Contains(f.problems, problem) {
		f.problems = append(f.problems, problem)
	}
}

// mostProblems is how many problems of a text are told.
const mostProblems = 20

func (f *problemFinder) node(n ast.Node) {
	if len(f.problems) >= mostProblems {
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
	case *ast.Paragraph, *ast.TextBlock, *extast.TableCell:
		f.block(n)
	case *ast.Image:
		f.add("image is not shown: ![%s](%s)", f.words(n), f.destination(n.Destination))
	case *ast.Link:
		switch destination := f.destination(n.Destination); {
		case strings.HasPrefix(destination, hiddenAddress):
			f.add(lostAddress, destination)
		case linkKind(destination) == noLink:
			f.add("link is left out: [%s](%s): links lead to http, https or mailto addresses or to paths on this site, such as /learn", f.words(n), destination)
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		f.node(c)
	}
}

// block looks at a block of words.
func (f *problemFinder) block(n ast.Node) {
	text := f.written(n)
	f.leftMark(text)
	if !strings.HasSuffix(f.lastLine, ":") {
		f.lineBefore = f.lastLine
	}
	f.lastBlock, f.lastLine = n, strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}

func (f *problemFinder) destination(written []byte) string {
	return f.scanned.asWritten(plain(string(written)))
}

// words returns the words of a link or an image, short enough to be told.
func (f *problemFinder) words(n ast.Node) string { return shortened(textOf(n, f.source, f.scanned)) }

// mostTold is how many characters of what is wrong are told.
const mostTold = 40

func shortened(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= mostTold {
		return text
	}
	return string([]rune(text)[:mostTold]) + "…"
}

// text looks at words and at the formulas between them.
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
		f.add("LaTeX outside of a formula is shown as it is written: %s: put it between $ and $", shortened(shown))
	}
}

// firstLaTeX returns prose from its first LaTeX command on, or nothing.
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

// reference is a command that names another formula. Temml leaves it to a script.
var reference = regexp.MustCompile(`\\(?:eq)?ref\b`)

// formula looks at the source of a formula.
func (f *problemFinder) formula(source string) {
	if command := reference.FindString(source); command != "" {
		f.add(`%s is not shown, as formulas have no names: write the number: %s`, command, shortened(source))
	}
	if start, end := comment(source); start < end && !strings.Contains(source, `\verb`) {
		f.add(`%% begins a comment in a formula: write \%%: %s`, shortened(source))
	}
}

var (
	// proseCommand is a command where no path of a file, such as C:\alpha, goes on.
	proseCommand = regexp.MustCompile(`(?:^|[^\\A-Za-z0-9:._-])(\\[A-Za-z]+)(?:[^\\A-Za-z.]|$)`)

	// argumentCommands are well-known commands that are followed by braces.
	argumentCommands = setOf(`ce pu begin end frac dfrac tfrac cfrac sqrt binom text textbf textit textrm emph
		mathrm mathbf mathbb mathcal mathit mathsf operatorname vec hat bar overline underline tilde dot ddot
		overset underset underbrace overbrace boxed label ref eqref cite xrightarrow xleftarrow`)
)

// isSign reports whether a command stands for a sign, and surely is none of another language:
// its name has more than two letters.
func isSign(name string) bool {
	return len(name) > 2 && (letterSigns[name] != "" || operatorSigns[name] != "")
}

// IsCommandWithN reports whether a name that begins with n is that of a LaTeX command.
func IsCommandWithN(name string) bool { return commandsWithN[name] }
