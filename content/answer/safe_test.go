package answer_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"quicktakes/content/answer"
)

// The only elements and attributes that an answer may hold. Nothing that runs,
// loads or styles is among them.
var (
	safeElements = wordSet(`html head body p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del
		a span div sub sup table thead tbody tr th td
		math semantics annotation mrow mi mn mo ms mtext mspace mpadded mphantom mfrac msqrt mroot msub msup
		msubsup mover munder munderover mmultiscripts mprescripts mtable mtr mtd mstyle menclose`)
	safeAttributes = wordSet(`id class href rel tabindex role aria-label data-language start scope translate
		accent accentunder columnspan depth display displaystyle encoding form height largeop linethickness
		lspace mathsize mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel stretchy
		symmetric voffset width`)
)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// checkSafe fails t if the HTML of an answer holds anything that is not known to
// be harmless.
func checkSafe(t *testing.T, text string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch n.Type {
		case html.CommentNode, html.DoctypeNode:
			t.Errorf("a comment or doctype: %q", n.Data)
		case html.ElementNode:
			if !safeElements[n.Data] {
				t.Errorf("element %s", n.Data)
			}
			for _, a := range n.Attr {
				if !safeAttributes[a.Key] {
					t.Errorf("attribute %s of %s", a.Key, n.Data)
				}
				if a.Key == "href" && !safeHref(a.Val) {
					t.Errorf("link to %q", a.Val)
				}
			}
		}
	}
}

func safeHref(href string) bool {
	u, err := url.Parse(href)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return true
	}
	if strings.HasPrefix(href, "#") && len(href) > 1 {
		return true
	}
	return u.Scheme == "" && strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") && !strings.Contains(href, `\`)
}

var hostile = []string{
	`<script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`,
	`<svg/onload=alert(1)>`,
	`<iframe src="javascript:alert(1)"></iframe>`,
	`<a href="javascript:alert(1)">x</a>`,
	`<style>*{display:none}</style>`,
	`<!--><script>alert(1)</script>-->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`</div></main><script>alert(1)</script>`,
	`</math><script>alert(1)</script>`,
	`[x](javascript:alert(1))`,
	`[x](JaVaScRiPt:alert(1))`,
	`[x](  javascript:alert(1))`,
	`[x](java` + "\t" + `script:alert(1))`,
	`[x](<java` + "\n" + `script:alert(1)>)`,
	`[x](&#106;avascript:alert(1))`,
	`[x](javascript&colon;alert(1))`,
	`[x](javascript&#x3A;alert(1))`,
	`[x](&#x01;javascript:alert(1))`,
	`[x](\javascript:alert(1))`,
	`[x](data:text/html;base64,PHNjcmlwdD4=)`,
	`[x](vbscript:msgbox(1))`,
	`[x](file:///etc/passwd)`,
	`[x](//evil.example)`,
	`[x](/\evil.example)`,
	`[x](\\evil.example)`,
	`[x](/` + "\t" + `/evil.example)`,
	`[x](http:evil) <http://"> [x](http://"/)`,
	`[x](https://example.org" onmouseover="alert(1))`,
	`[x](https://example.org/'"><script>alert(1)</script>)`,
	`[x](https://example.org "title\" onclick=\"alert(1)")`,
	`[x]: javascript:alert(1)` + "\n\n[x]",
	`<javascript:alert(1)>`,
	`<https://example.org/"onclick="alert(1)>`,
	`![x](javascript:alert(1))`,
	`![x"onerror="alert(1)](https://example.org/x.png)`,
	`[![x](https://example.org/a.png)](javascript:alert(1))`,
	"```\"><script>alert(1)</script>\nx\n```",
	"```python\" onclick=\"alert(1)\nx\n```",
	"```python\n</code></pre><script>alert(1)</script>\n```",
	"`</code><script>alert(1)</script>`",
	`<br><script>alert(1)</script> <br/onclick=alert(1)> <sub><img src=x onerror=alert(1)></sub> <sup>"><svg/onload=alert(1)></sup> <sub>&lt;script&gt;</sub>`,
	`# x {onclick=alert(1)}`,
	`# "><script>alert(1)</script>`,
	`| a |` + "\n|---|\n" + `| <script>alert(1)</script> |`,
	`$\href{javascript:alert(1)}{x}$`,
	`$\url{javascript:alert(1)}$`,
	`$\includegraphics{https://evil.example/x.png}$`,
	`$\htmlClass{x}{y}$ $\htmlId{main}{y}$ $\htmlStyle{position:fixed}{y}$ $\htmlData{a=b}{y}$`,
	`$\class{x}{y}$ $\id{main}{y}$ $\style{position:fixed}{y}$ $\data{a=b}{y}$`,
	`$\text{<script>alert(1)</script>}$`,
	`$\text{</annotation></semantics></math><script>alert(1)</script>}$`,
	`$</annotation><script>alert(1)</script>$`,
	`$x<img src=x onerror=alert(1)>$`,
	`$\color{red;background:url(https://evil.example)}{x}$`,
	`$\textcolor{#f00" onclick="alert(1)}{x}$`,
	`$\colorbox{red}{x}$`,
	`$\def\a{\a\a}\a$`,
	`$\unicode{x3c}script\unicode{x3e}$`,
	`$\char"3C script>$`,
	`$\rule{9999999em}{9999999em}$`,
	`$\hspace{999999em}x$ $\kern9999em x$`,
	`$\constructor$ $\__proto__$ $\toString$ $\hasOwnProperty{x}$`,
	"$x\x00y$ \x00 \xff\xfe",
	"\uE000" + `0` + "\uE001" + ` $x$ ` + "\uE000" + `9999999999999999999` + "\uE001 \uE000 \uE001",
	`&#xE000;0&#xE001; $x$`,
	`&#xE000;7&#xE001;`,
	"`\uE0000\uE001` $x$",
	`[$x$]($y$) [a](/$x$) <https://$x$.example>`,
	"    $indented$ code",
	"```$x$\n$y$\n```",
}

func TestHostileAnswers(t *testing.T) {
	r := renderer()
	for _, raw := range hostile {
		for _, raw := range []string{raw, "- " + raw, "> " + raw, "**" + raw + "**", "x " + raw + " y"} {
			got, err := r.Answer(raw)
			if err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
			checkSafe(t, got.HTML)
			mathJax, markdown := answer.MathJax(raw, ""), answer.Markdown(raw, "")
			checkSafe(t, mathJax)
			if strings.ContainsAny(got.HTML+got.Text+mathJax+markdown, "\uE000\uE001\x00") {
				t.Errorf("%q: a slot or NUL in %q, %q or %q", raw, got.HTML, mathJax, markdown)
			}
			title, err := r.Title(raw)
			if err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
			checkSafe(t, title.HTML)
			if strings.Contains(title.HTML, "<a ") || strings.Contains(title.HTML, "<p>") {
				t.Errorf("%q: title %q", raw, title.HTML)
			}
			if t.Failed() {
				t.Fatalf("%q gives\n%s", raw, got.HTML)
			}
		}
	}
}

// TestMassesTakeNoTime checks that four times as much of any input takes about four times as
// long, not sixteen times.
func TestMassesTakeNoTime(t *testing.T) {
	const (
		size  = 32 << 10
		noise = 500 * time.Millisecond
		tries = 3 // a busy machine may spoil one
	)
	r := renderer()
	took := func(raw string) time.Duration {
		start := time.Now()
		got, err := r.Answer(raw)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.HTML) > 100*len(raw) {
			t.Errorf("%.10q gives %d bytes", raw, len(got.HTML))
		}
		return time.Since(start)
	}
	for _, unit := range []string{
		"$", "$ ", "$a ", "$1 ", "$$", "$$a", "$a$", `$\frac{1}{2}$`, "$x^{", `$\begin{a}`, `\begin{align}`, `\begin{align}a=b\end{align}`, "$x=$1", "$x=$1 ", "a\\n---\\n", "{", `\(`, `\( `, `\[`, `\ $\(`, `\\[ \\(a\\) `, `\\( \\[a\\] `,
		"`", "` `` ", "a`b", "```", "```\\n", "``` a\\n", "~~~", "\"", `\`, `\n`, `\\n`, " ", "\t", "\n", "&", "&#", "&a",
		"*", "*a ", "1*2", "a*b ", "a**1 ", "a*b\\n", "a**b=", "**a ", "*a _b ", "*a~~b_c", "***a** ", "a**b", "__a", "_", "~", "~~a ",
		"[", "]", "[a]", "[a](", "[a](<", `[a](b "`, "[a](b \"\\n", "![", "![a](", "[a][", "[[a](b", "[a]: b\\n", "[a]: b\\n\\n", "[x]: <",
		"<", "<br>", "<sub>", "<sub>a</sub>", "<a ", "<a@b", "<http://a", "http://a", "www.", "a@", "a@b.c ", "https://x.y/(", "(",
		">", "> ", "> > ", "> - ", ">\\n", "- ", "- - ", "1. ", "1) ", "  - a\\n", "\\n> a", "\\n\\n- ", "\\n1. a", "\\n- [ ] ", "-\\n",
		"|", "|a|\\n", "| a |\\n|-|\\n", "|-", "\\n|-|\\n", "| $a|b$ ", "#", "# a\\n", "a\\n===\\n",
	} {
		var little, much time.Duration
		for range tries {
			little = took(strings.Repeat(unit, size/len(unit)))
			much = took(strings.Repeat(unit, 4*size/len(unit)))
			if much < 8*little+noise {
				break
			}
		}
		if much >= 8*little+noise {
			t.Errorf("%q takes %v, and %v for four times as much", unit, little, much)
		}
	}
}

// The lines return to two lists in turn, and each looks for the next item, which is far away.
func TestLinesOfItemsTakeNoTime(t *testing.T) {
	const maxTime = 10 * time.Second
	start := time.Now()
	got, err := renderer().Answer(`1. a\n   1. b\n` + strings.Repeat(`A\n   B\n`, 20_000) + `   2. c\n2. d`)
	if err != nil {
		t.Fatal(err)
	}
	if items := strings.Count(got.HTML, "<li>"); items != 4 {
		t.Errorf("%d items", items)
	}
	if took := time.Since(start); took > maxTime {
		t.Errorf("takes %v", took)
	}
}

func TestNestingTakesNoTime(t *testing.T) {
	const maxTime = 10 * time.Second
	r := renderer()
	for _, item := range []string{"- a", "> a", "1. a", "- > a"} {
		var raw strings.Builder
		for depth := range 300 {
			raw.WriteString(strings.Repeat("   ", depth) + item + `\n`)
		}
		start := time.Now()
		got, err := r.Answer(raw.String())
		if err != nil {
			t.Fatal(err)
		}
		checkSafe(t, got.HTML)
		if took := time.Since(start); took > maxTime {
			t.Errorf("%q takes %v", item, took)
		}
	}
}

func TestMebibyteOfDollars(t *testing.T) {
	r := renderer()
	if _, err := r.Answer(strings.Repeat("$", 1<<20)); err != nil {
		t.Fatal(err)
	}
}

func TestMuchCodeHasNoColours(t *testing.T) {
	r := renderer()
	block := "```c\\n" + strings.Repeat(`int a;\n`, 300) + "```\\n"
	got, err := r.Answer(strings.Repeat(block, 14))
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(got.HTML, `<div class="code"`)[1:]
	if len(blocks) != 14 || !strings.Contains(blocks[0], "<span") || strings.Contains(blocks[13], "<span") || !strings.Contains(blocks[13], "int a;") {
		t.Errorf("%d blocks, want 14: the first with colours, the last without", len(blocks))
	}
}

func TestPlainCodeLeavesColoursToOtherCode(t *testing.T) {
	got, err := renderer().Answer("```\\n" + strings.Repeat(`a b c\n`, 1000) + "```\\n\\n```c\\nint a;\\n```")
	if err != nil {
		t.Fatal(err)
	}
	if !got.HasCode || !strings.Contains(got.HTML, "<span") {
		t.Errorf("the code in C has no colours: %s", got.HTML[max(0, len(got.HTML)-200):])
	}
}

// The rules that colour code look ahead across lines: so many lines would take minutes.
func TestManyLinesHaveNoColours(t *testing.T) {
	r := renderer()
	for _, test := range []struct {
		line string
		want bool // colours
	}{{"int a;", true}, {"a", false}, {"", false}} {
		lines := 100
		if !test.want {
			lines = 5000
		}
		got, err := r.Answer("```java\\n" + strings.Repeat(test.line+`\n`, lines) + "int a;\\n```")
		if err != nil {
			t.Fatal(err)
		}
		if has := strings.Contains(got.HTML, "<span class=\"k"); has != test.want {
			t.Errorf("%d lines of %q are coloured: %t", lines, test.line, has)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	r := renderer()
	for _, raw := range hostile {
		f.Add(raw)
	}
	for _, post := range difficultPosts(f) {
		f.Add(post.raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := r.Answer(raw)
		if err != nil {
			t.Fatal(err)
		}
		mathJax, markdown := answer.MathJax(raw, ""), answer.Markdown(raw, "")
		checkSafe(t, got.HTML)
		checkSafe(t, mathJax)
		if strings.ContainsAny(got.HTML+got.Text+mathJax+markdown, "\uE000\uE001") {
			t.Errorf("a slot in %q, %q or %q", got.HTML, mathJax, markdown)
		}
		title, err := r.Title(raw)
		if err != nil {
			t.Fatal(err)
		}
		checkSafe(t, title.HTML)
		if s := answer.Summary(got.Text, 160); len([]rune(s)) > 160 {
			t.Errorf("summary of %d characters", len([]rune(s)))
		}
	})
}

// Each row of a table gets a cell for every column: a megabyte of short rows would fill the
// memory of any machine.
func TestWideTableOfShortRows(t *testing.T) {
	r := renderer()
	const columns, rows = 5_000, 20_000
	got, err := r.Answer(strings.Repeat("|a", columns) + `|\n` + strings.Repeat("|-", columns) + `|\n` + strings.Repeat(`|b|\n`, rows))
	if err != nil {
		t.Fatal(err)
	}
	if cells := strings.Count(got.HTML, "<td"); cells > 1<<18 {
		t.Errorf("%d cells", cells)
	}
}
