package answer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content/answer"
)

func TestPassages(t *testing.T) {
	text := func(s string) answer.Passage { return answer.Passage{Text: s} }
	code := func(s string) answer.Passage { return answer.Passage{Text: s, Code: true} }
	for _, test := range []struct {
		raw  string
		want []answer.Passage
	}{
		{"What is a cell?", []answer.Passage{text("What is a cell?")}},
		{"What is `a` cell?", []answer.Passage{text("What is "), code("a"), text(" cell?")}},
		{"`a` and `b`", []answer.Passage{text(""), code("a"), text(" and "), code("b"), text("")}},
		{"What is *a* `a`?", []answer.Passage{text("What is a "), code("a"), text("?")}},
		{"Is `a<b` & *c* \"`<i>`\"?", []answer.Passage{text("Is "), code("a<b"), text(` & c "`), code("<i>"), text(`"?`)}},
		{"What is&nbsp;`a`?", []answer.Passage{text("What is "), code("a"), text("?")}},
		{"Is $x a$ an `a`?", []answer.Passage{text("Is x a an "), code("a"), text("?")}},
		{"Is $a$ `a`?", []answer.Passage{text("Is a "), code("a"), text("?")}},
		{"Is `a` in $a$, $b$ or $\\bad$ `a`?", []answer.Passage{text("Is "), code("a"), text(" in a, b or bad "), code("a"), text("?")}},
		{"$a$", []answer.Passage{text("a")}},
		{"", []answer.Passage{text("")}},
	} {
		title, err := renderer().Title(test.raw)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, title.Passages()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.raw, diff)
		}
	}
}
