package answer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"quicktakes/content/answer"
)

func TestAnswerHTML(t *testing.T) {
	r := renderer()
	for _, test := range []struct{ name, raw, want string }{
		{"nothing", ``, ``},
		{"heading", `### Key *ideas*`, `<h2 id="Key_ideas"><a href="#Key_ideas">Key <em>ideas</em></a></h2>` + "\n"},
		{"heading with a link", `### See [a](/learn/a)`, `<h2 id="See_a">See <a href="/learn/a">a</a></h2>` + "\n"},
		{"heading without words", `###\n\n### ![](a.png)\n\nb`, "<p>b</p>\n"},
		{"list", `- a\n- b`, "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
		{"list from three", `3. a`, "<ol start=\"3\">\n<li>a</li>\n</ol>\n"},
		{"loose list", `- a\n\n- b`, "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"},
		{"line after a list in a list", `1. a:\n   - b\n   - c\n   They matter.\n2. d`,
			"<ol>\n<li>a:\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\nThey matter.</li>\n<li>d</li>\n</ol>\n"},
		{"line after a list", `- a\n- b\n**In all**, c.`, "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p><strong>In all</strong>, c.</p>\n"},
		{"line at the margin after a list in a list", `1. a\n   - b\nHence c.\n\n2. d`,
			"<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>\n<p>Hence c.</p>\n<ol start=\"2\">\n<li>d</li>\n</ol>\n"},
		{"line that introduces the next list", `- a\n**The others**\n- b`,
			"<ul>\n<li>a</li>\n</ul>\n<p><strong>The others</strong></p>\n<ul>\n<li>b</li>\n</ul>\n"},
		{"line after a list in a quotation", `> - a\n> Hence b.`, "<blockquote><ul>\n<li>a</li>\n</ul>\n<p>Hence b.</p>\n</blockquote>\n"},
		{"lines of items", `1. **A**\nIt is a.\n\n2. **B**\nIt is b.`,
			"<ol>\n<li><p><strong>A</strong><br>\nIt is a.</p>\n</li>\n<li><p><strong>B</strong><br>\nIt is b.</p>\n</li>\n</ol>\n"},
		{"lines of an item with a colon", `- **A:**\nIt is a.\nIt is b.`, "<ul>\n<li><strong>A:</strong><br>\nIt is a.<br>\nIt is b.</li>\n</ul>\n"},
		{"lines of numbered items", `1. a\nB is c.\nD is e.\n2. f\nG is h.\n3. i`,
			"<ol>\n<li>a<br>\nB is c.<br>\nD is e.</li>\n<li>f<br>\nG is h.</li>\n<li>i</li>\n</ol>\n"},
		{"lines of numbered items in a quotation", `> 1. a\n> B is c.\n> D is e.\n> 2. f\n>\n> G`,
			"<blockquote><ol>\n<li>a<br>\nB is c.<br>\nD is e.</li>\n<li>f</li>\n</ol>\n<p>G</p>\n</blockquote>\n"},
		{"line of a numbered item that introduces a line", `1. a\n**So:**\nB is c.\n2. d`, "<ol>\n<li>a<br>\n<strong>So:</strong><br>\nB is c.</li>\n<li>d</li>\n</ol>\n"},
		{"lines of a numbered item in an item", `- a\n  1. b\n  C is d.\n  2. e\n- f`, "<ul>\n<li>a\n<ol>\n<li>b<br>\nC is d.</li>\n<li>e</li>\n</ol>\n</li>\n<li>f</li>\n</ul>\n"},
		{"line after a numbered list in a numbered list", `1. a\n   1. b\n   C is d.\n2. e`, "<ol>\n<li>a\n<ol>\n<li>b</li>\n</ol>\nC is d.</li>\n<li>e</li>\n</ol>\n"},
		{"line at the margin between items", `1. a\n   - b\nC is d.\n2. e\n3. f`, "<ol>\n<li>a\n<ul>\n<li>b<br>\nC is d.</li>\n</ul>\n</li>\n<li>e</li>\n<li>f</li>\n</ol>\n"},
		{"lines between a list and one of bullets", `1. a\nB is c.\nD is e.\n- f`, "<ol>\n<li>a</li>\n</ol>\n<p>B is c.<br>\nD is e.</p>\n<ul>\n<li>f</li>\n</ul>\n"},
		{"lines of items that blank lines part", `1. **A**\nIt is a.\nIt is b.\n\n2. **C**`,
			"<ol>\n<li><p><strong>A</strong><br>\nIt is a.<br>\nIt is b.</p>\n</li>\n<li><p><strong>C</strong></p>\n</li>\n</ol>\n"},
		{"lines of bullets", `- a\nB is c.\nD is e.\n- f`, "<ul>\n<li>a<br>\nB is c.<br>\nD is e.</li>\n<li>f</li>\n</ul>\n"},
		{"lines that introduce the next bullets", `- a\nB is c.\n**The others**\n- d`, "<ul>\n<li>a</li>\n</ul>\n<p>B is c.<br>\n<strong>The others</strong></p>\n<ul>\n<li>d</li>\n</ul>\n"},
		{"line that goes on", `- a\nand b`, "<ul>\n<li>a<br>\nand b</li>\n</ul>\n"},
		{"line of a quotation", `> a\nHence b`, "<blockquote><p>a<br>\nHence b</p>\n</blockquote>\n"},
		{"wrapped item", "- a\nHence b", "<ul>\n<li>a\nHence b</li>\n</ul>\n"},
		{"answer before a wrapped body", "- a\\nHence b\n\n* c\nHence d", "<ul>\n<li>a</li>\n</ul>\n<p>Hence b</p>\n<ul>\n<li>c\nHence d</li>\n</ul>\n"},
		{"wrapped body after code", "```\\nx\\n```\n- c\nHence d", `<div class="code"><pre class="chroma" tabindex="0" role="group" aria-label="Code"><code translate="no">x</code></pre></div>` + "\n<ul>\n<li>c\nHence d</li>\n</ul>\n"},
		{"lines of a paragraph", `Q: *How?*\nA: **So.**\n• one\n` + "`two`", "<p>Q: <em>How?</em><br>\nA: <strong>So.</strong><br>\n• one<br>\n<code translate=\"no\">two</code></p>\n"},
		{"lines of a heading", `a\nb\n===`, `<h2 id="A_b"><a href="#A_b">a` + "\nb</a></h2>\n"},
		{"lines around code and a table", "a\\n```\\nb\\nc\\n```\\nd\\n| e |\\n|---|", "<p>a</p>\n" + `<div class="code"><pre class="chroma" tabindex="0" role="group" aria-label="Code"><code translate="no">b` + "\nc</code></pre></div>\n<p>d</p>\n" +
			`<div class="table" tabindex="0" role="group" aria-label="Table"><table>` + "\n<thead>\n" + `<tr><th scope="col">e</th></tr>` + "\n</thead>\n</table></div>\n"},
		{"wrapped paragraph", "a\nb\\nc", "<p>a\nb\nc</p>\n"},
		{"wrapped Chinese and Japanese", "酵素是\n蛋白質。 \n它**很**\n「快」，\n**也**\n`可`\n逆\nABC\n其。\n\n> これは\n> [本](/a)\n> です", "<p>酵素是蛋白質。它<strong>很</strong>「快」，<strong>也</strong><code translate=\"no\">可</code>逆\nABC\n其。</p>\n<blockquote><p>これは<a href=\"/a\">本</a>です</p>\n</blockquote>\n"},
		{"wrapped Korean, emoji and tags", "효소는\n단백질\n蛋\n😀\n白<br>\n質", "<p>효소는\n단백질\n蛋\n😀\n白<br>\n質</p>\n"},
		{"list as Japanese type it", "説明：\n・中黒\n・もう\n一つ\n＊星", "<p>説明：\n・中黒\n・もう一つ\n＊星</p>\n"},
		{"lines of Chinese", `酵素\n蛋白`, "<p>酵素<br>\n蛋白</p>\n"},
		{"wrapped heading in Chinese", "酵素\n蛋白\n===", `<h2 id="酵素蛋白"><a href="#酵素蛋白">酵素蛋白</a></h2>` + "\n"},
		{"HTML is text", `<b>x</b> & <!-- y -->`, "<p>&lt;b&gt;x&lt;/b&gt; &amp; &lt;!-- y --&gt;</p>\n"},
		{"HTML block is text", `<div>\nx\n</div>`, "<p>&lt;div&gt;<br>\nx<br>\n&lt;/div&gt;</p>\n"},
		{"parts to unfold", `a\n<details>\n<summary>The *proof*</summary>\n\nb\n\n- c\n  <details open><summary><b>d</b></summary>\n  e\n  </details>\n</details>\nf`,
			"<p>a</p>\n<p><strong>The <em>proof</em></strong></p>\n<p>b</p>\n<ul>\n<li>c\n<p><strong>d</strong></p>\ne\n</li>\n</ul>\n<p>f</p>\n"},
		{"summary on a line of its own", `<details>\n<summary>\nThe *proof*\n</summary>\n\nb\n</details>\n\n> <details open>\n> <summary>\n> <b>c</b>\n> </summary>\n> d\n> </details>`,
			"<p><strong>The <em>proof</em></strong></p>\n<p>b</p>\n<blockquote><p><strong>c</strong></p>\n<p>d</p>\n</blockquote>\n"},
		{"summary outside of its quotation", `> <details>\n> <summary>\na\n</summary>\n</details>\n\n> <details>\n> <summary>\n> b\n</summary>\n</details>`,
			"<blockquote></blockquote>\n<p>a<br>\n&lt;/summary&gt;</p>\n<blockquote><p><strong>b</strong></p>\n</blockquote>\n<p>&lt;/summary&gt;</p>\n"},
		{"summary that does not end", `<details>\n<summary>\na\n\nb\n</summary>\n<summary>\n</summary>\n</details>`,
			"<p>&lt;summary&gt;<br>\na</p>\n<p>b<br>\n&lt;/summary&gt;<br>\n&lt;summary&gt;<br>\n&lt;/summary&gt;</p>\n"},
		{"tags of parts that are not to unfold", `<summary>b</summary>\n\nThe <details> tag\n</details>\n\n<details>\na`,
			"<p>&lt;summary&gt;b&lt;/summary&gt;</p>\n<p>The &lt;details&gt; tag<br>\n&lt;/details&gt;</p>\n<p>&lt;details&gt;<br>\na</p>\n"},
		{"references", `&copy; &#960; &#x41; &bogus; &`, "<p>© π A &amp;bogus; &amp;</p>\n"},
		{"escapes", `\*a\* \# \\`, "<p>*a* # \\</p>\n"},
		{"hard break", `a  \nb`, "<p>a<br>\nb</p>\n"},
		{"site link", `[a](/learn/x)`, `<p><a href="/learn/x">a</a></p>` + "\n"},
		{"references to characters for private use", `a&#xE000;&#xE002;&#xF8FF;b`, "<p>a\uFFFD\uFFFD\uFFFDb</p>\n"},
		{"other site", `[a](https://x.y/?a=1&b=2)`, `<p><a href="https://x.y/?a=1&amp;b=2" rel="nofollow noopener">a</a></p>` + "\n"},
		{"bold without spaces", `これは**「重要」**です。また**注意：**初級者は**必ず**読む。`,
			"<p>これは<strong>「重要」</strong>です。また<strong>注意：</strong>初級者は<strong>必ず</strong>読む。</p>\n"},
		{"emphasis without spaces", `我可以强调*（x）*吗？이 용어*(This term)*를`, "<p>我可以强调<em>（x）</em>吗？이 용어<em>(This term)</em>를</p>\n"},
		{"bold in Latin letters next to others", `"ser"**"estar"**です**(x)**`, "<p>&#34;ser&#34;<strong>&#34;estar&#34;</strong>です<strong>(x)</strong></p>\n"},
		{"asterisks between spaces", `日本 ** 語 ** です。`, "<p>日本 ** 語 ** です。</p>\n"},
		{"asterisks next to Latin letters and emoji", `a**"b"**c 😀**"d"**😀e**😀**f`,
			"<p>a**&#34;b&#34;<strong>c 😀</strong>&#34;d&#34;<strong>😀e</strong>😀**f</p>\n"},
		{"refused link", `[**a**](javascript:b)`, "<p><strong>a</strong></p>\n"},
		{"mail", `<a@b.example>`, `<p><a href="mailto:a@b.example">a@b.example</a></p>` + "\n"},
		{"bare address with http", `http://x.example`, `<p><a href="http://x.example" rel="nofollow noopener">http://x.example</a></p>` + "\n"},
		{"bare address with https", `https://x.example`, `<p><a href="https://x.example" rel="nofollow noopener">https://x.example</a></p>` + "\n"},
		{"bare mail", `a@b.example`, `<p><a href="mailto:a@b.example">a@b.example</a></p>` + "\n"},
		{"bare address", `www.x.example`, `<p><a href="http://www.x.example" rel="nofollow noopener">www.x.example</a></p>` + "\n"},
		{"image", `![A *cell*](https://x.y/z.png)`, "<p>A <em>cell</em></p>\n"},
		{"lines of an image", `![a\nb](/c.png)`, "<p>a\nb</p>\n"},
		{"linked image", `[![a](https://x.y/z.png)](https://x.y)`, `<p><a href="https://x.y" rel="nofollow noopener">a</a></p>` + "\n"},
		{"tasks", `- [x] a\n- [ ] b`, "<ul>\n<li><span role=\"img\" aria-label=\"Done\">☑</span> a</li>\n<li><span role=\"img\" aria-label=\"To do\">☐</span> b</li>\n</ul>\n"},
		{"table", `| | b |\n|:-:|--:|\n| 1 | 2 |`, `<div class="table" tabindex="0" role="group" aria-label="Table"><table>` + "\n<thead>\n" +
			`<tr><td class="center"></td><th scope="col" class="right">b</th></tr>` + "\n</thead>\n<tbody>\n" +
			`<tr><td class="center">1</td><td class="right">2</td></tr>` + "\n</tbody>\n</table></div>\n"},
		{"bar in code in a table", "| a | b |\\n|---|---|\\n| OR | `5 | 3` gives 7 |", `<div class="table" tabindex="0" role="group" aria-label="Table"><table>` + "\n<thead>\n" +
			`<tr><th scope="col">a</th><th scope="col">b</th></tr>` + "\n</thead>\n<tbody>\n" +
			`<tr><td>OR</td><td><code translate="no">5 | 3</code> gives 7</td></tr>` + "\n</tbody>\n</table></div>\n"},
		{"bar in code in a table without outer bars", "a | `x|y`\\n---|---\\n`5 | 3` | gives 7\\n`p|q`", `<div class="table" tabindex="0" role="group" aria-label="Table"><table>` + "\n<thead>\n" +
			`<tr><th scope="col">a</th><th scope="col"><code translate="no">x|y</code></th></tr>` + "\n</thead>\n<tbody>\n" +
			`<tr><td><code translate="no">5 | 3</code></td><td>gives 7</td></tr>` + "\n" +
			`<tr><td><code translate="no">p|q</code></td><td></td></tr>` + "\n</tbody>\n</table></div>\n"},
		{"bars in code that is in no table", "- a | b\\n- `c|d`\\n\\ne | f\\n---|---\\n\\n`g|h`", "<ul>\n<li>a | b</li>\n<li><code translate=\"no\">c|d</code></li>\n</ul>\n" +
			`<div class="table" tabindex="0" role="group" aria-label="Table"><table>` + "\n<thead>\n" + `<tr><th scope="col">e</th><th scope="col">f</th></tr>` + "\n</thead>\n</table></div>\n<p><code translate=\"no\">g|h</code></p>\n"},
		{"code", "```python\\nx = \"a\"\\n```", `<div class="code" data-language="Python"><pre class="chroma" tabindex="0" role="group" aria-label="Python code"><code translate="no">` +
			`x = <span class="s">&#34;a&#34;</span></code></pre></div>` + "\n"},
		{"code in a language of another name", "```Py title=a\\nx = 1\\n```", `<div class="code" data-language="Python"><pre class="chroma" tabindex="0" role="group" aria-label="Python code"><code translate="no">` +
			`x = <span class="m">1</span></code></pre></div>` + "\n"},
		{"code in a language that is not known", "```zig\\nx = 1\\n```", `<div class="code"><pre class="chroma" tabindex="0" role="group" aria-label="Code"><code translate="no">x = 1</code></pre></div>` + "\n"},
		{"code without language", "```\\na < b\\n```", `<div class="code"><pre class="chroma" tabindex="0" role="group" aria-label="Code"><code translate="no">a &lt; b</code></pre></div>` + "\n"},
		{"inline code", "`a\\n<b>`", `<p><code translate="no">a\n&lt;b&gt;</code></p>` + "\n"},
		{"products of numbers", `det(A) = 1(5*9 - 6*8) - 2(4*9 - 6*7) and 2*3*4`, "<p>det(A) = 1(5*9 - 6*8) - 2(4*9 - 6*7) and 2*3*4</p>\n"},
		{"products between pointers", `**kwargs and *args, a*b*c`, "<p>**kwargs and *args, a*b*c</p>\n"},
		{"powers", `2**3 is 8 and 2**10, n**2 + n**3, n**2 is odd and n**k, **kwargs and 2**10`, "<p>2**3 is 8 and 2**10, n**2 + n**3, n**2 is odd and n**k, **kwargs and 2**10</p>\n"},
		{"products of names", `O(n*m), a*b*c, length*width + length*height and A[i*j]`, "<p>O(n*m), a*b*c, length*width + length*height and A[i*j]</p>\n"},
		{"products of numbers and names", `R - 4*R1 and z* is 2*(l*w + l*h) or x*2 in all*`, "<p>R - 4*R1 and z* is 2*(l*w + l*h) or x*2 in all*</p>\n"},
		{"products of brackets", `(E/V)*Re + (D/V)*Rd*(1-T), 6%*(1-T)*(x), A[1]*x + A[2]*y`, "<p>(E/V)*Re + (D/V)*Rd*(1-T), 6%*(1-T)*(x), A[1]*x + A[2]*y</p>\n"},
		{"products on two lines", `rate*time\nmass*speed`, "<p>rate*time<br>\nmass*speed</p>\n"},
		{"emphasis of parts of words", `habl**o**, *hab*lo, ha*bl*o, CO**2**, H**2**O, Δ*F508*, Δ*F*, *a*b, 5**th** of`,
			"<p>habl<strong>o</strong>, <em>hab</em>lo, ha<em>bl</em>o, CO<strong>2</strong>, H<strong>2</strong>O, Δ<em>F508</em>, Δ<em>F</em>, <em>a</em>b, 5<strong>th</strong> of</p>\n"},
		{"emphasis without spaces", `**Step 2**text (**a**) 2.**Bold** is**so much**more *Homo*(man) **f(x)**(note)`,
			"<p><strong>Step 2</strong>text (<strong>a</strong>) 2.<strong>Bold</strong> is<strong>so much</strong>more <em>Homo</em>(man) <strong>f(x)</strong>(note)</p>\n"},
		{"emphasis of phrases without spaces", `The**13th Amendment**ended in*Texas v. Johnson*(1989), and**an act of 1882**began`,
			"<p>The<strong>13th Amendment</strong>ended in<em>Texas v. Johnson</em>(1989), and<strong>an act of 1882</strong>began</p>\n"},
		{"emphasis of numbers", `**5** *x* **2*3 = 6** *5 + 6* 增加**5**倍`, "<p><strong>5</strong> <em>x</em> <strong>2*3 = 6</strong> <em>5 + 6</em> 增加<strong>5</strong>倍</p>\n"},
		{"products in emphasis", `*Note that 2*x is even* and *so is x*2* or **2*n too**, **vitamin B*12**`,
			"<p><em>Note that 2*x is even</em> and <em>so is x*2</em> or <strong>2*n too</strong>, <strong>vitamin B*12</strong></p>\n"},
		{"emphasis of names behind numbers", `2*x* + 3*y*, (4*z*) and 5*n*k, 2*x*3, 6*y*(7)`,
			"<p>2<em>x</em> + 3<em>y</em>, (4<em>z</em>) and 5*n*k, 2*x*3, 6*y*(7)</p>\n"},
		{"emphasis that ends in a number", `*Apollo 13*was, the *1980*s, *E. coli*2, *2*x`,
			"<p><em>Apollo 13</em>was, the <em>1980</em>s, <em>E. coli</em>2, <em>2</em>x</p>\n"},
		{"emphasis of phrases that end in a number", `the *early 1980*s were, *approx. 5*m apart from *others*, **so** *F = 5*x too`,
			"<p>the <em>early 1980</em>s were, <em>approx. 5</em>m apart from <em>others</em>, <strong>so</strong> <em>F = 5</em>x too</p>\n"},
		{"products and emphasis in emphasis", `*Note that 2*x and 3*y are even* and *that 2*x is **so***`,
			"<p><em>Note that 2*x and 3*y are even</em> and <em>that 2*x is <strong>so</strong></em></p>\n"},
		{"ranges with tildes", `7~14 days, 3~5 days and ~~gone~~`, "<p>7~14 days, 3~5 days and <del>gone</del></p>\n"},
		{"strikethrough without spaces", `這是~~錯~~的，也是~~「錯誤」~~的。これは~~間違い。~~です、a~~"b"~~c`,
			"<p>這是<del>錯</del>的，也是<del>「錯誤」</del>的。これは<del>間違い。</del>です、a~~&#34;b&#34;~~c</p>\n"},
		{"rule right below text", `It is a.\n---\n- b\n  ---\n> c\n> ---\n> d`, "<p>It is a.</p>\n<hr>\n<ul>\n<li>b\n<hr>\n</li>\n</ul>\n<blockquote><p>c</p>\n<hr>\n<p>d</p>\n</blockquote>\n"},
		{"line right below text", `A\n----\nB\n===`, `<h2 id="A"><a href="#A">A</a></h2>` + "\n" + `<h2 id="B"><a href="#B">B</a></h2>` + "\n"},
		{"line breaks in cells", `| a<br>b |\n|--|\n| - c <br/> d<BR />e |`, `<div class="table" tabindex="0" role="group" aria-label="Table"><table>` + "\n<thead>\n" +
			`<tr><th scope="col">a<br>` + "\nb</th></tr>\n</thead>\n<tbody>\n<tr><td>- c <br>\nd<br>\ne</td></tr>\n</tbody>\n</table></div>\n"},
		{"line breaks in words", `a<br>b <br>\nc, **d<br>e**`, "<p>a<br>\nb <br>\nc, <strong>d<br>\ne</strong></p>\n"},
		{"tags that are mentioned", "The <br> tag, `<br>`, <br class=\"a\"> and the <sub> tag.", "<p>The &lt;br&gt; tag, <code translate=\"no\">&lt;br&gt;</code>, &lt;br class=&#34;a&#34;&gt; and the &lt;sub&gt; tag.</p>\n"},
		{"subscripts and superscripts", `**H<sub>2</sub>SO<sub>4</sub>** and SO<sub>4</sub><sup>2-</sup>, x<sup>*</sup>`,
			"<p><strong>H<sub>2</sub>SO<sub>4</sub></strong> and SO<sub>4</sub><sup>2-</sup>, x<sup>*</sup></p>\n"},
		{"tags that are text", `<sub>a</sup> <sub id="x">b</sub> <sup>c\n</sup> <sup>[1](/learn)</sup> std::vector<int>`,
			"<p>&lt;sub&gt;a&lt;/sup&gt; &lt;sub id=&#34;x&#34;&gt;b&lt;/sub&gt; &lt;sup&gt;c<br>\n&lt;/sup&gt; &lt;sup&gt;<a href=\"/learn\">1</a>&lt;/sup&gt; std::vector&lt;int&gt;</p>\n"},
		{"formula in code of four spaces", `    cost $x$`, `<div class="code"><pre class="chroma" tabindex="0" role="group" aria-label="Code"><code translate="no">cost $x$</code></pre></div>` + "\n"},
	} {
		got, err := r.Answer(test.raw)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if got.HTML != test.want {
			t.Errorf("%s:\n%q\n got %s\nwant %s", test.name, test.raw, got.HTML, test.want)
		}
	}
}

func TestAnswerTells(t *testing.T) {
	r := renderer()
	got, err := r.Answer("### The $x^2$ law\\n\\n[a](/learn/x), [b](javascript:c) and https://x.example\\n\\n#### More\\n\\n```go\\nx := 1\\n```")
	if err != nil {
		t.Fatal(err)
	}
	headings := []answer.Heading{{Level: 2, ID: "The_x_law", Text: "The x² law"}, {Level: 3, ID: "More", Text: "More"}}
	if !slices.Equal(got.Headings, headings) {
		t.Errorf("headings %v, want %v", got.Headings, headings)
	}
	if want := []string{"/learn/x", "javascript:c", "https://x.example"}; !slices.Equal(got.Links, want) {
		t.Errorf("links %q, want %q", got.Links, want)
	}
	for _, link := range []string{"http://x.example", "https://x.example", "ftp://x.example"} {
		if alone, err := r.Answer("See " + link); err != nil || !slices.Equal(alone.Links, []string{link}) {
			t.Errorf("the links of %s alone are %q, %v", link, alone.Links, err)
		}
	}
	if !got.HasMath || !got.HasCode || len(got.Failed) != 0 {
		t.Errorf("math %v, code %v, failed %v", got.HasMath, got.HasCode, got.Failed)
	}
	if got, err := r.Answer("words and `code`\\n\\n```\\nplain\\n```"); err != nil || got.HasMath || got.HasCode {
		t.Errorf("math %v, code %v, %v", got.HasMath, got.HasCode, err)
	}
}

func TestHeadingIDs(t *testing.T) {
	r := renderer()
	got, err := r.Answer(`# main\n# Main!\n# Main_2\n# 1. What is it?\n# ***\n# $\frac{1}{2}$\n# Über uns\n# 日本語\n# ß ßa\n# "Quoted" ids\n# A 2\n# A\n# A`)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range got.Headings {
		ids = append(ids, h.ID)
	}
	want := []string{"Main", "Main_2", "Main_2_2", "1_What_is_it", "Section", "1_2", "Über_uns", "日本語", "_ß_ßa", "Quoted_ids", "A_2", "A", "A_3"}
	if !slices.Equal(ids, want) {
		t.Errorf("ids %q, want %q", ids, want)
	}
}

func TestAnswerText(t *testing.T) {
	r := renderer()
	for _, test := range []struct{ raw, want string }{
		{``, ``},
		{`a **b** _c_ ~~d~~ [e](https://x.example) ![f](g)`, "a b c d e f"},
		{`### Heading\n\nFirst.\n\nSecond.`, "Heading\nFirst.\nSecond."},
		{`Energy is\n$$\nE = mc^2\n$$\nalways, $x \neq \sqrt{2}$.`, "Energy is E = mc²\nalways, x ≠ √2."},
		{`It is $$f = \sqrt{x}$$ This function, $$g$$, is not. $$h$$\nThat is.`, "It is f = √x\nThis function, g, is not. h\nThat is."},
		{`**Fruit**\nApples\nPears`, "Fruit\nApples\nPears"},
		{`- one\n- two\n  - deep`, "one\ntwo\ndeep"},
		{`1. one\n2. two\n\n   more`, "1. one\n2. two\nmore"},
		{"Use `a\\nb`:\\n```c\\nx = \"\\n\";\\n```\\nend", "Use a\\nb:\nx = \"\\n\";\nend"},
		{`| a | b |\n|--|--|\n| 1 | $2$, |`, "a, b \n1, 2,"},
		{`| | Mitosis | Meiosis |\n|--|--|--|\n| cells | 2 | 4 |\n| genes | | mixed |\n| | | |\nsex`, "Mitosis, Meiosis \ncells, 2, 4 \ngenes, mixed \nsex"},
		{`| Cell | Use |\n|--|--|\n| It grows. | Yes! |\n| Name: | Root, stem |\n| bulb, corm | $1{,}000$ |\n| $$x$$ is | y |`,
			"Cell, Use \nIt grows. Yes! \nName: Root, stem \nbulb, corm; 1,000 \nx is, y"},
		{`| 細胞。 | 組織 |\n|--|--|\n| ما هو؟ | نسيج، |\n| क्या है। | 臓器、 |\n| 細胞 | 「組織」。 |`, "細胞。 組織 \nما هو؟ نسيج، \nक्या है। 臓器、 \n細胞, 「組織」。"},
		{`> quoted\n\n---\n\n<b>`, "quoted\n<b>"},
		{`- [x] done`, "☑ done"},
		{`It costs $5 &amp; more \* <a@b.example>`, "It costs $5 & more * a@b.example"},
		{`$\unknown{x}$`, "unknownx"},
		{`H<sub>2</sub>O, 10<sup>-3</sup>, 1<sup>st</sup> word<sup>TM</sup> x<sub>max</sub> e<sup>$x^2$</sup>`, "H₂O, 10⁻³, 1ˢᵗ wordᵀᴹ x_max e^(x²)"},
		{`a<br>b<br>\nc\n\n| d<br>e | f |\n|--|--|\n\n### g<br>h`, "a\nb\nc\nd e, f \ng h"},
		{`2*3*4 for 3~5 days`, "2*3*4 for 3~5 days"},
		{"酵素\n$x$\n是", "酵素 x 是"},
		{"酵素是\n蛋白質，ATP\n是\n\n核苷酸。", "酵素是蛋白質，ATP 是\n核苷酸。"},
	} {
		got, err := r.Answer(test.raw)
		if err != nil {
			t.Fatal(err)
		}
		if got.Text != test.want {
			t.Errorf("%q:\n got %q\nwant %q", test.raw, got.Text, test.want)
		}
	}
}

func TestTitle(t *testing.T) {
	r := renderer()
	for _, test := range []struct{ raw, html, text string }{
		{``, ``, ``},
		{"Kamakawiwo`ole's song", "Kamakawiwo`ole&#39;s song", "Kamakawiwo`ole's song"},
		{`Why does a $6 price floor bind?`, `Why does a $6 price floor bind?`, `Why does a $6 price floor bind?`},
		{`A $6 or $7 floor`, `A $6 or $7 floor`, `A $6 or $7 floor`},
		{`What is a Q&A session?`, `What is a Q&amp;A session?`, `What is a Q&A session?`},
		{"How does the `findall` function work?", `How does the <code translate="no">findall</code> function work?`, `How does the findall function work?`},
		{`Who was **Ka Bya**?`, `Who was <strong>Ka Bya</strong>?`, `Who was Ka Bya?`},
		{`1. What is *this*?`, `1. What is <em>this</em>?`, `1. What is this?`},
		{`# What?`, `# What?`, `# What?`},
		{`- a`, `- a`, `- a`},
		{`> a`, `&gt; a`, `> a`},
		{`    a`, `a`, `a`},
		{`a\nb`, `a b`, `a b`},
		{`酵素\n蛋白 a\nb 효\n소`, `酵素蛋白 a b 효 소`, `酵素蛋白 a b 효 소`},
		{`[a](https://x.example) www.x.example <https://y.example>`, `a www.x.example https://y.example`, `a www.x.example https://y.example`},
		{`if a < b and c > d`, `if a &lt; b and c &gt; d`, `if a < b and c > d`},
		{`$\bad$ it`, `<code class="tex" translate="no">\bad</code> it`, `bad it`},
	} {
		got, err := r.Title(test.raw)
		if err != nil {
			t.Fatal(err)
		}
		if got.HTML != test.html || got.Text != test.text {
			t.Errorf("%q:\n got %q, %q\nwant %q, %q", test.raw, got.HTML, got.Text, test.html, test.text)
		}
	}
	if got, err := r.Title(`$\bad$ or $x$`); err != nil || len(got.Failed) != 1 || got.Failed[0].Source != `\bad` {
		t.Errorf("failed %v, %v", got.Failed, err)
	}
	got, err := r.Title(`What is $$x^2$$ for $x \neq 0$?`)
	if err != nil {
		t.Fatal(err)
	}
	doc := document(t, got.HTML)
	if doc.Find("math").Length() != 2 || doc.Find("math[display]").Length() != 0 || got.Text != "What is x² for x ≠ 0?" {
		t.Errorf("got %v", got)
	}
}

// Browsers make names of the content of headings, links and header cells, without formulas.
func TestFormulasTakePartInNames(t *testing.T) {
	got, err := renderer().Answer(`## Roots of $x^2$\n\n### Plain\n\n| $p$ | b $q$ | c | ` + "`$d$`" + ` |\n|---|---|---|---|\n| $1$ | 2 | 3 | 4 |`)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	document(t, got.HTML).Find("a, th, td").Each(func(_ int, named *goquery.Selection) {
		names = append(names, named.AttrOr("aria-label", "-"))
	})
	if diff := cmp.Diff([]string{"Roots of x²", "-", "p", "b q", "-", "-", "-", "-", "-", "-"}, names); diff != "" {
		t.Error(diff)
	}
	if alone := answer.Standalone(got.HTML, ""); strings.Contains(alone, "#Roots") {
		t.Errorf("outside the site the heading links to itself: %s", alone)
	}
}

// Spaces at the ends of lines of code are not the ends of rows of a table.
func TestSummaryOfCode(t *testing.T) {
	got, err := renderer().Answer("Run:\n```\nx = 1 \ny = 2 \nz\n```")
	if err != nil {
		t.Fatal(err)
	}
	if summary, want := answer.Summary(got.Text, 160), "Run: x = 1 y = 2 z"; summary != want {
		t.Errorf("got %q, want %q", summary, want)
	}
}

func TestSummary(t *testing.T) {
	for _, test := range []struct {
		text  string
		limit int
		want  string
	}{
		{"", 10, ""},
		{"Short.", 0, ""},
		{"Short.", 6, "Short."},
		{"One. Two. Three.", 9, "One. Two."},
		{"One. Two. Three.", 10, "One. Two."},
		{"One. Two. Three.", 8, "One."},
		{"A sentence that is long", 15, "A sentence…"},
		{"A sentence, that is long", 15, "A sentence…"},
		{"Supercalifragilistic", 5, "…"},
		{"Dr. Who came. He left.", 14, "Dr. Who came."},
		{"See e.g. this one. And that.", 20, "See e.g. this one."},
		{"It is 3.14 or so. More words here.", 20, "It is 3.14 or so."},
		{"He said \"no.\" Then he left the room.", 20, "He said \"no.\""},
		{"Was it? Yes! No.", 12, "Was it? Yes!"},
		{"Ideas\nThe first is good.\nThe second is not.", 30, "Ideas. The first is good."},
		{"It is:\nE = mc²\nalways. And more.", 25, "It is: E = mc² always."},
		{"The steps:\n1. Wash it.\n2. Dry it.\n3. Go.", 30, "The steps: 1. Wash it."},
		{"It matters. See:\nFirst Heading\nIt goes on and on.", 40, "It matters."},
		{"They are:\nPerson, ser \nyo, soy \n-ar; a, e", 60, "They are: Person, ser. yo, soy. -ar; a, e"},
		{"They are:\nPerson \nyo, soy. \n-ar; a, e \nand so on", 60, "They are: Person. yo, soy. -ar; a, e. and so on"},
		{"They are:\ncats, dogs\nbirds, fish\nants", 60, "They are: cats, dogs birds, fish ants"},
		{"So, in all, it is E = mc²\nwhere m is mass, c is speed.", 70, "So, in all, it is E = mc² where m is mass, c is speed."},
		{"See:\nFirst Heading\nIt goes on and on.", 35, "See: First Heading. It goes on and…"},
		{"See:\nFirst Heading\nIt goes on and on.", 20, "See: First Heading…"},
		{"There are several ways:\n1. Counting in our heads.", 30, "There are several ways…"},
		{"In 594 BC:\nReforms (Solon)\n1. They freed debtors. They did more.", 45, "In 594 BC: Reforms (Solon). 1. They freed…"},
		{"He met B.F. Skinner of the U.S. navy. More follows.", 45, "He met B.F. Skinner of the U.S. navy."},
		{"Around 1800 B.C.E. it began. More follows here.", 32, "Around 1800 B.C.E. it began."},
		{"Martin Luther King Jr. spoke. More follows here.", 32, "Martin Luther King Jr. spoke."},
		{"Größe über alles. Mehr.", 18, "Größe über alles."},
		{"日本語です。 次の文。", 8, "日本語です。"},
		{"日本語です。次の文はもっと長いです。", 10, "日本語です。"},
		{"本当？はい！そうです。違います。", 10, "本当？はい！"},
		{"「行きますか？」と聞きました。彼は行きました。", 18, "「行きますか？」と聞きました。"},
		{"「行きますか？」と彼は聞きました。", 12, "「行きますか？」と彼は…"},
		{"日本語の助詞は主題を示します", 10, "日本語の助詞は主題…"},
		{"日本語の助詞、つまり「は」と「が」です", 8, "日本語の助詞…"},
		{"The て-form 食べる書く泳ぐ行く来るする死ぬ", 23, "The て-form 食べる書く泳ぐ行く来る…"},
		{"How is the word 食べる used in Japanese?", 19, "How is the word…"},
		{"ما هذا؟ كتاب جديد.", 12, "ما هذا؟"},
		{"यह नियम है। और भी है।", 14, "यह नियम है।"},
		{"श्लोक है॥ और भी है।", 12, "श्लोक है॥"},
		{"یہ کتاب ہے۔ اور بھی ہے۔", 14, "یہ کتاب ہے۔"},
		{"ภาษาไทยไม่มีช่องว่าง", 10, "ภาษาไทย…"},
		{"カ\u3099キ\u3099ク\u3099ケ\u3099コ\u3099", 6, "カ\u3099キ\u3099…"},
	} {
		got := answer.Summary(test.text, test.limit)
		if got != test.want {
			t.Errorf("Summary(%q, %d) = %q, want %q", test.text, test.limit, got, test.want)
		}
		if n := len([]rune(got)); n > test.limit {
			t.Errorf("Summary(%q, %d) has %d characters", test.text, test.limit, n)
		}
	}
}
