package answer_test

import (
	"testing"

	"quicktakes/content/answer"
)

func TestMarkdown(t *testing.T) {
	for _, test := range []struct{ name, raw, want string }{
		{"formulas", `so $ x \neq 1 $:\n\[y\]`, "so $x \\neq 1$:\n$$y$$"},
		{"line after a list", `> 1. a\n>    - b\n>    Hence $c$.\nHence d.`, "> 1. a\n>    - b\n>\n>    Hence $c$.  \nHence d."},
		{"lines", `a\n**b** \n\n- c\nHence\nd`, "a  \n**b** \n\n- c\n\nHence  \nd"},
		{"formula over lines", `$x\n+ y$, $5\%\n+ z$`, "$x + y$, $5\\%\n+ z$"},
		{"wrapped lines", "a\nb\\nc", "a\nb\nc"},
	} {
		if got := answer.Markdown(test.raw); got != test.want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", test.name, test.raw, got, test.want)
		}
	}
}

func TestMathJax(t *testing.T) {
	got, err := answer.MathJax(`**a**\nb\n$$c$$\nd`)
	if want := "<p><strong>a</strong><br>\nb\n\\[c\\]\nd</p>\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
