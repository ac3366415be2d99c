package answer_test

import (
	"testing"

	"quicktakes/content/answer"
)

func TestMathJax(t *testing.T) {
	for _, test := range []struct{ name, raw, want string }{
		{"lines", `**a**\nb\n$$c$$\nd`, "<p><strong>a</strong><br>\nb\n\\[c\\]\nd</p>\n"},
		{"images", `![a *b*\nc](/d.png) [![$e$](/f.png)](/g)`, "<p>a <em>b</em>\nc <a href=\"https://q.example/g\">\\(e\\)</a></p>\n"},
		{"text beside a formula", `so ($a < b$), then`, "<p>so (\\(a &lt; b\\)), then</p>\n"},
		{"formula that cannot be read", `$\bad$`, "<p>\\(\\bad\\)</p>\n"},
		{"headings keep their levels", `### $x$\n# y\n##### [a](/b)`, "<h3>\\(x\\)</h3>\n<h2>y</h2>\n<h5><a href=\"https://q.example/b\">a</a></h5>\n"},
		{"formula in code", "    cost $x$", `<div class="code"><pre class="chroma"><code translate="no">cost $x$</code></pre></div>` + "\n"},
		{"code without colours", "```go\\nvar x\\n```", `<div class="code" data-language="Go"><pre class="chroma"><code translate="no">var x</code></pre></div>` + "\n"},
		{"formula in addresses", `[a](/p?a=$b$) <https://x.example/$c$>`, `<p><a href="https://q.example/p?a=$b$">a</a> ` +
			`<a href="https://x.example/$c$" rel="nofollow noopener">https://x.example/$c$</a></p>` + "\n"},
		{"references to delimiters of formulas", `&#xE000;0&#xE001; &#xE000;7&#xE001; $x$`, "<p>\uFFFD0\uFFFD \uFFFD7\uFFFD \\(x\\)</p>\n"},
	} {
		if got := answer.MathJax(test.raw, "https://q.example"); got != test.want {
			t.Errorf("%s:\n%q\n got %q\nwant %q", test.name, test.raw, got, test.want)
		}
	}
}
