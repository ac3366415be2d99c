package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// Chinese and Japanese have no spaces between words, so a line break that is not shown as one
// means nothing there, as in CSS (https://www.w3.org/TR/css-text-3/#line-break-transform).
// Elsewhere it is a space.

// joinsWithoutSpace reports whether a line break between two characters means nothing. Korean
// has spaces between words, and some writers begin items and headings with wide marks.
func joinsWithoutSpace(before, after rune) bool {
	const marks = "・＊＃"
	return !strings.ContainsRune(marks, after) && isCJK(before) && isCJK(after) && !unicode.Is(unicode.Hangul, before) && !unicode.Is(unicode.Hangul, after)
}

// JoinWithoutSpace reports whether the line break between two lines of Markdown, which have no
// white space at their ends, means nothing.
// Emphasis or code may begin or end there, but not both: their marks would become one.
func JoinWithoutSpace(before, after string) bool {
	const marks = "*~`"
	textBefore, textAfter := strings.TrimRight(before, marks), strings.TrimLeft(after, marks)
	if textBefore != before && textAfter != after {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(textBefore)
	first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(textAfter, "["))
	return joinsWithoutSpace(last, first)
}

// FoldLines returns text on one line, with one space for each run of white space, but none for
// a line break that means nothing.
func FoldLines(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	before := ""
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if !JoinWithoutSpace(before, line) {
			out.WriteByte(' ')
		}
		out.WriteString(line)
		before = line
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// joinLinesOf removes the line breaks of a document that mean nothing.
func joinLinesOf(document ast.Node, source []byte) {
	var last *ast.Text // ends in a line break, with nothing read since
	before := ' '
	join := func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		t, isText := n.(*ast.Text)
		if !isText {
			if entering && (n.Type() == ast.TypeBlock || !n.HasChildren()) {
				last, before = nil, ' '
			}
			return ast.WalkContinue, nil
		}
		if text := t.Segment.Value(source); entering && len(text) > 0 {
			first, _ := utf8.DecodeRune(text)
			if last != nil && joinsWithoutSpace(before, first) {
				last.SetSoftLineBreak(false)
			}
			last = nil
			before, _ = utf8.DecodeLastRune(text)
		}
		if entering && t.SoftLineBreak() {
			last = t
		}
		return ast.WalkContinue, nil
	}
	_ = ast.Walk(document, join) // join returns no error
}
