package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"quicktakes/content"
)

// The posts of the benchmark cost as much as those of a real library: they have the same size
// and as many formulas, code blocks, tables, links and keywords. Each post follows from its
// number, so that every run has the same posts.

// What the generated library is made of.
const (
	benchSubjects = 60     // the largest has a sixth of the posts
	benchTopics   = 4000   // keywords that posts share
	benchWords    = 30_000 // different words
	benchFormulas = 60_000 // different formulas; 36,000 posts use 11,000 of them, as in a real library
)

// benchPost generates the post with a number.
type benchPost struct {
	*rand.Rand
	number int
	posts  int
}

func newBenchPost(number, posts int) benchPost {
	return benchPost{rand.New(rand.NewPCG(1, uint64(number))), number, posts} //nolint:gosec // every run has the same posts
}

// common returns a random number below n, as frequent as words are in texts (Zipf's law): the
// hundredth comes up a hundred times less often than the first.
func (p benchPost) common(n int) int {
	return min(int(math.Pow(float64(n+1), p.Float64()))-1, n-1)
}

// benchWord returns the word with a number.
func benchWord(number int) string {
	const syllables = "bacedifoguhajekilomunaperosutavewixozequ"
	var word []byte
	for n := number + 1; n > 0; n /= len(syllables) / 2 {
		at := n % (len(syllables) / 2) * 2
		word = append(word, syllables[at:at+2]...)
	}
	return string(word)
}

// words returns n words.
func (p benchPost) words(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = benchWord(p.common(benchWords))
	}
	return strings.Join(list, " ")
}

func capitalized(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// sentence returns n words as a sentence.
func (p benchPost) sentence(n int) string { return capitalized(p.words(n)) + "." }

// formula returns the source of a formula.
func (p benchPost) formula() string {
	n := p.common(benchFormulas)
	a, b := n/8%100+1, n/800+1
	form := []string{
		`x_{%d} = %d`,
		`\frac{%d}{%d} + \sqrt{x^2 + 1}`,
		`\int_0^{%d} x^{%d}\,dx`,
		`E_{%d} = %d\,m c^2`,
		`\sum_{k=1}^{%d} a_k \leq %d`,
		`f(x) = %dx^2 - %dx + c`,
		`\alpha_{%d} \cdot \vec{v}_{%d}`,
		`\begin{pmatrix} %d & b \\ c & %d \end{pmatrix}`,
	}[n%8]
	return fmt.Sprintf(form, a, b)
}

// answer returns Markdown on one line.
func (p benchPost) answer() string {
	var b strings.Builder
	b.WriteString(p.sentence(25) + " " + p.sentence(15))
	for section := range 3 + p.IntN(3) {
		fmt.Fprintf(&b, `\n\n### %d. **%s**\n%s %s`, section+1, capitalized(p.words(3)), p.sentence(18), p.sentence(22))
		for range p.IntN(4) {
			fmt.Fprintf(&b, `\n- **%s**: %s`, capitalized(p.words(2)), p.sentence(14))
		}
		if p.IntN(5) == 0 {
			fmt.Fprintf(&b, ` It follows that $%s$.`, p.formula())
		}
	}
	if p.IntN(10) == 0 {
		fmt.Fprintf(&b, `\n\n$$%s$$`, p.formula())
	}
	if p.IntN(30) == 0 {
		fmt.Fprintf(&b, "\\n\\n```python\\ndef %s(n):\\n    return [n * i for i in range(%d)]\\n```", benchWord(p.common(benchWords)), p.IntN(100))
	}
	if p.IntN(500) == 0 {
		fmt.Fprintf(&b, `\n\n| %s | %s |\n| --- | --- |\n| %s | %s |`, p.words(1), p.words(1), p.words(3), p.words(3))
	}
	return b.String()
}

// benchSubject returns the number of the subject of a post.
func benchSubject(number int) int { return newBenchPost(number, 0).common(benchSubjects) }

// benchPath returns the address of a post.
func benchPath(number int) string {
	return fmt.Sprintf("/learn/%s/questions/what-is-%s-%d", benchSubjectSlug(benchSubject(number)), benchWord(number%benchWords), number)
}

func benchSubjectSlug(subject int) string { return benchWord(benchWords + subject) }

// text returns the post as its file holds it.
func (p benchPost) text() string {
	subject := capitalized(benchSubjectSlug(p.common(benchSubjects))) // drawn first, as in benchSubject
	path := benchPath(p.number)
	title := fmt.Sprintf("What is %s %d, and %s?", benchWord(p.number%benchWords), p.number, p.words(6))
	keywords := make([]string, 8)
	for i := range keywords {
		topic := p.common(benchTopics)
		keywords[i] = benchWord(topic) + " " + benchWord(topic*7%benchWords)
	}
	date := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, p.IntN(500)).Format(time.DateOnly)
	var b strings.Builder
	fmt.Fprintf(&b, `---
_schema: default
id: %d
date: %s
title: >-
    %s
article_title: >-
    %s
date_format: MMM DD, YYYY
post_on_text: Posted on
seo:
  title: QuickTakes | %s
  page_description: >-
    %s
  page_keywords: >-
    %s
author: QuickTakes
question: >-
    %s
answer: >-
    %s
subject: %s
file_name: %s.md
url: %s
score: -1.0
`, 100_000+p.number, date, title, title, subject, p.sentence(35), strings.Join(keywords, ", "), title, p.answer(), subject,
		content.SlugOf(path), path)
	if p.IntN(4) > 0 {
		for i := range 2 + p.IntN(4) {
			other := p.IntN(p.posts)
			fmt.Fprintf(&b, `related_article%d:
    id: %d
    title: >-
        What is %s?
    subject: %s
    url: %s
`, i+1, 100_000+other, benchWord(other%benchWords), capitalized(benchSubjectSlug(benchSubject(other))), benchPath(other))
		}
	}
	b.WriteString("---\n\n&nbsp;")
	return b.String()
}

// benchFile returns the name of a post's file below the content folder.
func benchFile(number int) string {
	path := benchPath(number)
	return filepath.Join("learn", content.SubjectSlugOf(path), content.SlugOf(path)+".md")
}

// makePosts writes a library of that many posts into a folder, and returns its size in bytes.
func makePosts(ctx context.Context, folder string, posts int) (size int64, err error) {
	for subject := range benchSubjects {
		if err := os.MkdirAll(filepath.Join(folder, "learn", benchSubjectSlug(subject)), 0o700); err != nil {
			return 0, err
		}
	}
	writers := runtime.GOMAXPROCS(0)
	sizes := make([]int64, writers)
	group, ctx := errgroup.WithContext(ctx)
	for writer := range writers {
		group.Go(func() error {
			for number := writer; number < posts && ctx.Err() == nil; number += writers {
				text := newBenchPost(number, posts).text()
				sizes[writer] += int64(len(text))
				if err := os.WriteFile(filepath.Join(folder, benchFile(number)), []byte(text), 0o600); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}
	err = group.Wait()
	for _, n := range sizes {
		size += n
	}
	return size, err
}
