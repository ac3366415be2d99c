package content

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateTokens are the Moment tokens that FormatDate knows, longest first where
// one is a prefix of another (https://momentjs.com/docs/#/displaying/format/).
var dateTokens = []struct {
	token  string
	format func(time.Time) string
}{
	{"YYYY", func(t time.Time) string { return t.Format("2006") }},
	{"YY", func(t time.Time) string { return t.Format("06") }},
	{"MMMM", func(t time.Time) string { return t.Format("January") }},
	{"MMM", func(t time.Time) string { return t.Format("Jan") }},
	{"MM", func(t time.Time) string { return t.Format("01") }},
	{"M", func(t time.Time) string { return t.Format("1") }},
	{"DD", func(t time.Time) string { return t.Format("02") }},
	{"Do", func(t time.Time) string { return ordinal(t.Day()) }},
	{"D", func(t time.Time) string { return t.Format("2") }},
	{"dddd", func(t time.Time) string { return t.Format("Monday") }},
	{"ddd", func(t time.Time) string { return t.Format("Mon") }},
	{"HH", func(t time.Time) string { return t.Format("15") }},
	{"mm", func(t time.Time) string { return t.Format("04") }},
	{"A", func(t time.Time) string { return t.Format("PM") }},
}

// FormatDate formats date by the Moment tokens YYYY YY MMMM MMM MM M DD D Do dddd
// ddd HH mm A, and [literal]. Anything else in format is copied as it is.
func FormatDate(date time.Time, format string) string {
	var b strings.Builder
	for format != "" {
		part := nextDatePart(format)
		if part.token != nil {
			b.WriteString(part.token(date))
		} else {
			b.WriteString(part.text)
		}
		format = format[part.length:]
	}
	return b.String()
}

// datePart is the first part of a date format: a token or literal text.
type datePart struct {
	length   int
	token    func(time.Time) string // nil for literal text
	text     string                 // literal text
	isQuoted bool                   // in brackets
}

func nextDatePart(format string) datePart {
	if literal, _, ok := strings.Cut(format, "]"); ok && strings.HasPrefix(literal, "[") {
		return datePart{length: len(literal) + 1, text: literal[1:], isQuoted: true}
	}
	for _, t := range dateTokens {
		if strings.HasPrefix(format, t.token) {
			return datePart{length: len(t.token), token: t.format}
		}
	}
	return datePart{length: 1, text: format[:1]}
}

// dateFormatProblem returns what is wrong with a date format, or "".
func dateFormatProblem(format string) string {
	hasToken := false
	for rest := format; rest != ""; {
		part := nextDatePart(rest)
		hasToken = hasToken || part.token != nil
		if part.token == nil && !part.isQuoted && leadingLetters(part.text) != "" {
			return fmt.Sprintf("date_format %q has the letters %s, which stand for no part of a date: write Moment tokens, such as MMM DD, YYYY, and words in [brackets]", format, leadingLetters(rest))
		}
		rest = rest[part.length:]
	}
	if !hasToken {
		return fmt.Sprintf("date_format %q shows no part of the date: write Moment tokens, such as MMM DD, YYYY", format)
	}
	return ""
}

// ordinal returns n with its English ending: 1st, 2nd, 3rd, 4th, 11th.
func ordinal(n int) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}
