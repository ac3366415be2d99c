package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// lintPost returns a post without findings, with more lines behind the first
// seven. Number tells it from others.
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

// lintTime is when the tests lint.
var lintTime = time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC)

// lint returns the findings in a folder, each as a line.
func lint(t *testing.T, folder fstest.MapFS) []string {
	t.Helper()
	renderer := answer.NewRenderer(nil)
	defer renderer.Close()
	findings, err := content.Lint(t.Context(), folder, renderer, lintTime, func(int, int) {})
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
	const first = "learn/physics/p1.md"
	related := func(number int, path string) string {
		return fmt.Sprintf("related_article%d: {id: 1, title: A, subject: B, url: %s}", number, path)
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
			[]string{"learn/physics/q/p1.md:2: error: url /learn/physics/questions/p1 is already that of " + first}},
		{"unknown fields", func(f fstest.MapFS) {
			f[first] = lintPost(1, "mood: calm", related(1, "/learn/physics/questions/p2")+" # fine", "related_article2: {url: /learn/physics/questions/p3, hue: red}")
		},
			[]string{first + ":8: warning: unknown field mood", first + ":10: warning: unknown field related_article2.hue"}},
		{"short title", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "What is the law number 1 of motion?", "Motion?", 1))
		},
			[]string{first + ":4: warning: title has 7 characters; 15 to 200 read well in a result list"}},
		{"long title", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "the law", strings.Repeat("the law ", 30), 1))
		},
			[]string{first + ":4: warning: title has 267 characters; 15 to 200 read well in a result list"}},
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
		{"dead, self and doubled links", func(f fstest.MapFS) {
			f[first] = lintPost(1, related(1, "/learn/physics/questions/gone"), related(2, "/learn/physics/questions/p1"), related(3, "/learn/physics/questions/p2"), related(4, "/learn/physics/questions/p2"))
		}, []string{
			first + ":8: warning: link to a post that does not exist: /learn/physics/questions/gone",
			first + ":9: warning: related link to the post itself",
			first + ":11: warning: related link named twice: /learn/physics/questions/p2",
		}},
		{"dead link in the answer", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "things move.", "[x](/learn/physics/questions/p2#a) [y](/learn/physics) [z](/learn/biology)", 1))
		},
			[]string{first + ":7: warning: link to a post that does not exist: /learn/biology"}},
		{"formula that cannot be read", func(f fstest.MapFS) {
			f[first].Data = []byte(strings.Replace(string(f[first].Data), "things move.", `$\frac{a$`, 1))
		},
			[]string{first + `:7: warning: formula cannot be read: \frac{a: `}},
		{"aliases", func(f fstest.MapFS) {
			f[first] = lintPost(1, "aliases: [/learn/physics/questions/p1/, /learn/physics/questions/p2]")
		},
			[]string{first + ":8: warning: alias of the post's own url", first + ":8: warning: alias /learn/physics/questions/p2 is the url of learn/physics/p2.md"}},
		{"alias that is no path", func(f fstest.MapFS) { f[first] = lintPost(1, "aliases: [https://old.example/p1, /caf%C3%A9]") },
			[]string{first + `:8: warning: alias "https://old.example/p1" is not a path on this site, such as /old/address`}},
		{"redirects", func(f fstest.MapFS) { f["_redirects"] = &fstest.MapFile{Data: []byte("/a /b\n/a\n")} },
			[]string{"_redirects:2: error: want: from to [status]"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := fstest.MapFS{first: lintPost(1), "learn/physics/p2.md": lintPost(2), "learn/physics/p3.md": lintPost(3)}
			test.edit(folder)
			got := lint(t, folder)
			// What the formula engine says is its own.
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

// The library that ships with the program is an example to those who write posts.
func TestLibraryHasNothingWrong(t *testing.T) {
	renderer := answer.NewRenderer(nil)
	defer renderer.Close()
	findings, err := content.Lint(t.Context(), content.Library(), renderer, lintTime, func(int, int) {})
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
