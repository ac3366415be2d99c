package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// benchmarkFolder returns the folder of posts that QUICKTAKES_POSTS names, or one
// with 2,000 posts.
func benchmarkFolder(b *testing.B) string {
	b.Helper()
	if folder := os.Getenv("QUICKTAKES_POSTS"); folder != "" {
		return folder
	}
	return contenttest.Folder(b, manyPosts(2000, "What is question")...)
}

func loadFolder(b *testing.B, folder, file string) db.LoadResult {
	b.Helper()
	store, err := db.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	result, err := store.Load(b.Context(), os.DirFS(folder), db.LoadOptions{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	return result
}

func BenchmarkLoadFromNothing(b *testing.B) {
	folder := benchmarkFolder(b)
	b.ReportAllocs()
	for b.Loop() {
		result := loadFolder(b, folder, filepath.Join(b.TempDir(), "library.db"))
		b.ReportMetric(float64(result.Posts), "posts")
	}
}

func BenchmarkLoadUnchanged(b *testing.B) {
	folder, file := benchmarkFolder(b), filepath.Join(b.TempDir(), "library.db")
	loadFolder(b, folder, file)
	b.ReportAllocs()
	for b.Loop() {
		loadFolder(b, folder, file)
	}
}

// BenchmarkQuestion reads what the page of one question after another shows.
func BenchmarkQuestion(b *testing.B) {
	file := filepath.Join(b.TempDir(), "library.db")
	loadFolder(b, benchmarkFolder(b), file)
	store, err := db.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	var paths []string
	for range 1000 {
		path, err := store.RandomPath(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		paths = append(paths, path)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := store.Question(b.Context(), paths[i%len(paths)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkListPage compares the last page of a long list with its first.
func BenchmarkListPage(b *testing.B) {
	file := filepath.Join(b.TempDir(), "library.db")
	loadFolder(b, contenttest.Folder(b, manyPosts(5000, "What is question")...), file)
	store, err := db.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	for name, read := range map[string]func(page int) error{
		"subject": func(page int) error {
			_, err := store.SubjectPage(b.Context(), "biology", page)
			return err
		},
		"topic": func(page int) error {
			_, err := store.TopicPage(b.Context(), "school", page)
			return err
		},
	} {
		for _, page := range []int{1, 25, 50} {
			b.Run(fmt.Sprintf("%s/page=%d", name, page), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := read(page); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
