package answer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// In the scanner's Markdown each formula is replaced by its index between these two
// characters, which mean nothing to Markdown and are refused in posts.
const (
	slotStart = '\uE000'
	slotEnd   = '\uE001'
)

// scanned is raw answer text taken apart: Markdown with real line breaks, in
// which every formula is a slot.
type scanned struct {
	markdown  string
	formulas  []placedFormula
	unwrapped int      // bytes of markdown before the first real line break
	inserts   []insert // that make other programs read the lines as parseAnswer does
}

// insert is text to insert into Markdown at a byte offset.
type insert struct {
	at   int
	text string
}

// placedFormula is a formula in a post.
type placedFormula struct {
	Formula
	written string // as the post writes it, with its delimiters
	closed  bool   // a display that took in the punctuation after it
	made
}

// scan separates code, formulas and money in raw answer text and unescapes the line breaks
// of each by its own rule, so that no character of one is read as part of another.
func scan(raw string) *scanned {
	raw = clean(raw)
	s := &scanner{formulas: make([]placedFormula, 0, strings.Count(raw, "$")/2)}
	s.out.Grow(len(raw))
	if len(raw) >= boundedSize {
		s.bounds = &bounds{}
	}
	end := 0
	for _, f := range findFences(raw) {
		s.text(raw[end:f.start])
		s.fence(raw, f)
		end = f.end
	}
	s.text(raw[end:])
	if !s.isWrapped {
		s.unwrapped = s.out.Len()
	}
	return &scanned{markdown: s.out.String(), formulas: s.formulas, unwrapped: s.unwrapped}
}

var cleaner = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\x00", "\uFFFD",
	string(slotStart), "\uFFFD", string(slotEnd), "\uFFFD",
)

// clean returns raw as valid UTF-8, with plain line ends and without NUL and the characters
// that delimit slots.
func clean(raw string) string {
	const firstByteOfSlots = '\xEE'
	if utf8.ValidString(raw) && strings.IndexByte(raw, '\r') < 0 && strings.IndexByte(raw, 0) < 0 &&
		strings.IndexByte(raw, firstByteOfSlots) < 0 {
		return raw
	}
	return cleaner.Replace(strings.ToValidUTF8(raw, "\uFFFD"))
}

type scanner struct {
	out       strings.Builder
	formulas  []placedFormula
	bounds    *bounds // nil unless the answer is long
	isWrapped bool    // has seen a real line break
	unwrapped int     // as in scanned, once isWrapped
}

// noteBreaks records where the first real line break is. It must be called with raw text
// before that is written.
func (s *scanner) noteBreaks(raw string) {
	if !s.isWrapped && strings.Contains(raw, "\n") {
		s.isWrapped, s.unwrapped = true, s.out.Len()
	}
}

// words writes text that is neither code nor a formula.
func (s *scanner) words(raw string) {
	if at := strings.IndexByte(raw, '\n'); at > 0 && !s.isWrapped {
		s.words(raw[:at])
		raw = raw[at:]
	}
	s.noteBreaks(raw)
	text := unescapeWords(raw)
	if s.bounds == nil {
		s.out.WriteString(text)
		return
	}
	s.bounds.write(&s.out, text)
}

// lostBracket matches `$a \ words \(b$`, which is meant as `$a$ words $b$`.
var lostBracket = regexp.MustCompile(`\$([^$\\]*)\\ ([^$\\]*)\\\(([^$()\\]*)\$`)

// replaceLostBrackets replaces the matches of lostBracket outside of inline code.
func replaceLostBrackets(raw string) string {
	const replacement = "$$$1$$ $2$$$3$$"
	var out strings.Builder
	end := 0
	for _, p := range findPieces(raw) {
		if p.isCode {
			out.WriteString(lostBracket.ReplaceAllString(raw[end:p.start], replacement))
			out.WriteString(raw[p.start:p.end])
			end = p.end
		}
	}
	out.WriteString(lostBracket.ReplaceAllString(raw[end:], replacement))
	return out.String()
}

// text scans the text between two fences.
func (s *scanner) text(raw string) {
	if !strings.ContainsAny(raw, "$`\\") {
		s.words(raw)
		return
	}
	if strings.Contains(raw, `\(`) && strings.Contains(raw, `\ `) {
		raw = replaceLostBrackets(raw)
	}
	end := 0
	bars := barsInCode{raw: raw}
	for _, p := range allPieces(raw) {
		s.words(raw[end:p.start])
		written := raw[p.start:p.end]
		s.noteBreaks(written)
		if p.isCode {
			s.out.WriteString(bars.escaped(p.start, p.end))
		} else {
			inner := written[p.delimiter : len(written)-p.delimiter]
			source := strings.TrimSpace(formulaSource(inner, p))
			closed := p.display && mayEnd(source) && endsClause(raw[p.end:])
			if closed {
				p.end++
				source, written = source+raw[p.end-1:p.end], raw[p.start:p.end]
			}
			s.formula(placedFormula{Formula: Formula{source, p.display}, written: written, closed: closed})
		}
		end = p.end
	}
	s.words(raw[end:])
}

// endsClause reports whether text begins with punctuation that belongs in the display formula before
// it: on the page it would stand alone on the next line.
func endsClause(text string) bool {
	return text != "" && strings.IndexByte(".,;", text[0]) >= 0 &&
		(len(text) == 1 || isSpace(text[1]) || lineBreak(text[1:]) > 0)
}

// mayEnd reports whether punctuation can be added at the end of the source of a formula.
func mayEnd(source string) bool {
	start, end := comment(source)
	return start == end && source != "" && !lastsToEnd.MatchString(source) && strings.IndexByte(`.,;\`, source[len(source)-1]) < 0
}

// lastsToEnd matches commands that take in all that follows, such as the denominator after \over, or
// after which nothing may follow.
var lastsToEnd = regexp.MustCompile(`\\tag|\\(?:over|atop|above|choose|brace|brack)(?:[^A-Za-z]|$)`)

// formula records a formula and writes its slot.
func (s *scanner) formula(f placedFormula) {
	s.out.WriteRune(slotStart)
	s.out.WriteString(strconv.Itoa(len(s.formulas)))
	s.out.WriteRune(slotEnd)
	s.formulas = append(s.formulas, f)
}

// piece is a stretch of text that Markdown must not see: inline code or a
// formula.
type piece struct {
	start, end int
	isCode     bool
	display    bool
	delimiter  int // length of the delimiter at each end
}

// allPieces finds inline code and formulas in text between two fences, in order.
func allPieces(raw string) []piece {
	pieces := findPieces(raw)
	pieces = append(pieces, findDollarPairs(raw, pieces)...)
	slices.SortFunc(pieces, func(a, b piece) int { return a.start - b.start })
	return withEnvironments(raw, pieces)
}

// findPieces finds, from left to right, inline code and the formulas whose delimiters are
// unambiguous: $$…$$, \[…\] and \(…\), and the last two with two backslashes.
func findPieces(raw string) []piece {
	var pieces []piece
	code := newCodeSpans(raw)
	blank := &finder{text: raw, find: blankLine}
	block := &finder{text: raw, find: nextBlock}
	doubled := newDoubledBrackets(raw, blank)
	round := &finder{text: raw, find: index(`\)`)}
	roundOpen := &finder{text: raw, find: index(`\(`)}
	dollar := &finder{text: raw, find: index(`$`)}
	square := &finder{text: raw, find: index(`\]`)}
	double := &finder{text: raw, find: index(`$$`)}
	for i := 0; i < len(raw); {
		switch raw[i] {
		case '`':
			length := runLength(raw, i)
			end := code.closing(i, length)
			at := block.from(i + length + 1) // a line break right after the backticks is part of an example
			if end < 0 || blank.from(i) < end || at < end && !isInString(raw, i, at, end) {
				i += length
				continue
			}
			pieces = append(pieces, piece{start: i, end: end, isCode: true})
			i = end
		case '\\':
			end := -1
			if strings.HasPrefix(raw[i:], `\(`) {
				end = round.from(i + 2)
				if blank.from(i+2) < end || roundOpen.from(i+2) < end || dollar.from(i+2) < end {
					end = -1
				}
			} else if strings.HasPrefix(raw[i:], `\[`) {
				end = square.from(i + 2)
			}
			if end > 0 && end < len(raw) && strings.TrimSpace(raw[i+2:end]) != "" {
				pieces = append(pieces, piece{start: i, end: end + 2, display: raw[i+1] == '[', delimiter: 2})
				i = end + 2
				continue
			}
			length := runLength(raw, i)
			if p := doubled.formula(i, length); p.end > 0 {
				pieces = append(pieces, p)
				i = p.end
				continue
			}
			i += length
			if length%2 == 1 && i < len(raw) {
				i++ // an escaped character opens nothing
			}
		case '$':
			if !strings.HasPrefix(raw[i:], "$$") {
				i++
				continue
			}
			end := double.from(i + 2)
			if end == len(raw) {
				i += 2
				continue
			}
			pieces = append(pieces, piece{start: i, end: end + 2, display: true, delimiter: 2})
			i = end + 2
		default:
			i++
		}
	}
	return pieces
}

// blockStart matches the beginning of a list item, a heading or a row of a table on a new line. A
// single # begins a comment in code more often than a heading.
var blockStart = regexp.MustCompile(`(?:\\n|\n)[ \t>]*(?:[-*+] |\d{1,9}[.)] |#{2,6} |\| )`)

// nextBlock returns where the line break before the first blockStart of text is, or -1.
func nextBlock(text string) int {
	if at := blockStart.FindStringIndex(text); at != nil {
		return at[0]
	}
	return -1
}

// isInString reports whether the line break at an offset is a \n within quotes in the code from
// start to end.
func isInString(raw string, start, at, end int) bool {
	if raw[at] == '\n' {
		return false
	}
	for _, quote := range []string{`"`, "'"} {
		if strings.Count(raw[start:at], quote)%2 == 1 && strings.Count(raw[at:end], quote)%2 == 1 {
			return true
		}
	}
	return false
}

// runLength returns the length of the run of equal bytes that starts at i.
func runLength(text string, i int) int {
	n := 1
	for i+n < len(text) && text[i+n] == text[i] {
		n++
	}
	return n
}

// finder finds the next match of find. It remembers the last one, so that a scan from left
// to right takes linear time in total.
type finder struct {
	text  string
	find  func(string) int
	found int
	asked bool
}

func index(want string) func(string) int {
	return func(text string) int { return strings.Index(text, want) }
}

// from returns the offset of the first match at or after i, or the length of the text.
func (f *finder) from(i int) int {
	if f.asked && i <= f.found {
		return f.found
	}
	f.asked = true
	f.found = len(f.text)
	if i < len(f.text) {
		if at := f.find(f.text[i:]); at >= 0 {
			f.found = i + at
		}
	}
	return f.found
}

// codeSpans holds the offsets of the runs of backticks, by their length.
type codeSpans struct {
	runs map[int][]int
}

func newCodeSpans(raw string) codeSpans {
	spans := codeSpans{}
	for i := strings.IndexByte(raw, '`'); i >= 0 && i < len(raw); i++ {
		if raw[i] == '`' {
			if spans.runs == nil {
				spans.runs = make(map[int][]int)
			}
			length := runLength(raw, i)
			spans.runs[length] = append(spans.runs[length], i)
			i += length
		}
	}
	return spans
}

// closing returns the end of the inline code that length backticks at i open, or -1 if they
// open none. It must be called from left to right.
func (c codeSpans) closing(i, length int) int {
	runs := c.runs[length]
	for len(runs) > 0 && runs[0] <= i {
		runs = runs[1:]
	}
	if c.runs != nil {
		c.runs[length] = runs
	}
	if len(runs) == 0 {
		return -1
	}
	return runs[0] + length
}

// lineBreak returns the length of the line break at the start of text, real or
// written as \n, and 0 if there is none.
func lineBreak(text string) int {
	switch {
	case strings.HasPrefix(text, "\n"):
		return 1
	case strings.HasPrefix(text, `\n`):
		return 2
	}
	return 0
}

// nextLineBreak returns where the first line break of text starts, or -1.
func nextLineBreak(text string) int {
	for i := range len(text) {
		if text[i] == '\n' || text[i] == '\\' && i+1 < len(text) && text[i+1] == 'n' {
			return i
		}
	}
	return -1
}

// blankLine returns where the first blank line of text starts, or -1.
func blankLine(text string) int {
	for i := 0; i < len(text); {
		next := nextLineBreak(text[i:])
		if next < 0 {
			return -1
		}
		start := i + next
		i = start + lineBreak(text[start:])
		if lineBreak(strings.TrimLeft(text[i:], " \t")) > 0 {
			return start
		}
	}
	return -1
}
