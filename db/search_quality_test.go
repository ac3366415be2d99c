package db

import (
	"cmp"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"quicktakes/content/contenttest"
)

// knownItem is a search for one post by some of the words of its title.
type knownItem struct {
	title string
	words []string
}

// knownItems returns searches for posts picked at random: by the four rarest words of
// their titles.
func knownItems(titles []string, n int) []knownItem {
	counts := map[string]int{}
	for _, title := range titles {
		for _, word := range searchWords(title) {
			counts[word]++
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	var items []knownItem
	for _, i := range random.Perm(len(titles)) {
		all := searchWords(titles[i])
		if len(all) < 4 {
			continue
		}
		rarest := slices.Clone(all)
		slices.SortStableFunc(rarest, func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
		rarest = rarest[:4]
		items = append(items, knownItem{titles[i], slices.DeleteFunc(all, func(w string) bool { return !slices.Contains(rarest, w) })})
		if len(items) == n {
			break
		}
	}
	return items
}

// mistype makes one typing error in the longest word.
func mistype(random *rand.Rand, list []string) []string {
	list = slices.Clone(list)
	longest := 0
	for i, word := range list {
		if utf8.RuneCountInString(word) > utf8.RuneCountInString(list[longest]) {
			longest = i
		}
	}
	word := []rune(list[longest])
	letter := rune('a' + random.IntN(26))
	i := random.IntN(len(word))
	switch random.IntN(4) {
	case 0:
		word = slices.Insert(word, i, letter)
	case 1:
		word = slices.Delete(word, i, i+1)
	case 2:
		word[i] = letter
	case 3:
		i = random.IntN(len(word) - 1)
		word[i], word[i+1] = word[i+1], word[i]
	}
	list[longest] = string(word)
	return list
}

// halfTyped cuts the last word to five letters.
func halfTyped(list []string) []string {
	list = slices.Clone(list)
	last := []rune(list[len(list)-1])
	list[len(list)-1] = string(last[:min(len(last), 5)])
	return list
}

// wordTooMany adds a word for the kind of answer that is wanted, which titles lack.
func wordTooMany(random *rand.Rand, list []string) []string {
	kinds := []string{"definition", "meaning", "example", "explained", "homework", "answer", "notes", "essay", "simple", "summary"}
	return append(slices.Clone(list), kinds[random.IntN(len(kinds))])
}

// plainIndex is what a search is compared with: FTS5's own ranking of the posts
// that have any of the words in title or answer.
type plainIndex struct{ database *sql.DB }

func newPlainIndex(b *testing.B, store *Store) plainIndex {
	b.Helper()
	database, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "plain.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = database.Close() })
	for _, statement := range []string{
		`CREATE VIRTUAL TABLE plain USING fts5 (title, answer, tokenize='porter')`,
		`ATTACH '` + store.file + `' AS library`,
		`INSERT INTO plain SELECT title_text, answer_text FROM library.posts JOIN library.details ON post = number WHERE listed`,
	} {
		if _, err := database.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	return plainIndex{database}
}

func (p plainIndex) search(b *testing.B, text string) []string {
	b.Helper()
	rows, err := p.database.QueryContext(b.Context(), `
		SELECT title
		FROM plain
		WHERE plain MATCH ?
		ORDER BY rank
		LIMIT 20`, `"`+strings.Join(words(text), `" OR "`)+`"`)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var titles []string
	for rows.Next() {
		var title string
		if err := rows.Scan(&title); err != nil {
			b.Fatal(err)
		}
		titles = append(titles, title)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return titles
}

func fullSearch(b *testing.B, store *Store, text string) []string {
	b.Helper()
	found, err := store.Search(b.Context(), Query{Text: text})
	if err != nil {
		b.Fatal(err)
	}
	var titles []string
	for _, result := range found.Results {
		titles = append(titles, result.Title)
	}
	return titles
}

// BenchmarkKnownItemSearch searches the folder that QUICKTAKES_POSTS names for posts
// by words of their titles. It reports how often the post came first, the mean
// reciprocal rank, and how long the searches took.
func BenchmarkKnownItemSearch(b *testing.B) {
	folder := os.Getenv("QUICKTAKES_POSTS")
	if folder == "" {
		var posts []contenttest.Post
		for i := range 500 {
			title := fmt.Sprintf("How does number%d relate to figure%d in chapter%d of volume%d?", i, i%100, i%20, i%5)
			posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Title: title})
		}
		folder = contenttest.Folder(b, posts...)
	}
	store, err := Open(b.Context(), filepath.Join(b.TempDir(), "library.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Load(b.Context(), os.DirFS(folder), LoadOptions{Now: time.Now}); err != nil {
		b.Fatal(err)
	}
	titles, err := read(b.Context(), store, "titles", func(snap *snapshot) ([]string, error) {
		return collect(b.Context(), snap, scanText, `SELECT title_text FROM posts WHERE listed ORDER BY path`)
	})
	if err != nil {
		b.Fatal(err)
	}
	plain := newPlainIndex(b, store)
	full := func(b *testing.B, text string) []string { return fullSearch(b, store, text) }
	items := knownItems(titles, 500)
	random := rand.New(rand.NewPCG(3, 4))
	for _, kind := range []struct {
		name  string
		typed func([]string) []string
	}{
		{"clean", func(list []string) []string { return list }},
		{"mistyped", func(list []string) []string { return mistype(random, list) }},
		{"halfTyped", halfTyped},
		{"wordTooMany", func(list []string) []string { return wordTooMany(random, list) }},
	} {
		queries := make([]string, len(items))
		for i, item := range items {
			queries[i] = strings.Join(kind.typed(item.words), " ")
		}
		for name, search := range map[string]func(*testing.B, string) []string{"plain": plain.search, "QuickTakes": full} {
			b.Run(kind.name+"/"+name, func(b *testing.B) {
				var first, sum float64
				var times []time.Duration
				for b.Loop() {
					first, sum, times = 0, 0, nil
					for i, item := range items {
						start := time.Now()
						found := search(b, queries[i])
						times = append(times, time.Since(start))
						rank := slices.Index(found, item.title)
						if rank == 0 {
							first++
						} else if name == "QuickTakes" && testing.Verbose() {
							b.Logf("%d: %s: wanted %q, got %q", rank, queries[i], item.title, append(found, "")[0])
						}
						if rank >= 0 {
							sum += 1 / float64(rank+1)
						}
					}
				}
				slices.Sort(times)
				b.ReportMetric(first/float64(len(items)), "first")
				b.ReportMetric(sum/float64(len(items)), "MRR")
				b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
				b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
			})
		}
	}
}
