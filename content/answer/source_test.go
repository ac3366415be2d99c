package answer_test

import (
	"testing"

	"quicktakes/content/answer"
)

func TestMarkdown(t *testing.T) {
	for _, test := range []struct{ name, raw, want string }{
		{"formulas", `so $ x \neq 1 $:\n\[y\]`, "so $x \\neq 1$:\n$$y$$"},
		{"line after a list", `> 1. a\n>    - b\n>    Hence $c$.\nHence d.`, "> 1. a\n>    - b\n>\n>    Hence $c$.\nHence d."},
	} {
		if got := answer.Markdown(test.raw); got != test.want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", test.name, test.raw, got, test.want)
		}
	}
}
