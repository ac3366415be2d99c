package answer_test

import (
	"regexp"
	"strings"
	"testing"

	"quicktakes/content/answer"
)

func TestMarkdown(t *testing.T) {
	for _, test := range []struct{ name, raw, want string }{
		{"line breaks", `### A\n\n- b\n- c`, "### A\n\n- b\n- c"},
		{"formulas", `\(a\), $b$, \[c\] and $$d$$`, `$a$, $b$, $$c$$ and $$d$$`},
		{"a formula of several lines", `So\n\n$$\na = 1 \\\n  b = 2\n\n\nc = 3\n$$\n\nand on.`, "So\n\n$$a = 1 \\\\ b = 2 c = 3$$\n\nand on."},
		{"a formula in the text over a line's end", `is $x =\n  2$ so`, `is $x = 2$ so`},
		{"comments end with their lines", `$$a % the first\n= 5\% % the second\n= b$$`, `$$a = 5\% = b$$`},
		{"money", `It costs $5 to \$10, $x$ dollars or **US$ 7**.\n\n| $1 |\n|--|\n| 2$ |`, "It costs \\$5 to \\$10, $x$ dollars or **US\\$ 7**.\n\n| \\$1 |\n|--|\n| 2\\$ |"},
		{"dollars after backslashes", `\\$5 and \\\$6`, `\\\$5 and \\\$6`},
		{"dollars in code", "`$5` for $5\n\n```sh\necho $5 $6\n```\n\n    $7", "`$5` for \\$5\n\n```sh\necho $5 $6\n```\n\n    $7"},
		{"dollars in addresses", `[at $5](https://a.example/$5), <https://b.example/$6>, https://c.example/$7`, `[at \$5](https://a.example/$5), <https://b.example/$6>, https://c.example/$7`},
		{"dollars in a label", `See [the $5 bill].\n\n[the $5 bill]: https://a.example`, "See [the $5 bill].\n\n[the $5 bill]: https://a.example"},
		{"a comment within one line", `$a % b$`, `$a % b$`},
	} {
		if got := answer.Markdown(test.raw); got != test.want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", test.name, test.raw, got, test.want)
		}
	}
}

func TestMarkdownTitle(t *testing.T) {
	const want = `Is $x = 5$ worth \$5?`
	if got := answer.MarkdownTitle(`Is \(x\n = 5\) worth $5?`); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

var (
	annotation = regexp.MustCompile(`(?s)<annotation.*?</annotation>`)
	whiteSpace = regexp.MustCompile(`\s+`)
	// A block of a formula, as remark-math and others have it, begins with $$ on a line
	// that has no other.
	openBlock = regexp.MustCompile(`(?m)^[ \t]*\$\$[^$\n]*$`)
)

// The Markdown of an answer is read here as the answer is, and no formula of it opens a
// block for other programs.
func TestMarkdownOfSamplePosts(t *testing.T) {
	r := renderer()
	html := func(raw string) string {
		got, err := r.Answer(raw)
		if err != nil {
			t.Fatal(err)
		}
		return whiteSpace.ReplaceAllString(annotation.ReplaceAllString(got.HTML, ""), " ")
	}
	for name, raw := range sampleAnswers(t) {
		markdown := answer.Markdown(raw)
		if again := answer.Markdown(markdown); again != markdown {
			t.Errorf("%s: the Markdown of the Markdown is\n%s\nwant\n%s", name, again, markdown)
		}
		if got, want := html(markdown), html(raw); got != want {
			t.Errorf("%s: the Markdown reads as\n%s\nwant\n%s", name, got, want)
		}
		if open := openBlock.FindString(markdown); open != "" && !strings.Contains(raw, "`") {
			t.Errorf("%s: %q opens a block", name, open)
		}
	}
}
