package answer_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"

	"quicktakes/content/answer"
)

func TestStandalone(t *testing.T) {
	r := renderer()
	for _, test := range []struct{ raw, want string }{
		{`### Key *ideas*\n\n#### See [a](https://a.example)`, "<h2>Key <em>ideas</em></h2>\n" + `<h3>See <a href="https://a.example" rel="nofollow noopener">a</a></h3>` + "\n"},
		{`| a |\n|---|\n| b |`, `<div class="table"><table>` + "\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n<tbody>\n<tr><td>b</td></tr>\n</tbody>\n</table></div>\n"},
		{"```go\\nx\\n```", `<div class="code" data-language="Go"><pre class="chroma"><code translate="no">x</code></pre></div>` + "\n"},
		{`[a](/learn), [b](https://b.example) and a@b.example`,
			`<p><a href="https://q.example/learn">a</a>, <a href="https://b.example" rel="nofollow noopener">b</a> and <a href="mailto:a@b.example">a@b.example</a></p>` + "\n"},
		{`- [x] a`, "<ul>\n" + `<li><span role="img" aria-label="Done">☑</span> a</li>` + "\n</ul>\n"},
		{"`<h2 id=\"a\"><pre class=\"b\" tabindex=\"0\" role=\"group\" aria-label=\"c\">`",
			"<p><code translate=\"no\">&lt;h2 id=&#34;a&#34;&gt;&lt;pre class=&#34;b&#34; tabindex=&#34;0&#34; role=&#34;group&#34; aria-label=&#34;c&#34;&gt;</code></p>\n"},
	} {
		rendered, err := r.Answer(test.raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := answer.Standalone(rendered.HTML, "https://q.example"); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.raw, got, test.want)
		}
	}
}

// Only ids, links of headings to themselves and tab stops are removed.
func TestStandaloneSamplePosts(t *testing.T) {
	r := renderer()
	for name, raw := range sampleAnswers(t) {
		rendered, err := r.Answer(raw)
		if err != nil {
			t.Fatal(err)
		}
		page := document(t, rendered.HTML)
		page.Find("h2 > a[href^='#'], h3 > a[href^='#'], h4 > a[href^='#'], h5 > a[href^='#'], h6 > a[href^='#']").Each(func(_ int, link *goquery.Selection) {
			link.ReplaceWithSelection(link.Contents())
		})
		page.Find("[id]").RemoveAttr("id")
		page.Find("[tabindex]").RemoveAttr("tabindex").RemoveAttr("role").RemoveAttr("aria-label")
		got, want := outerHTML(t, document(t, answer.Standalone(rendered.HTML, ""))), outerHTML(t, page)
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

func outerHTML(t *testing.T, doc *goquery.Document) string {
	t.Helper()
	html, err := doc.Html()
	if err != nil {
		t.Fatal(err)
	}
	return html
}
