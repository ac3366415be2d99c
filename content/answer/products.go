package answer

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// An asterisk between two operands, as in 5*9 - 6*8, is a sign of multiplication. CommonMark
// takes it for emphasis within a word, as in habl**o**.

// productParser is a parser of emphasis that leaves asterisks between operands alone.
type productParser struct{ parser.InlineParser }

func newProductParser(p parser.InlineParser) parser.InlineParser { return productParser{p} }

func (p productParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n := p.InlineParser.Parse(parent, block, pc)
	d, isDelimiter := n.(*parser.Delimiter)
	if !isDelimiter || d.Char != '*' {
		return n
	}
	around := operandsAround(block.Source(), d)
	d.CanOpen = d.CanOpen && around.mayOpen()
	d.CanClose = d.CanClose && around.mayClose()
	if d.CanOpen || d.CanClose {
		signs := signsOf(block.Source(), pc)
		if !around.isStrong && !around.areTerm {
			signs.marks = append(signs.marks, mark{d.Segment.Start, d.CanClose})
		}
		d.Processor = products{d.Processor, signs, around}
	}
	return d
}

// products decides which asterisks pair.
type products struct {
	parser.DelimiterProcessor
	signs  *signs
	around operands // of the delimiter: each may be compared with many others
}

func (p products) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return p.DelimiterProcessor.CanOpenCloser(opener, closer) && !p.multiply(opener, closer)
}

// multiply reports whether both delimiters are signs between operands. A delimiter at the start
// or the end of a word is none, but in *so 2*x is even* the second one is, as the third one
// closes. Words between two delimiters are emphasised even if both spaces around them are
// missing.
func (p products) multiply(opener, closer *parser.Delimiter) bool {
	first, second := operandsOf(opener), operandsOf(closer)
	if second.areTerm {
		from, to := opener.Segment.Stop, closer.Segment.Start
		if opener.OriginalLength > 1 || p.signs.holdSpace(from, to) && p.signs.closeAfter(to) {
			return true
		}
	}
	if !first.isComplete() || !second.isComplete() {
		return false
	}
	from, to := opener.Segment.Start+opener.OriginalLength, closer.Segment.Start
	switch {
	case p.signs.holdOperator(from, to):
		return true
	case first.isStrong && second.isStrong:
		return (first.hold(digit) || second.hold(digit)) && p.signs.holdSpace(from, to) && !second.leadToWord
	case first.areWords():
		return !second.areWords() && !p.signs.holdSpace(from, to)
	}
	return true
}

// operandsOf returns the operands around a delimiter, none if it is no asterisk.
func operandsOf(d *parser.Delimiter) operands {
	p, _ := d.Processor.(products)
	return p.around
}

// operand is the kind of an operand, by its character next to a sign.
type operand int

const (
	noOperand operand = iota
	letter
	digit
	bracket
)

// operands are those on both sides of a run of asterisks.
type operands struct {
	left, right operand
	isStrong    bool // whether the run has two asterisks
	areNames    bool // whether both are names
	areTerm     bool // whether one asterisk parts a number and a name, as in 2*x
	leadToWord  bool // whether the right one begins with two letters
	// leadToItalic says that the right one is a letter before another asterisk, which is no sign
	// between operands: 2*x* + 1 has a coefficient and a name in italics.
	leadToItalic bool
}

func (o operands) isComplete() bool       { return o.left != noOperand && o.right != noOperand }
func (o operands) areWords() bool         { return o.left == letter && o.right == letter }
func (o operands) hold(kind operand) bool { return o.left == kind || o.right == kind }

// mayOpen reports whether emphasis may begin between the operands.
func (o operands) mayOpen() bool {
	return o.mayClose() && (o.isStrong || !o.isComplete() || !o.hold(digit) || o.left == digit && o.leadToItalic)
}

// mayClose reports whether emphasis may end between the operands.
func (o operands) mayClose() bool {
	if o.isStrong {
		return o.right != digit || o.left != digit && o.left != bracket
	}
	return !o.areNames && (o.left != digit && o.left != bracket || o.right != digit && o.right != bracket)
}

func operandsAround(source []byte, d *parser.Delimiter) operands {
	return operandsBeside(source[:d.Segment.Start], source[d.Segment.Start+d.OriginalLength:], d.OriginalLength)
}

// maxRun is how many asterisks a sign between operands has at most.
const maxRun = 2

// operandsBeside returns the operands at the end of the text before a run of asterisks, and at
// the start of the text after it.
func operandsBeside(before, after []byte, length int) operands {
	if length > maxRun {
		return operands{}
	}
	left, _ := utf8.DecodeLastRune(before)
	right, _ := utf8.DecodeRune(after)
	const enough = 3 * utf8.UTFMax
	before, after = before[max(0, len(before)-enough):], after[:min(enough, len(after))]
	o := operands{left: operandOf(left, ")]}%"), right: operandOf(right, "([{"), isStrong: length == 2}
	o.leadToWord, o.leadToItalic = twoLetters.Match(after), italicLetter.Match(after)
	o.areTerm = !o.isStrong && (o.left == digit && o.right == letter && !o.leadToWord || o.right == digit && nameBefore.Match(before))
	o.areNames = o.areWords() && nameBefore.Match(before) && nameAfter.Match(after)
	return o
}

// A name is one letter. Next to another asterisk it is one only if that is between operands, too:
// in Δ*F* it is emphasised.
var (
	twoLetters   = regexp.MustCompile(`^\pL\pL`)
	italicLetter = regexp.MustCompile(`^\pL\*(?:[^\pL\d*(\[{]|$)`)
	nameBefore   = regexp.MustCompile(`(?:^|[^\pL\d*]|[\pL\d)\]}]\*)\pL$`)
	nameAfter    = regexp.MustCompile(`^\pL(?:[^\pL\d*]|$|\*[\pL\d(\[{])`)
)

// isProduct reports whether the asterisk at an offset is part of a sign between operands.
func isProduct(markdown string, at int) bool {
	start, end := at, at+1
	for start > 0 && markdown[start-1] == '*' && end-start <= maxRun {
		start--
	}
	for end < len(markdown) && markdown[end] == '*' && end-start <= maxRun {
		end++
	}
	const twoCharacters = 2 * utf8.UTFMax
	before, after := markdown[max(0, start-twoCharacters):start], markdown[end:min(len(markdown), end+twoCharacters)]
	return operandsBeside([]byte(before), []byte(after), end-start).isComplete()
}

// operandOf returns the kind of operand that c belongs to. Letters of scripts in which formulas
// are not written are no operands: there is no space between words in some of them.
func operandOf(c rune, brackets string) operand {
	switch {
	case '0' <= c && c <= '9':
		return digit
	case unicode.In(c, unicode.Latin, unicode.Greek):
		return letter
	case strings.ContainsRune(brackets, c):
		return bracket
	}
	return noOperand
}

// signs are the offsets in a text of what tells arithmetic from words.
type signs struct {
	source    []byte
	areFound  bool
	operators []int
	spaces    []int
	marks     []mark // those parsed so far, in order
}

// mark is a run of asterisks that may emphasise, other than ** and the sign of a term.
type mark struct {
	at       int
	canClose bool
}

var signsKey = parser.NewContextKey()

// signsOf returns the signs of the text that is being parsed.
func signsOf(source []byte, pc parser.Context) *signs {
	if s, ok := pc.Get(signsKey).(*signs); ok {
		return s
	}
	s := &signs{source: source}
	pc.Set(signsKey, s)
	return s
}

// operator matches what stands between the operands of arithmetic but hardly ever in a part
// of a word or in words that run on before and after.
var operator = regexp.MustCompile(`[+=<>^×÷±−\n]| [-/|] `)

func (s *signs) find() {
	if s.areFound {
		return
	}
	s.areFound = true
	for _, at := range operator.FindAllIndex(s.source, -1) {
		s.operators = append(s.operators, at[0])
	}
	for i, c := range s.source {
		if isSpace(c) {
			s.spaces = append(s.spaces, i)
		}
	}
}

func (s *signs) holdOperator(from, to int) bool { s.find(); return holds(s.operators, from, to) }
func (s *signs) holdSpace(from, to int) bool    { s.find(); return holds(s.spaces, from, to) }

// closeAfter reports whether the next mark of the block closes emphasis.
func (s *signs) closeAfter(at int) bool {
	i, _ := slices.BinarySearchFunc(s.marks, at, func(m mark, at int) int { return cmp.Compare(m.at, at) })
	return i < len(s.marks) && s.marks[i].canClose
}

// holds reports whether one of the offsets, which are in order, is at least from and below to.
func holds(offsets []int, from, to int) bool {
	i, _ := slices.BinarySearch(offsets, from)
	return i < len(offsets) && offsets[i] < to
}
