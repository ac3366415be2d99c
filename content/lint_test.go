package content_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/answer"
	"quicktakes/content/contenttest"
)

// lintPost returns a post without findings, with more lines after the first
// seven. Number tells it from other posts.
func lintPost(number int, more ...string) *fstest.MapFile {
	return &fstest.MapFile{Data: fmt.Appendf(nil, `---
url: /learn/physics/questions/p%[1]d
date: 2025-01-31
title: What is the law number %[1]d of motion?
subject: Physics
file_name: p%[1]d.md
answer: Law %[1]d is that things move.
%[2]s
---
`, number, strings.Join(append(more, fmt.Sprintf("seo: {page_description: Law number %d.}", number)), "\n"))}
}

// lintTime is the present time in the tests.
var lintTime = time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC)

// lint returns the findings in a folder, each as a line.
func lint(t *testing.T, folder fs.FS) []string {
	t.Helper()
	renderer := answer.NewRenderer(nil)
	defer renderer.Close()
	findings, err := content.Lint(t.Context(), folder, renderer, lintTime, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, finding := range findings {
		lines = append(lines, finding.String())
	}
	return lines
}

func TestLint(t *testing.T) {
	const (
		first   = "learn/physics/p1.md"
		folded  = `lines of > are folded into one: write \n, or use |`
		allowed = ": links lead to http, https or mailto addresses or to paths on this site, such as /learn"
	)
	// valued gives the first post another answer, with more lines below it.
	valued := func(value string, more ...string) func(folder fstest.MapFS) {
		return func(folder fstest.MapFS) {
			answer := strings.Join(append([]string{"answer: " + value}, more...), "\n    ")
			folder[first].Data = []byte(strings.Replace(string(folder[first].Data), "answer: Law 1 is that things move.", answer, 1))
		}
	}
	answered := func(answer string) func(folder fstest.MapFS) { return valued(">-", answer) }
	redirected := func(lines ...string) func(folder fstest.MapFS) {
		return func(folder fstest.MapFS) {
			folder["_redirects"] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
		}
	}
	for _, test := range []struct {
		name string
		edit func(folder fstest.MapFS)
		want []string
	}{
		{"nothing wrong", func(fstest.MapFS) {}, nil},
		{"unreadable post", func(f fstest.MapFS) { f[first] = &fstest.MapFile{Data: []byte("hello")} },
			[]string{first + ":1: error: no front matter: the first line is not ---"}},
		{"url twice", func(f fstest.MapFS) { f["learn/physics/q/p1.md"] = f[first] },
			[]string{"learn/physics/q/p1.md:2: error: url /learn/physics/questions/p1 is already used by " + first}},
		{"aliases and links of a post whose url is taken", func(f fstest.MapFS) {
			f["learn/physics/q/p1.md"] = lintPost(1, "aliases: [/old/p1, /about]", contenttest.Related(1, "/gone"))
			f["learn/physics/p2.md"] = lintPost(2, contenttest.Related(1, "/old/p1"))
		}, []string{
			"learn/physics/p2.md:8: warning: link to an address that does not exist: /old/p1",
			"learn/physics/q/p1.md:2: error: url /learn/physics/questions/p1 is already used by " + first,
		}},
		{"unknown fields", func(f fstest.MapFS) {
			f[first] = lintPost(1, "mood: calm", contenttest.Related(1, "/learn/physics/questions/p2")+" # fine", "related_article2: {url: /learn/physics/questions/p3, hue: red}")
		},
			[]string{first + ":8: warning: unknown field mood", first + ":10: warning: unknown field related_article2.hue"}},
		{"unknown field with the name of a nested one", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "date:", "seo.page_description: Laws.\ndate:", 1))
		},
			[]string{first + ":3: warning: unknown field seo.page_description"}},
		{"unknown fields with control characters", func(f fstest.MapFS) { f[first] = lintPost(1, `"a\nb": 1`, `"\e[2J": 1`) },
			[]string{first + `:8: warning: unknown field "a\nb"`, first + `:9: warning: unknown field "\x1b[2J"`}},
		{"fields of unknown fields", func(f fstest.MapFS) { f[first] = lintPost(1, `mood: {"a\nb": "$a\times b$"}`) },
			[]string{first + ":8: warning: unknown field mood"}},
		{"fields that cannot be read", func(f fstest.MapFS) { f[first] = lintPost(1, "score: high", "id: 12a", "aliases: /old/one") },
			[]string{first + `:8: error: score: "high" is not a number; the post is shown without it`, first + `:9: error: id: "12a" is not a whole number; the post is shown without it`}},
		{"reasons that quote a long value", func(f fstest.MapFS) {
			long := strings.Repeat("é", 1000)
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "2025-01-31", long, 1))
			f["learn/physics/p2.md"] = lintPost(2, "score: "+long)
			redirected("/a " + long)(f)
		}, []string{
			`_redirects:1: error: "` + strings.Repeat("é", 149) + "…",
			first + `:3: error: date: "` + strings.Repeat("é", 146) + "…",
			`learn/physics/p2.md:8: error: score: "` + strings.Repeat("é", 146) + "…",
		}},
		{"short title", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "What is the law number 1 of motion?", "Motion?", 1))
		},
			[]string{first + ":4: warning: title has 7 characters; 15 to 200 read well in a result list"}},
		{"long title", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "the law", strings.Repeat("the law ", 30), 1))
		},
			[]string{first + ":4: warning: title has 267 characters; 15 to 200 read well in a result list"}},
		{"title in wide letters", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "What is the law number 1 of motion?", "「は」と「が」の違いは？", 1))
			f["learn/physics/p2.md"].Data = []byte(strings.Replace(string(f["learn/physics/p2.md"].Data), "What is the law number 2 of motion?", "語"+strings.Repeat("か\u3099", 6), 1))
		},
			[]string{"learn/physics/p2.md:4: warning: title has 14 characters, wide ones counted twice; 15 to 200 read well in a result list"}},
		{"no description", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "page_description: Law number 1.", "", 1))
		},
			[]string{first + ":8: warning: no seo.page_description"}},
		{"doubled description", func(f fstest.MapFS) {
			f["learn/physics/p2.md"].Data = []byte(strings.Replace(string(f["learn/physics/p2.md"].Data), "Law number 2.", "Law number 1.", 1))
		},
			[]string{"learn/physics/p2.md:8: warning: same seo.page_description as " + first}},
		{"doubled question", func(f fstest.MapFS) {
			f["learn/physics/p2.md"].Data = []byte(strings.NewReplacer("law number 2", "LAW number 1", "Law 2 is", "Law 1  is").Replace(string(f["learn/physics/p2.md"].Data)))
		},
			[]string{"learn/physics/p2.md:1: warning: same question and answer as " + first}},
		{"no answer", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "Law 1 is that things move.", "", 1))
		},
			[]string{first + ":7: warning: no answer"}},
		{"other file name", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "p1.md", "p9.md", 1))
		},
			[]string{first + ":6: warning: file_name p9.md does not match url /learn/physics/questions/p1"}},
		{"file by another name", func(f fstest.MapFS) { f["learn/physics/one.md"] = f[first]; delete(f, first) },
			[]string{"learn/physics/one.md:2: warning: url /learn/physics/questions/p1 does not match the file's name one.md"}},
		{"other subject", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "subject: Physics", "subject: Biology", 1))
		},
			[]string{first + `:5: warning: subject "Biology" does not match url /learn/physics/questions/p1`}},
		{"subject with accents", func(f fstest.MapFS) {
			data := strings.NewReplacer("/physics/", "/espanol/", "Physics", "Español").Replace(string(f[first].Data))
			f[first].Data = []byte(data)
		}, nil},
		{"subject in other letters", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "subject: Physics", "subject: 日本語", 1))
		}, nil},
		{"dead, self and doubled links", func(f fstest.MapFS) {
			f[first] = lintPost(1, contenttest.Related(1, "/learn/physics/questions/gone"), contenttest.Related(2, "/learn/physics/questions/p1"), contenttest.Related(3, "/learn/physics/questions/p2"), contenttest.Related(4, "/learn/physics/questions/p2"))
		}, []string{
			first + ":8: warning: link to an address that does not exist: /learn/physics/questions/gone",
			first + ":9: warning: related link to the post itself",
			first + ":11: warning: related link appears twice: /learn/physics/questions/p2",
		}},
		{"links in other forms", func(f fstest.MapFS) {
			f[first] = lintPost(1, contenttest.Related(1, "/LEARN/physics/questions/p2.html"), contenttest.Related(2, "/learn/physics/questions/undefined/learn/physics/questions/p1"), contenttest.Related(3, "learn//physics/questions/P2/#b"), contenttest.Related(4, "https://example.org/Learn"))
		}, []string{
			first + ":9: warning: related link to the post itself",
			first + ":10: warning: related link appears twice: /learn/physics/questions/p2",
			first + ":11: warning: related link to a page that is not a post: https://example.org/Learn",
		}},
		{"related pages that are no posts", func(f fstest.MapFS) {
			f[first] = lintPost(1, contenttest.Related(1, "/learn/physics"), contenttest.Related(2, "/topics/force"), contenttest.Related(3, "/learn/physics/questions/p2.md"))
		}, []string{
			first + ":8: warning: related link to a page that is not a post: /learn/physics",
			first + ":9: warning: related link to a page that is not a post: /topics/force",
			first + ":10: warning: related link to a page that is not a post: /learn/physics/questions/p2.md",
		}},
		{"link by an old subject", func(f fstest.MapFS) {
			f["learn/art/p3.md"] = &fstest.MapFile{Data: []byte(strings.NewReplacer("/physics/", "/art/", "Physics", "Art", "aw number 3", "aw 3 of art").Replace(string(lintPost(3).Data)))}
			f[first] = lintPost(1, contenttest.Related(1, "/learn/zoology/questions/p2"), contenttest.Related(2, "/learn/zoology/questions/p3"))
		}, []string{
			first + ":8: warning: link to an address that moved: /learn/zoology/questions/p2",
			first + ":9: warning: link to an address that does not exist: /learn/zoology/questions/p3",
		}},
		{"links to what was removed", func(f fstest.MapFS) {
			f[first] = lintPost(1, contenttest.Related(1, "/learn/physics/questions/p9"), contenttest.Related(2, "/learn/physics/questions/p8"))
			f["learn/physics/p2.md"] = lintPost(2, "aliases: [/learn/physics/questions/p8]")
			redirected("/learn/physics/questions/p9 410", "/learn/physics/questions/p8 410")(f)
		}, []string{
			"_redirects:2: warning: /learn/physics/questions/p8 is already an alias of learn/physics/p2.md",
			first + ":8: warning: link to an address that was removed: /learn/physics/questions/p9",
			first + ":9: warning: link to an address that moved: /learn/physics/questions/p8",
		}},
		{"links to addresses that moved", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "things move.", "[a](/old/p2) [b](/line) [c](/LEARN/physics/) [d](/learn/physics/questions/p2.md)", 1))
			f["learn/physics/p2.md"] = lintPost(2, "aliases: [/old/p2]")
			f["_redirects"] = &fstest.MapFile{Data: []byte("/line /about\n")}
		},
			[]string{first + ":7: warning: link to an address that moved: /old/p2", first + ":7: warning: link to an address that moved: /line"}},
		{"links with percent escapes", func(f fstest.MapFS) {
			answered("[a](/caf%C3%A9) [b](/café) [c](/learn/physics/questions/p%32) [d](/100%)")(f)
			f["learn/physics/p2.md"] = lintPost(2, "aliases: [/caf%C3%A9]", contenttest.Related(1, "/caf%C3%A9"))
		}, []string{
			first + ":7: warning: link to an address that moved: /caf%C3%A9",
			first + ":7: warning: link to an address that moved: /café",
			first + ":7: warning: link to an address that does not exist: /100%",
			"learn/physics/p2.md:9: warning: link to an address that moved: /caf%c3%a9",
		}},
		{"dead link in the answer", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "things move.", "[x](/learn/physics/questions/p2#a) [w](/learn/physics/questions/p2?a=b) [y](/learn/physics) [z](/learn/biology)", 1))
		},
			[]string{first + ":7: warning: link to an address that does not exist: /learn/biology"}},
		{"formula that cannot be read", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "things move.", `$\frac{a$`, 1))
		},
			[]string{first + `:7: warning: formula cannot be read: \frac{a: `}},
		{"formula over two lines that cannot be read", answered(`$$b\n+ \frac{a$$`), []string{first + `:7: warning: formula cannot be read: b + \frac{a: `}},
		{"aliases", func(f fstest.MapFS) {
			f[first] = lintPost(1, "aliases: [/learn/physics/questions/p1/, /learn/physics/questions/p2]")
		},
			[]string{first + ":8: warning: alias of the post's own url", first + ":8: warning: alias /learn/physics/questions/p2 is the url of learn/physics/p2.md"}},
		{"alias that is no path", func(f fstest.MapFS) { f[first] = lintPost(1, "aliases: [https://old.example/p1, /caf%C3%A9]") },
			[]string{first + `:8: warning: alias "https://old.example/p1" is not a path on this site, such as /old/address`}},
		{"aliases of others", func(f fstest.MapFS) {
			f[first] = lintPost(1, "aliases: [/old/a, /learn/physics, /about, /old/a/, /learn/physics/flashcards]")
			f["learn/physics/p2.md"] = lintPost(2, "aliases: [/old/A, /old/b]")
		}, []string{
			first + ":8: warning: alias /learn/physics is the address of a page, which stays there",
			first + ":8: warning: alias /about is the address of a page, which stays there",
			first + ":8: warning: alias appears twice: /old/a/",
			first + ":8: warning: alias /learn/physics/flashcards is the address of a page, which stays there",
			"learn/physics/p2.md:8: warning: alias /old/A is already used by " + first,
		}},
		{"links to pages", answered("[a](/about) [b](/learn/physics/flashcards) [c](/topics/force?x=1#y)"), nil},
		{"redirects that work", redirected(
			"/a /learn/physics/questions/p1?x=1#y", "/b /a", "/c /learn/physics/", "/d /learn/biology/questions/p1", "/e /learn/physics/feed.xml",
			"/old/* /learn/:splat", "/learn/physics/* /learn/physics/questions/:splat", "/f /topics/force", "/g /assets/x.pdf", "/h 410", "/i/* 410", "/ii/* /"), nil},
		{"redirects of folders", redirected("/a/* /learn/art", "/a /learn", "/b/* /learn", "/b* /learn", "/c/* /c", "/d /e", "/e/* 410", "/f/* /learn/physics/questions/:splat"), []string{
			"_redirects:1: warning: leads to an address that does not exist: /learn/art",
			"_redirects:2: warning: /a is already matched by /a/* on line 1",
			"_redirects:5: warning: leads back to itself",
			"_redirects:6: warning: leads to an address that line 7 says is removed: /e",
		}},
		{"redirects to nowhere", redirected("/a /learn/physics/questions/gone", "/b /a", "/c /learn/biology", "/d/* /learn/art", "/e /f", "/f 410"), []string{
			"_redirects:1: warning: leads to an address that does not exist: /learn/physics/questions/gone",
			"_redirects:2: warning: leads to an address that does not exist: /learn/physics/questions/gone",
			"_redirects:3: warning: leads to an address that does not exist: /learn/biology",
			"_redirects:4: warning: leads to an address that does not exist: /learn/art",
			"_redirects:5: warning: leads to an address that line 6 says is removed: /f",
		}},
		{"redirects with control characters", redirected("/a%1B[31m%0a /learn", "/a%1b[31m%0A /learn", "/b /learn/%07"), []string{
			`_redirects:2: warning: /a\x1b[31m\n is already on line 1`,
			`_redirects:3: warning: leads to an address that does not exist: /learn/\a`,
		}},
		{"redirects in circles", redirected("/a /b", "/b /c", "/c /b", "/d /d", "/e/* /e/:splat"), []string{
			"_redirects:1: warning: leads in a circle through line 2",
			"_redirects:2: warning: leads back to itself",
			"_redirects:3: warning: leads back to itself",
			"_redirects:4: warning: leads back to itself",
			"_redirects:5: warning: leads back to itself",
		}},
		{"redirects that nobody comes to", func(f fstest.MapFS) {
			f[first] = lintPost(1, "aliases: [/old/p1]")
			redirected("/a /learn", "/A/ /about", "/b/* /learn", "/b/* /about", "/b/c /learn", "/learn/physics/questions/p1 /learn", "/learn/physics /learn", "/old/p1 /learn")(f)
		}, []string{
			"_redirects:2: warning: /a is already on line 1",
			"_redirects:4: warning: /b/* is already on line 3",
			"_redirects:5: warning: /b/c is already matched by /b/* on line 3",
			"_redirects:6: warning: /learn/physics/questions/p1 is the url of " + first + ", which stays there",
			"_redirects:7: warning: /learn/physics is the address of a page, which stays there",
			"_redirects:8: warning: /old/p1 is already an alias of " + first,
		}},

		{"folded list", valued(">", "Three laws:", "- one", "- two"), []string{first + ":9: warning: " + folded}},
		{"folded list without >", valued("Three laws", "- one"), []string{first + ":8: warning: lines of a value are folded into one: write \\n, or use |"}},
		{"folded list below its field", valued("", "Three laws", "- one"), []string{first + ":9: warning: lines of a value are folded into one: write \\n, or use |"}},
		{"folded list in quotes below its field", valued("", `"Three laws:`, `- one"`), []string{first + ":9: warning: lines of a value are folded into one: write \\n, or use |"}},
		{"folded list below its field and >", valued("", ">-", "Three laws:", "- one"), []string{first + ":10: warning: " + folded}},
		{"prose below its field", valued("", "Laws of Newton", "hold everywhere."), nil},
		{"folded heading in quotes below its field", valued("", `'## Laws`, "There are three.'"), []string{first + ":8: warning: lines of a value are folded into one: write \\n, or use |"}},
		{"folded numbers", valued(">-", "Three laws:", "", "1. one", "2. two"), []string{first + ":11: warning: " + folded}},
		{"folded table", valued(">-", "|a|b|", "|-|-|", "|1|2|"), []string{first + ":8: warning: " + folded}},
		{"folded heading", valued(">-", "## Laws", "There are three."), []string{first + ":8: warning: " + folded}},
		{"folded code", valued(">-", "```go", "x := 1", "```"), []string{first + ":8: warning: " + folded}},
		{"folded paragraphs", valued(">-", "One law.", "", "Another."), []string{first + ":10: warning: " + folded}},
		{"wrapped prose", valued(">-", `Three laws:\n- one\n`, `- two\n\n### `, "1. Newton wrote them in", `1687. They hold\n|a|b|\n|-|-|\n|1`, `|2|\n\n$$a`, "- b$$ and $c", "+ d$.", "", "", "Another paragraph."), nil},
		{"lines as they are", valued("|", "Laws:", "- one", "", "| a |", "| - |", "## Laws", "```go", "x", "```"), nil},
		{"deeper lines", valued(">-", "Laws:", "  - one", "  - two"), nil},

		{"YAML in a formula", valued(`"$a\times b\neq c$ and\ta tab, $$\na\n$$ $\tau$"`), []string{
			first + `:7: warning: answer: \times in double quotes begins with YAML's \t: write \\times, or put the value below >-`,
			first + `:7: warning: answer: \neq in double quotes begins with YAML's \n: write \\neq, or put the value below >-`,
			first + `:7: warning: answer: \tau in double quotes begins with YAML's \t: write \\tau, or put the value below >-`,
		}},
		{"YAML in a sign", valued(`"$\Phi$ in a\_line"`), []string{first + `:7: warning: answer: \Phi in double quotes begins with YAML's \P: write \\Phi, or put the value below >-`}},
		{"tab in a formula", valued(">-", "$a\t+ b$"), nil},

		{"images and links", answered(`![a cat](/cat.png) [b](c.html) [d](#e) [f](tel:1) [g]() [h](javascript:i) [j](//k)\n\n[l](mailto:a@b.c) [m](https://n.example) <https://n.example>`), []string{
			first + ":7: warning: image is not shown: ![a cat](/cat.png)",
			first + ":7: warning: link is left out: [b](c.html)" + allowed,
			first + ":7: warning: link is left out: [d](#e)" + allowed,
			first + ":7: warning: link is left out: [f](tel:1)" + allowed,
			first + ":7: warning: link is left out: [g]()" + allowed,
			first + ":7: warning: link is left out: [h](javascript:i)" + allowed,
			first + ":7: warning: link is left out: [j](//k)" + allowed,
		}},
		{"images and links in code", answered("`![a](b)` `[c](d)`\\n\\n```\\n![a](b)\\n```"), nil},
		{"LaTeX in prose", answered(`Water is \ce{H2O}, and \frac{a}{b} a fraction.`), []string{
			first + `:7: warning: LaTeX outside a formula is shown literally: \ce{H2O}, and \frac{a}{b} a fraction.: put it between $ and $`}},
		{"LaTeX in a title", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "the law number 1", `the angle \alpha`, 1))
		}, []string{first + `:4: warning: LaTeX outside a formula is shown literally: \alpha of motion?: put it between $ and $`}},
		{"formula in a title that cannot be read", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "the law number 1", `the $\frac{a$`, 1))
		}, []string{first + `:4: warning: formula cannot be read: \frac{a: `}},
		{"formula in a question that cannot be read", func(f fstest.MapFS) { f[first] = lintPost(1, `question: What is $\frac{a$?`) },
			[]string{first + `:8: warning: formula cannot be read: \frac{a: `}},
		{"LaTeX elsewhere", answered("`\\frac{a}{b}` $\\frac{a}{b}$ C:\\alpha\\beta \\\\server\\times and \\section{x}"), nil},
		{"comment in a formula", answered(`$x = 50%$, $5\%$, 5%`), []string{
			first + `:7: warning: % begins a comment in a formula: write \%: x = 50%`}},
		{"reference", answered(`$x + \eqref{a}$`), []string{first + `:7: warning: \eqref is not shown, because formulas have no labels: write the number: x + \eqref{a}`}},
		{"reference alone", answered(`$\eqref{a}$`), []string{
			first + `:7: warning: formula cannot be read: \eqref{a}: the formula engine cannot read it`,
			first + `:7: warning: \eqref is not shown, because formulas have no labels: write the number: \eqref{a}`,
		}},

		{"asterisks that are shown", answered(`Of **"force"**s, **mass:**es,\n\n*"speed"*s and ** time **`), []string{
			first + `:7: warning: asterisks are shown literally: **"force"**s,: put a space after ** that follows punctuation, and none inside`,
			first + `:7: warning: asterisks are shown literally: *"speed"*s: put a space after * that follows punctuation`,
		}},
		{"spaces within asterisks", answered(`A ** law ** holds.`), []string{
			first + `:7: warning: asterisks are shown literally: ** law **: put a space after ** that follows punctuation, and none inside`}},
		{"asterisks that are meant", answered(`A* finds 2 * 3, 2 ** 3 and 4 ** 5, \*\*x\*\*, *"y"* and **z:** in ` + "`**a:**b`."), nil},
		{"marks that are shown", answered(`##Laws\n• one\n• two\n\nH<sub>2\n</sub>O\n\n<ruby>漢字<rp>(</rp><rt>かんじ</rt></ruby>です\n\n\\(e\\) and \\[f\\]\n\nAs said.[^1]\n\n| <sup>a</sup> |\n|---|`), []string{
			first + `:7: warning: heading is shown literally: ##Laws: put a space after #`,
			first + `:7: warning: list is shown literally: • one: begin its items with - and a space`,
			first + `:7: warning: HTML is shown literally: H<sub>2 </sub>: write a formula, such as $x_1$ or $x^2$`,
			first + `:7: warning: HTML is shown literally: <ruby>漢字<rp>(</rp><rt>かんじ</rt></ruby>: write the reading in brackets after the word`,
			first + `:7: warning: formula is shown literally: \\(e\\): write one backslash instead of two`,
			first + `:7: warning: footnote is shown literally: [^1]: put its text in brackets instead`,
		}},
		{"marks that are meant", answered("#1 of a • b, [^a-z], the <sub> tag, `<sub>x</sub>`, $a<sub>b</sub>$ and \\\\server.\\n\\n```\\n##x\\n• y\\n```"), nil},
		{"marks of other Markdown", answered(`> [!NOTE]\n> Use units.\n\nOsmosis\n: Movement of water\n\n| a | b |\n| 1 | 2 |\n\nCall __init__ and __repr__.`), []string{
			first + `:7: warning: callout is shown literally: [!NOTE]: write **Note:** instead`,
			first + `:7: warning: definition is shown literally: : Movement of water: write **Term:** and the definition on one line`,
			first + `:7: warning: table is shown literally: | a | b |: put a row such as |---|---| below its first row, with as many cells`,
			first + `:7: warning: underscores of __init__ are not shown: put it in backticks`,
			first + `:7: warning: underscores of __repr__ are not shown: put it in backticks`,
		}},
		{"marks of other Markdown that are meant", answered("A list [!NOTE] of\\nthings: a\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n|x| < |y|\\n|y| < |z|\\n\\n`__init__`, \\_\\_init\\_\\_, __main idea__, **init** and __under__."), nil},
		{"cells that are lost", answered("| a | b |\\n|---|---|\\n| OR | ` 5 | 3 ` gives 7 |\\n| `5 | 3` | 7 |\\n| c | d | |\\n| $|x|$ | `e \\| f` |\\n| g \\| h | i |\\n| j |\\nk | l | $x$ m"), []string{
			first + ":7: warning: table row has more cells than the table's head, and the rest is left out: 3 ` gives 7: write \\| for | within a cell",
			first + `:7: warning: table row has more cells than the table's head, and the rest is left out: $…$ m: write \| for | within a cell`,
		}},
		{"HTML that is shown", answered(`<!-- so -->\n\n<details>\n<summary>It is <u>force</u>.</summary>`), []string{
			first + `:7: warning: HTML is shown literally: <!-- so -->: leave it out`,
			first + `:7: warning: HTML is shown literally: <details>: use Markdown, such as ### heading or **bold**`,
		}},
		{"HTML that is shown in a line", answered(`Press <kbd>F</kbd>.`), []string{first + `:7: warning: HTML is shown literally: <kbd>F</kbd>: use Markdown, such as ### heading or **bold**`}},
		{"summary that is shown", answered(`<details>\n<summary>Proof</summary> text\n</details>`), []string{first + `:7: warning: HTML is shown literally: <summary>: use Markdown, such as ### heading or **bold**`}},
		{"end of a part that is shown", answered(`<details>\n<summary>Proof</summary>\n\nIt holds. </details>`), []string{first + `:7: warning: HTML is shown literally: </details>: use Markdown, such as ### heading or **bold**`}},
		{"HTML in a summary", answered(`<details>\n<summary>It is <u>force</u>.</summary>\n\nIt holds.\n</details>`), []string{first + `:7: warning: HTML is shown literally: <u>force</u>: use Markdown, such as ### heading or **bold**`}},
		{"parts to unfold", answered(`<details>\n<summary>\nProof\n</summary>\n\nIt holds.\n</details>`), nil},
		{"HTML that is meant", answered("The <b> tag, `<b>x</b>`, List<b>, a<b and c>d, H<sub>2</sub>O<br>and 10<sup>2</sup>."), nil},
		{"formulas that end before an amount", answered(`The price is $P^* = $20 per unit, and $2 + 3 =$ 5.`), []string{
			first + `:7: warning: formula ends in =: P^* =: write \$ for the dollar of an amount`,
			first + `:7: warning: formula ends in =: 2 + 3 =: write \$ for the dollar of an amount`,
		}},
		{"formula of words", answered(`It costs $ten or more pesos$.`), []string{first + `:7: warning: formula consists of words: ten or more pesos: write \$ for the dollar of an amount`}},
		{"formulas that are meant", answered(`$P = $20$, $a b c$, $\text{one or more}$, $=$, $x \geq$ and $P = \$5$.`), nil},
		{"headings without words", answered(`### Laws\n\n###\n\nThey hold.`), []string{first + ":7: warning: heading without words is left out"}},
		{"hidden address", answered(`Write to [email protected] or [a](/cdn-cgi/l/email-protection).`), []string{
			first + ":7: warning: mail address is lost: [email protected]: the page that it was copied from hid it: type it in",
			first + ":7: warning: mail address is lost: /cdn-cgi/l/email-protection: the page that it was copied from hid it: type it in",
			first + ":7: warning: link to an address that does not exist: /cdn-cgi/l/email-protection",
		}},
		{"answers that break off", func(f fstest.MapFS) {
			answered(`It holds. "Always."\n\n1. **Where:** It holds on this`)(f)
			f["learn/physics/p2.md"].Data = []byte(strings.Replace(string(f["learn/physics/p2.md"].Data), "things move.", `things move. In all cases they move, and`, 1))
			f["learn/physics/p3.md"].Data = []byte(strings.Replace(string(f["learn/physics/p3.md"].Data), "things move.", `things move.\n\nThen:\n\n- A law`, 1))
		}, []string{
			first + ":7: warning: ends without a full stop: …Where: It holds on this",
			"learn/physics/p2.md:7: warning: ends without a full stop: …things move. In all cases they move, and",
			"learn/physics/p3.md:7: warning: ends without a full stop: …A law",
		}},
		{"answer that breaks off in a part to unfold", answered(`It holds. "Always."\n\n- One:\n  <details>\n  <summary>Proof</summary>\n\n  It moves. It holds on this\n  </details>`),
			[]string{first + ":7: warning: ends without a full stop: …It moves. It holds on this"}},
		{"answers that end", func(f fstest.MapFS) {
			answered(`Three laws.\n\n- Law of force\n- Law of mass`)(f)
			f["learn/physics/p2.md"].Data = []byte(strings.Replace(string(f["learn/physics/p2.md"].Data), "Law 2 is that things move.", "The law of force", 1))
			f["learn/physics/p3.md"].Data = []byte(strings.Replace(string(f["learn/physics/p3.md"].Data), "things move.", `things move.\n\nGood luck`, 1))
		}, nil},

		{"far dates", func(f fstest.MapFS) {
			for file, date := range map[string]string{first: "2030-01-03", "learn/physics/p2.md": "1899-12-31", "learn/physics/p3.md": "2030-01-02"} {
				f[file].Data = []byte(strings.Replace(string(f[file].Data), "2025-01-31", date, 1))
			}
		}, []string{first + ":3: warning: date 2030-01-03 is in the future", "learn/physics/p2.md:3: warning: date 1899-12-31 is before 1900"}},
		{"date formats", func(f fstest.MapFS) {
			f[first] = lintPost(1, "date_format: yyyy-mm-dd")
			f["learn/physics/p2.md"] = lintPost(2, `date_format: "%d.%m.%Y"`)
			f["learn/physics/p3.md"] = lintPost(3, `date_format: "[today]"`)
			f["learn/physics/p4.md"] = lintPost(4, `date_format: "dddd, Do MMMM YYYY [at] HH:mm A, YYYY年"`)
		}, []string{
			first + `:8: warning: date_format "yyyy-mm-dd" has the letters yyyy, which stand for no part of a date: write Moment tokens, such as MMM DD, YYYY, and words in [brackets]`,
			`learn/physics/p2.md:8: warning: date_format "%d.%m.%Y" has the letters d, which stand for no part of a date: write Moment tokens, such as MMM DD, YYYY, and words in [brackets]`,
			`learn/physics/p3.md:8: warning: date_format "[today]" shows no part of the date: write Moment tokens, such as MMM DD, YYYY`,
		}},
		{"value cut off", valued("The #1 law #motion"), []string{first + ":7: warning: answer is cut off because # begins a comment: #1 law #motion: put the value in quotes"}},
		{"value that is a comment", valued("#1 law"), []string{
			first + ":7: warning: no answer", first + ":7: warning: answer is cut off because # begins a comment: #1 law: put the value in quotes"}},
		{"titles cut off", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "the law number 1 of motion?", "the difference between C # and Java", 1))
			f["learn/physics/p2.md"].Data = []byte(strings.Replace(string(f["learn/physics/p2.md"].Data), "of motion?", "of motion? # a draft", 1))
		}, []string{first + ":4: warning: title is cut off because # begins a comment: # and Java: put the value in quotes"}},
		{"comments", func(f fstest.MapFS) { f[first] = lintPost(1, "author: A. Hill # he wrote it", "id: 1 #2") }, nil},
		{"body of fields", func(f fstest.MapFS) { f[first].Data = append(f[first].Data, "\nsubject: Physics\n---\nMore.\n"...) },
			[]string{first + ":11: warning: the body, which is shown below the answer, begins with a field, subject: front matter ends at the second --- line"}},
		{"second document", func(f fstest.MapFS) { f[first].Data = append(f[first].Data, "---\nmood: calm\n---\n"...) },
			[]string{first + ":10: warning: the body, which is shown below the answer, begins with a field, mood: front matter ends at the second --- line"}},
		{"body of prose", func(f fstest.MapFS) { f[first].Data = append(f[first].Data, "Note: this.\n\n---\n\ntitle: x\n"...) }, nil},
		{"redirects", func(f fstest.MapFS) { f["_redirects"] = &fstest.MapFile{Data: []byte("/a /b\n/a\n/b\n")} },
			[]string{"_redirects:2: error: want: from to [status]", "_redirects:3: error: want: from to [status]"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := fstest.MapFS{first: lintPost(1), "learn/physics/p2.md": lintPost(2), "learn/physics/p3.md": lintPost(3)}
			test.edit(folder)
			got := lint(t, folder)
			// The reason is the formula engine's own and may change.
			for i, line := range got {
				if before, _, ok := strings.Cut(line, `\frac{a: `); ok {
					got[i] = before + `\frac{a: `
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Lint (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLintReportsUnreadableFolders(t *testing.T) {
	got := lint(t, unreadable{fstest.MapFS{"learn/art/p1.md": lintPost(1), "learn/physics/p2.md": lintPost(2)}, "learn/art"})
	if diff := cmp.Diff([]string{"learn/art: error: permission denied"}, got); diff != "" {
		t.Errorf("Lint (-want +got):\n%s", diff)
	}
}

// The library that ships with the program is an example for authors of posts.
func TestLibraryHasNothingWrong(t *testing.T) {
	renderer := answer.NewRenderer(nil)
	defer renderer.Close()
	findings, err := content.Lint(t.Context(), content.Library(), renderer, lintTime, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		t.Error(finding)
	}
}

func TestLibraryIsWorthAVisit(t *testing.T) {
	const exocytosis = "/learn/biology/questions/what-is-the-process-of-exocytosis-and-what-types-of-materials-are-typically-transported-via-this-method"
	subjects := map[string]bool{}
	var paths []string
	err := content.Walk(content.Library(), func(_ string, files []content.File, err error) error {
		if err != nil {
			return err
		}
		for _, file := range files {
			data, err := content.ReadFile(content.Library(), file.Name)
			if err != nil {
				return err
			}
			post, err := content.Parse(file.Name, data)
			if err != nil {
				return err
			}
			subjects[post.SubjectSlug()] = true
			paths = append(paths, post.Path)
			if post.Path == exocytosis && (post.ID != 167191 || post.Date.Format("2006-01-02") != "2025-01-31") {
				t.Errorf("%s has id %d and date %s", file.Name, post.ID, post.Date)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) < 48 || len(subjects) < 12 || !slices.Contains(paths, exocytosis) {
		t.Errorf("%d posts in %d subjects, want 48 in 12 with the one on exocytosis", len(paths), len(subjects))
	}
}
