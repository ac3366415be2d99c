package content_test

import (
	"os"
	"testing"

	"quicktakes/content"
)

// benchmarkFiles returns 1,000 posts of the folder that QUICKTAKES_POSTS names, or
// all of the built-in library.
func benchmarkFiles(b *testing.B) (files [][]byte) {
	b.Helper()
	folder := content.Library()
	if name := os.Getenv("QUICKTAKES_POSTS"); name != "" {
		folder = os.DirFS(name)
	}
	var names []string
	err := content.Walk(folder, func(_ string, files []content.File, err error) error {
		for _, file := range files {
			names = append(names, file.Name)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	step := max(len(names)/1000, 1)
	for i := 0; i < len(names); i += step {
		data, err := content.ReadFile(folder, names[i])
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, data)
	}
	return files
}

// BenchmarkParse reads one post after another.
func BenchmarkParse(b *testing.B) {
	files := benchmarkFiles(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := content.Parse("post.md", files[i%len(files)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
