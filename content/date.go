package content

import (
	"strconv"
	"strings"
	"time"
)

// dateTokens are the Moment tokens that FormatDate knows, longest first where
// one begins another (https://momentjs.com/docs/#/displaying/format/).
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

// FormatDate returns date as the Moment format says: YYYY YY MMMM MMM MM M DD D
// Do dddd ddd HH mm A, and [literal]. Anything else stands for itself.
func FormatDate(date time.Time, format string) string {
	var b strings.Builder
next:
	for format != "" {
		if literal, rest, ok := strings.Cut(format, "]"); ok && strings.HasPrefix(literal, "[") {
			b.WriteString(literal[1:])
			format = rest
			continue
		}
		for _, t := range dateTokens {
			if rest, ok := strings.CutPrefix(format, t.token); ok {
				b.WriteString(t.format(date))
				format = rest
				continue next
			}
		}
		b.WriteByte(format[0])
		format = format[1:]
	}
	return b.String()
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
