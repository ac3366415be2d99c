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
		{"links", "[a](/learn) [*b* `](/x)`](</a> \"/t\") [c]( /c?d=e) ![d](/d.png) [![e](/e.png) $5](/f) <https://g.example/> [](/g)",
			"[a](https://q.example/learn) [*b* `](/x)`](<https://q.example/a> \"/t\") [c]( https://q.example/c?d=e) ![d](/d.png) [![e](/e.png) \\$5](https://q.example/f) <https://g.example/> [](https://q.example/g)"},
		{"links to elsewhere", `[a](https://a.example/) [b](//b.example) [c](mailto:c@d.example) [d](#e) [f](g/h)`, `[a](https://a.example/) [b](//b.example) [c](mailto:c@d.example) [d](#e) [f](g/h)`},
		{"links by reference", "See [one][1], ![two][2] and [two].\n\n```\n[two]: /code\n```\n\n[1]: /learn\n[two]: </topics>\n\n> [2]: /d.png\n\nThat is $5.",
			"See [one][1], ![two][2] and [two].\n\n```\n[two]: /code\n```\n\n[1]: https://q.example/learn\n[two]: <https://q.example/topics>\n\n> [2]: https://q.example/d.png\n\nThat is \\$5."},
		{"no links", "`[a](/b)` \\[c](/d) [e] (/f)\n\n    [g](/h)", "`[a](/b)` \\[c](/d) [e] (/f)\n\n    [g](/h)"},
		{"a comment within one line", `$a % b$`, `$a % b$`},
		{"line after a list", `> 1. a\n>    - b\n>    Hence $c$.\nHence d for $5.`, "> 1. a\n>    - b\n>\n>    Hence $c$.  \nHence d for \\$5."},
		{"lines", `a\n**b** \n\n- c\nHence\nd`, "a  \n**b** \n\n- c\n\nHence  \nd"},
		{"products", `2*3*4, n**2 + n**3, a*b*c, ~5~ and **b** in ` + "`2*3`", `2\*3\*4, n\*\*2 + n\*\*3, a\*b\*c, \~5\~ and **b** in ` + "`2*3`"},
		{"rule right below text", `a\n---\n> b\n> ---\n> c`, "a\n\n---\n> b\n>\n> ---\n> c"},
		{"tags", `a<br>b<br>\nc H<sub>2</sub>O`, "a<br>b<br>\nc H<sub>2</sub>O"},
		{"environment without dollars", `\begin{align}\na &= 1 \\\nb &= 2\n\end{align}`, `$$\begin{align} a &= 1 \\ b &= 2 \end{align}$$`},
		{"amount in a formula", `$P = $20$`, `$P = \$20$`},
		{"wrapped lines", "a\nb\\nc", "a\nb\nc"},
		{"wrapped Chinese", "酵\n素\\n蛋", "酵\n素\n蛋"},
	} {
		if got := answer.Markdown(test.raw, "https://q.example"); got != test.want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", test.name, test.raw, got, test.want)
		}
	}
}

func TestMarkdownTitle(t *testing.T) {
	const want = `Is $x = 5$ worth \$5? 酵素`
	if got := answer.MarkdownTitle(`Is \(x\n = 5\) worth $5? 酵\n素`, ""); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

var (
	annotation = regexp.MustCompile(`(?s)<annotation.*?</annotation>`)
	// A list that becomes loose in the Markdown for other programs has the same items.
	looseness = regexp.MustCompile(`</?p>|\s+`)
	// In remark-math and others, a formula block opens with $$ on a line without another
	// dollar.
	openBlock = regexp.MustCompile(`(?m)^[ \t]*\$\$[^$\n]*$`)
)

// The Markdown of an answer renders like the answer itself, and none of its formulas opens a
// block in other programs.
func TestMarkdownOfSamplePosts(t *testing.T) {
	r := renderer()
	read := func(raw string) (html, text string) {
		got, err := r.Answer(raw)
		if err != nil {
			t.Fatal(err)
		}
		return looseness.ReplaceAllString(annotation.ReplaceAllString(got.HTML, ""), ""), got.Text
	}
	for name, raw := range sampleAnswers(t) {
		markdown := answer.Markdown(raw, "")
		if again := answer.Markdown(markdown, ""); again != markdown {
			t.Errorf("%s: the Markdown of the Markdown is\n%s\nwant\n%s", name, again, markdown)
		}
		html, text := read(markdown)
		if wantHTML, wantText := read(raw); html != wantHTML || text != wantText {
			t.Errorf("%s: the Markdown reads as\n%s\n%s\nwant\n%s\n%s", name, html, text, wantHTML, wantText)
		}
		if open := openBlock.FindString(markdown); open != "" && !strings.Contains(raw, "`") {
			t.Errorf("%s: %q opens a block", name, open)
		}
	}
}

// FuzzMarkdown checks that nothing of an answer is lost.
func FuzzMarkdown(f *testing.F) {
	f.Add("[a $5](/b) ![c](/d) [e]: /f $x$ `$`")
	f.Add("[a]: /b\n\n> [c]: </d> '$'\n\n[![a](/e)](/f)")
	without := strings.NewReplacer(`\$`, "$", "https://q.example", "")
	f.Fuzz(func(t *testing.T, raw string) {
		if strings.ContainsAny(raw, "%\n\r") || strings.Contains(raw, `\n`) { // lines of formulas become one
			return
		}
		plain, portable := answer.Markdown(raw, ""), answer.Markdown(raw, "https://q.example")
		if without.Replace(portable) != without.Replace(plain) {
			t.Errorf("%q became %q", raw, portable)
		}
	})
}
