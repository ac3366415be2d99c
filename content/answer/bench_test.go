package answer_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"quicktakes/content/answer"
)

// benchmarkPosts returns 1,000 raw answers that keep accepts, from the posts below
// QUICKTAKES_POSTS or from the difficult ones.
func benchmarkPosts(b *testing.B, keep func(raw string) bool) []string {
	b.Helper()
	answers := sampleAnswers(b)
	var some []string
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		if keep(answers[name]) {
			some = append(some, answers[name])
		}
	}
	if len(some) == 0 {
		b.Fatal("no posts")
	}
	// Spread evenly over all, so that every subject is represented.
	posts := make([]string, 1000)
	for i := range posts {
		posts[i] = some[i*len(some)/len(posts)]
	}
	return posts
}

func hasFormula(raw string) bool { return strings.ContainsAny(raw, "$") }

// BenchmarkAnswer renders 1,000 posts. Its "goldmark" is the baseline: goldmark alone, with the
// Markdown of the same posts.
func BenchmarkAnswer(b *testing.B) {
	all := func(string) bool { return true }
	b.Run("all", func(b *testing.B) { benchmarkWarm(b, benchmarkPosts(b, all)) })
	b.Run("formulas", func(b *testing.B) { benchmarkWarm(b, benchmarkPosts(b, hasFormula)) })
	b.Run("no formulas", func(b *testing.B) {
		benchmarkWarm(b, benchmarkPosts(b, func(raw string) bool { return !hasFormula(raw) }))
	})
	b.Run("formulas, nothing known", func(b *testing.B) {
		posts := benchmarkPosts(b, hasFormula)
		for b.Loop() {
			r := answer.NewRenderer(nil)
			renderAll(b, r, posts)
			if err := r.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("goldmark", func(b *testing.B) {
		posts := benchmarkPosts(b, all)
		for i := range posts {
			posts[i] = strings.ReplaceAll(posts[i], `\n`, "\n")
		}
		markdown := goldmark.New(goldmark.WithExtensions(extension.GFM))
		var out bytes.Buffer
		b.ReportAllocs()
		for b.Loop() {
			for _, post := range posts {
				out.Reset()
				if err := markdown.Convert([]byte(post), &out); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func benchmarkWarm(b *testing.B, posts []string) {
	b.Helper()
	r := answer.NewRenderer(nil)
	defer r.Close()
	renderAll(b, r, posts)
	b.ReportAllocs()
	for b.Loop() {
		renderAll(b, r, posts)
	}
}

func renderAll(b *testing.B, r *answer.Renderer, posts []string) {
	b.Helper()
	for _, post := range posts {
		if _, err := r.Answer(post); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFormula reads one formula with the engine.
func BenchmarkFormula(b *testing.B) {
	r := answer.NewRenderer(nil)
	defer r.Close()
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		if _, err := r.Answer(`$x_{` + strings.Repeat("1", n%9) + `} = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a} + ` + strings.Repeat("1", n/9%200) + `$`); err != nil {
			b.Fatal(err)
		}
	}
}
