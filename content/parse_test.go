package content_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
)

const wholePost = `---
_schema: default
id: 167191
date: 2025-01-31
title: >-
    What is   osmosis
    in "cells"?
article_title: What is osmosis?
date_format: MMM DD, YYYY
post_on_text: Posted on
seo:
  title: QuickTakes | Biology
  page_description: >-
    Water moves.
  page_keywords: osmosis, water,Osmosis ,, cell
author: QuickTakes
question: >-
    What is *osmosis*?
answer: >-
    Water moves.\n\n- through a membrane
subject: Biology
file_name: what-is-osmosis.md
url: /learn/biology/questions/what-is-osmosis
score: -1.5
no_index: True
aliases:
  - /old/osmosis
  - /older/osmosis
related_article1:
    id: 7
    title: >-
        What is diffusion?
    subject: Biology
    url: /learn/biology/questions/what-is-diffusion
related_article3:
    id: 8
    title: Why?
    subject: Physics
    url: /learn/physics/questions/why
mood: calm
---

&nbsp;`

func TestParseReadsEveryField(t *testing.T) {
	score := -1.5
	want := &content.Post{
		File:         "learn/biology/what-is-osmosis.md",
		URLLine:      23,
		Path:         "/learn/biology/questions/what-is-osmosis",
		ID:           167191,
		Date:         time.Date(2025, time.January, 31, 0, 0, 0, 0, time.UTC),
		DateFormat:   "MMM DD, YYYY",
		PostedOn:     "Posted on",
		Title:        `What is osmosis in "cells"?`,
		ArticleTitle: "What is osmosis?",
		Question:     "What is *osmosis*?",
		SEO:          content.SEO{Title: "QuickTakes | Biology", Description: "Water moves.", Keywords: "osmosis, water,Osmosis ,, cell"},
		Author:       "QuickTakes",
		Answer:       `Water moves.\n\n- through a membrane`,
		Subject:      "Biology",
		FileName:     "what-is-osmosis.md",
		Score:        &score,
		Related: []content.RelatedLink{
			{Field: "related_article1", ID: 7, Title: "What is diffusion?", Subject: "Biology", Path: "/learn/biology/questions/what-is-diffusion"},
			{Field: "related_article3", ID: 8, Title: "Why?", Subject: "Physics", Path: "/learn/physics/questions/why"},
		},
		NoIndex: true,
		Aliases: []string{"/old/osmosis", "/older/osmosis"},
	}
	for name, data := range map[string]string{
		"as written":         wholePost,
		"Windows line ends":  strings.ReplaceAll(wholePost, "\n", "\r\n"),
		"byte order mark":    "\ufeff" + wholePost,
		"space after ---":    strings.Replace(wholePost, "---\n", "---  \n", 2),
		"nothing after body": strings.TrimSuffix(wholePost, "\n\n&nbsp;"),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := content.Parse("learn/biology/what-is-osmosis.md", []byte(data))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Parse (-want +got):\n%s", diff)
			}
		})
	}
	if diff := cmp.Diff([]string{"osmosis", "water", "cell"}, want.SEO.KeywordList()); diff != "" {
		t.Errorf("KeywordList (-want +got):\n%s", diff)
	}
}

// post returns a small good post in which one text is replaced by another.
func post(old, replacement string) string {
	const small = `---
date: 2025-01-31
title: What is osmosis in living cells?
answer: Water moves.
url: /learn/biology/questions/what-is-osmosis
---
&nbsp;
`
	return strings.Replace(small, old, replacement, 1)
}

func TestParseFillsIn(t *testing.T) {
	for _, test := range []struct {
		name string
		data string
		got  func(*content.Post) any
		want any
	}{
		{"question from title", post("", ""), func(p *content.Post) any { return p.Question }, "What is osmosis in living cells?"},
		{"title from question", post("title:", "question:"), func(p *content.Post) any { return p.Title }, "What is osmosis in living cells?"},
		{"title from question before article_title", post("title:", "article_title: An article\nquestion:"), func(p *content.Post) any { return p.Title }, "What is osmosis in living cells?"},
		{"title that is a number", post("What is osmosis in living cells?", "1984"), func(p *content.Post) any { return p.Title }, "1984"},
		{"subject from url", post("/biology/", "/marine-biology/"), func(p *content.Post) any { return p.Subject }, "Marine biology"},
		{"date format", post("", ""), func(p *content.Post) any { return p.DateFormat }, "MMM DD, YYYY"},
		{"answer that is null", post("Water moves.", "null"), func(p *content.Post) any { return p.Answer }, ""},
		{"answer that is ~", post("Water moves.", "~"), func(p *content.Post) any { return p.Answer }, ""},
		{"answer that is the word null", post("Water moves.", `"null"`), func(p *content.Post) any { return p.Answer }, "null"},
		{"answer with the quotes of CSV", post("Water moves.", `'"The ""cell"" drinks.\nIt is ""wet""."'`), func(p *content.Post) any { return p.Answer }, `The "cell" drinks.\nIt is "wet".`},
		{"answer with the quotes of CSV alone", post("Water moves.", `'"The cell drinks.\nIt is wet."'`), func(p *content.Post) any { return p.Answer }, `The cell drinks.\nIt is wet.`},
		{"answer with the quotes of CSV and real line breaks", post("Water moves.", "|\n    \"The cell drinks.\n    It is wet.\""), func(p *content.Post) any { return p.Answer }, "The cell drinks.\nIt is wet."},
		{"answer that is a quotation", post("Water moves.", `'"The cell drinks."'`), func(p *content.Post) any { return p.Answer }, `"The cell drinks."`},
		{"answer between quotations", post("Water moves.", `'"The cell" and\n"the ""wall"""'`), func(p *content.Post) any { return p.Answer }, `"The cell" and\n"the ""wall"""`},
		{"wrapped Chinese below >-", post("Water moves.", ">-\n    水**會**\n    移動，\n    經過 膜\n    **和**\n    *管*\n    由 A\n    到 B。\\n\n    它"), func(p *content.Post) any { return p.Answer }, `水**會**移動，經過 膜**和** *管*由 A 到 B。\n 它`},
		{"wrapped Chinese below >", post("Water moves.", ">\n    水會\n    移動，\n\n    經過\n    膜"), func(p *content.Post) any { return p.Answer }, "水會移動，\n經過膜"},
		{"wrapped Chinese below |", post("Water moves.", "|\n    水會\n    移動"), func(p *content.Post) any { return p.Answer }, "水會\n移動"},
		{"wrapped Chinese in quotes", post("Water moves.", "'水會\n    移動'"), func(p *content.Post) any { return p.Answer }, "水會移動"},
		{"wrapped Korean", post("Water moves.", ">-\n    물은\n    움직"), func(p *content.Post) any { return p.Answer }, "물은 움직"},
		{"wrapped title in Chinese", post("What is osmosis in living cells?", "水會\n    移動"), func(p *content.Post) any { return p.Title }, "水會移動"},
		{"wrapped title in Chinese below |", post("What is osmosis in living cells?", "|\n  水會\n  移動\n\n  麼"), func(p *content.Post) any { return p.Title }, "水會移動 麼"},
		{"wrapped description in Chinese", post("date:", "seo:\n  page_description: >-\n    水會\n    移動\ndate:"), func(p *content.Post) any { return p.SEO.Description }, "水會移動"},
		{"body", post("&nbsp;", "Read *on*.\n\nMore."), func(p *content.Post) any { return p.Body }, "Read *on*.\n\nMore."},
		{"body with a line", post("&nbsp;", "a\n---\nb"), func(p *content.Post) any { return p.Body }, "a\n---\nb"},
		{"date with a time", post("2025-01-31", "2025-01-31T23:30:00-02:00"), func(p *content.Post) any { return p.Date }, time.Date(2025, 2, 1, 1, 30, 0, 0, time.UTC)},
		{"date, space and time", post("2025-01-31", "2025-01-31 10:20:30"), func(p *content.Post) any { return p.Date }, time.Date(2025, 1, 31, 10, 20, 30, 0, time.UTC)},
		{"quoted date", post("2025-01-31", `"2025-01-31"`), func(p *content.Post) any { return p.Date.Day() }, 31},
		{"date, space, time and offset", post("2025-01-31", "2025-01-31 10:20:30 -0500"), func(p *content.Post) any { return p.Date }, time.Date(2025, 1, 31, 15, 20, 30, 0, time.UTC)},
		{"no_index: yes", post("date:", "no_index: yes\ndate:"), func(p *content.Post) any { return p.NoIndex }, true},
		{"no_index: false", post("date:", "no_index: false\ndate:"), func(p *content.Post) any { return p.NoIndex }, false},
		{"one alias", post("date:", "aliases: /old/one\ndate:"), func(p *content.Post) any { return p.Aliases }, []string{"/old/one"}},
		{"no alias", post("date:", "aliases: ''\ndate:"), func(p *content.Post) any { return len(p.Aliases) }, 0},
		{"seo.title beside the title of seo", post("date:", "seo.title: Cells\nseo: {title: Osmosis}\ndate:"), func(p *content.Post) any { return p.SEO.Title }, "Osmosis"},
		{"empty related article", post("date:", "related_article1:\ndate:"), func(p *content.Post) any { return len(p.Related) }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := content.Parse("x.md", []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, test.got(p)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A mistake in a field that a page can do without costs only that field.
func TestParseDoesWithout(t *testing.T) {
	const without = "; the post is shown without it"
	for _, test := range []struct{ name, field, want string }{
		{"bad id", "id: seven", `x.md:2: id: "seven" is not a whole number` + without},
		{"bad score", "score: .nan", `x.md:2: score: ".nan" is not a number` + without},
		{"aliases by name", "aliases: {a: /old}", "x.md:2: aliases: not a list" + without},
		{"list in aliases", "aliases: [/old, [/older]]", "x.md:2: aliases: not a single value" + without},
		{"list of file names", "file_name: [a.md]", "x.md:2: file_name: not a single value" + without},
		{"bad id of a related article", "related_article1:\n  id: x", `x.md:3: related_article1.id: "x" is not a whole number` + without},
		{"long related title", "related_article1:\n  title: " + strings.Repeat("a", 2001), "x.md:3: related_article1.title: 2001 characters, more than 2000" + without},
		{"related article that is text", "related_article1: /learn/biology/questions/cell", "x.md:2: related_article1: not a list of fields" + without},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := content.Parse("x.md", []byte(post("date:", test.field+"\ndate:")))
			if err != nil {
				t.Fatal(err)
			}
			if len(got.FieldErrors) != 1 || got.FieldErrors[0].Error() != test.want {
				t.Errorf("field errors %v\nwant %s", got.FieldErrors, test.want)
			}
			if got.ID != 0 || got.Score != nil || got.Aliases != nil || got.FileName != "" || got.Related != nil || got.Answer != "Water moves." {
				t.Errorf("the post is %+v", got)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		name string
		data string
		want string // the whole error
	}{
		{"no front matter", "# Osmosis\n", "x.md:1: no front matter: the first line is not ---"},
		{"empty file", "", "x.md:1: no front matter: the first line is not ---"},
		{"open front matter", "---\ntitle: a\n", "x.md:1: front matter has no closing --- line"},
		{"bad YAML", post("answer: Water", "answer: Water: it"), "x.md:4: bad YAML: mapping values are not allowed in this context: a value with a colon and a space must be in quotes"},
		{"a tab", post("answer:", "\tanswer:"), "x.md:4: bad YAML: found a tab character that violates indentation"},
		{"an open quote", post("answer: Water", `answer: "Water`), "x.md:4: bad YAML: found unexpected end of stream"},
		{"an open bracket", post("answer: Water", "answer: [Water"), "x.md:4: bad YAML: did not find expected ',' or ']': text that begins with [ must be in quotes, and so must a list item with ?, # or a colon in it"},
		{"text after a quote", post("answer: Water", `answer: "Water" it`), `x.md:4: bad YAML: did not find expected key: a value with " in it must be in single quotes or below >-`},
		{"quotes in quotes", post("title: What is osmosis", `title: "What is "osmosis"`), `x.md:3: bad YAML: did not find expected key: a value with " in it must be in single quotes or below >-`},
		{"an apostrophe in quotes", post("answer: Water moves.", "answer: 'Water's moves'"), `x.md:4: bad YAML: did not find expected key: a value with ' in it must be in double quotes or below >-`},
		{"a sign of YAML", post("answer: Water", "answer: @Water"), `x.md:4: bad YAML: found character that cannot start any token: a value that begins with @ must be in quotes`},
		{"LaTeX in double quotes", post("answer: Water moves.", `answer: "$\sqrt{2}$"`), `x.md:4: bad YAML: found unknown escape character: a value with backslashes must be in single quotes or below >-`},
		{"LaTeX that YAML reads", post("answer: Water moves.", `answer: "$\frac{a}{b}$"`), `x.md:4: answer: \f in double quotes is YAML for a control character: write \\frac, or put the value below >-`},
		{"LaTeX that YAML reads as a space", post("title: What is osmosis in living cells?", `title: "$\vec{v}$"`), `x.md:3: title: \v in double quotes is YAML for a control character: write \\vec, or put the value below >-`},
		{"LaTeX that YAML reads as a line end", post("answer: Water moves.", `question: "$\rho$"`), `x.md:4: question: \r in double quotes is YAML for a control character: write \\rho, or put the value below >-`},
		{"another control character", post("answer: Water moves.", `answer: "\x01"`), `x.md:4: answer: control character U+0001: remove it`},
		{"a character for private use", post("What is osmosis", "What is \uE000osmosis"), `x.md:3: title: character U+E000 is for private use and shows nothing: remove it`},
		{"one that YAML names", post("answer: Water moves.", `answer: "Water\uE002"`), `x.md:4: answer: character U+E002 is for private use and shows nothing: remove it`},
		{"one in the body", post("&nbsp;", "Words.\n\uE002"), `x.md:8: character U+E002 is for private use and shows nothing: remove it`},
		{"text behind >", post("answer: Water moves.", "answer: > Water"), `x.md:4: bad YAML: did not find expected comment or line break: a value after > or | must begin on the next line`},
		{"emphasis", post("answer: Water", "answer: *Water* it"), "x.md:4: bad YAML: did not find expected alphabetic or numeric character: a value that begins with * must be in quotes"},
		{"a star", post("answer: Water", "answer: *Water it"), "x.md:4: bad YAML: a value that begins with * must be in quotes"},
		{"no colon", post("answer: Water", "answer Water"), "x.md:4: bad YAML: could not find expected ':'"},
		{"a wide colon", post("answer: Water", "answer：Water"), `x.md:4: bad YAML: could not find expected ':': write ": " instead of "："`},
		{"a wide colon in the last field", post("url: ", "url："), `x.md:5: bad YAML: could not find expected ':': write ": " instead of "："`},
		{"a wide colon in every field", "---\nurl：a\ntitle：b\n---\n", `x.md:2: front matter is not a list of fields: write ": " instead of "："`},
		{"a wide colon in a value", post("answer: Water moves.", "answer: >-\n  a：b\nurl"), `x.md:6: bad YAML: could not find expected ':'`},
		{"a list", "---\n- a\n---\n", "x.md:2: front matter is not a list of fields"},
		{"empty front matter", "---\n---\n", "x.md:2: front matter is not a list of fields"},
		{"a field twice", post("answer:", "date: 2025-01-31\nanswer:"), "x.md:4: date appears twice, first on line 2"},
		{"a nested field twice", post("date:", "seo:\n  title: a\n  title: b\ndate:"), "x.md:4: seo.title appears twice, first on line 3"},
		{"no url", post("url: /learn/biology/questions/what-is-osmosis\n", ""), "x.md:1: no url"},
		{"long url", post("/questions/", "/questions/"+strings.Repeat("a", 700)), `x.md:5: url has 740 characters, more than 700`},
		{"url elsewhere", post("/learn/biology/questions/", "/questions/"), `x.md:5: url "/questions/what-is-osmosis" is not /learn/{subject}/questions/{question} in letters a to z, digits, hyphens and underscores`},
		{"url with capitals", post("/biology/", "/Biology/"), `x.md:5: url "/learn/Biology/questions/what-is-osmosis" is not /learn/{subject}/questions/{question} in letters a to z, digits, hyphens and underscores`},
		{"url that is a list", post("url: ", "url:\n - "), "x.md:5: url: not a single value"},
		{"bad date", post("2025-01-31", "31 January"), `x.md:2: date: "31 January" is not a date such as 2025-01-31`},
		{"day that is none", post("2025-01-31", "2025-02-31"), `x.md:2: date: "2025-02-31" is not a date such as 2025-01-31`},
		{"date in no year of four digits", post("2025-01-31", "9999-12-31T23:59:59-12:00"), `x.md:2: date: "9999-12-31T23:59:59-12:00" is not a date such as 2025-01-31`},
		{"no date", post("date: 2025-01-31\n", ""), "x.md:1: no date"},
		{"no title", post("title: What is osmosis in living cells?\n", ""), "x.md:1: no title and no question"},
		{"title by another name", post("title:", "Question:"), "x.md:1: no title and no question, but the unknown field Question (line 3)"},
		{"date by another name", post("date:", "Date:"), "x.md:1: no date, but the unknown field Date (line 2)"},
		{"bad no_index", post("date:", "no_index: perhaps\ndate:"), `x.md:2: no_index: "perhaps" is neither true nor false`},
		{"seo that is text", post("date:", "seo: good\ndate:"), "x.md:2: seo: not a list of fields"},
		{"nested mistake", post("date:", "seo:\n  page_keywords: [a]\ndate:"), `x.md:3: seo.page_keywords: not a single value`},
		{"anchors", post("title: ", "title: &a "), "x.md:3: title: YAML anchors are not supported"},
		{"not UTF-8", post("Water", "W\xffter"), "x.md:4: not UTF-8: byte 0xff"},
		{"too long", post("Water", strings.Repeat("w", content.MaxSize)), "x.md:1: larger than the 1048576 bytes that a post may have"},
		{"long title", post("Water moves.", "Water moves.\nquestion: "+strings.Repeat("é", 2001)), "x.md:5: question: 2001 characters, more than 2000"},
		{"long keywords", post("date:", "seo:\n  page_keywords: "+strings.Repeat("a, ", 700)+"\ndate:"), "x.md:3: seo.page_keywords: 2099 characters, more than 2000"},
		{"a long mistake", post("2025-01-31", strings.Repeat("9", 900_000)), `x.md:2: date: "` + strings.Repeat("9", 293) + "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := content.Parse("x.md", []byte(test.data))
			if err == nil || err.Error() != test.want {
				t.Errorf("Parse: %v\nwant   %s", err, test.want)
			}
			if bad, ok := errors.AsType[*content.FileError](err); !ok || bad.File != "x.md" {
				t.Errorf("Parse: error %v does not name the file", err)
			}
		})
	}
}

// The beginning of a file that is too large must not be taken for the whole file.
func TestReadFileReadsEnoughToRefuse(t *testing.T) {
	long := post("&nbsp;", strings.Repeat("w", content.MaxSize))
	data, err := content.ReadFile(fstest.MapFS{"x.md": {Data: []byte(long)}}, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := content.Parse("x.md", data); err == nil {
		t.Error("Parse accepted the beginning of a file")
	}
}

// A post whose aliases expand without end must cost no more than its size.
func TestParseRefusesBillionLaughs(t *testing.T) {
	bomb := "---\na: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 8) + "*" + string(c-1) + "]\n"
	}
	_, err := content.Parse("bomb.md", []byte(bomb+"---\n"))
	if err == nil {
		t.Error("Parse accepted a post with anchors")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(wholePost))
	f.Add([]byte(post("", "")))
	f.Add([]byte("---\nurl: [[[[\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := content.Parse("x.md", data)
		if err != nil {
			if _, ok := errors.AsType[*content.FileError](err); !ok {
				t.Errorf("Parse: %v is not a FileError", err)
			}
			return
		}
		if !content.IsPostPath(p.Path) || p.Question == "" || p.Title == "" || p.Subject == "" || p.Date.IsZero() {
			t.Errorf("Parse accepted a post that lacks something: %+v", p)
		}
	})
}
