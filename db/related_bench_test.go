package db_test

import (
	"io/fs"
	"os"
	"regexp"
	"testing"

	"quicktakes/content"
	"quicktakes/content/contenttest"
)

// ownLists finds the related questions in the front matter of a post.
var ownLists = regexp.MustCompile(`(?m)^related_article\d:.*\n(?:[ \t]+.*\n)*`)

// BenchmarkRelated loads the folder that QUICKTAKES_POSTS names without the related
// questions that its posts name, and reports which share of them is found again among
// the five that each page shows.
func BenchmarkRelated(b *testing.B) {
	folder := os.Getenv("QUICKTAKES_POSTS")
	if folder == "" {
		folder = contenttest.Folder(b,
			contenttest.Post{Path: "/learn/biology/questions/cell", ID: 1, Fields: []string{contenttest.Related(1, "/learn/biology/questions/membrane")}},
			contenttest.Post{Path: "/learn/biology/questions/membrane", ID: 2})
	}
	stripped := b.TempDir()
	own := map[string][]string{} // by path
	keys := map[string]string{}  // by path: the same for duplicates
	source := os.DirFS(folder)
	err := fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		post, err := content.Parse(name, data)
		if err != nil {
			return nil // it is skipped when it is loaded
		}
		for _, related := range post.Related {
			own[post.Path] = append(own[post.Path], related.Path)
		}
		key := post.DuplicateKey()
		keys[post.Path] = string(key[:])
		contenttest.WriteFile(b, stripped, name, string(ownLists.ReplaceAll(data, nil)))
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	store := openLoaded(b, stripped)
	var found, all float64
	for b.Loop() {
		found, all = 0, 0
		for path, related := range own {
			wanted := map[string]bool{}
			for _, other := range related {
				if key := keys[other]; key != "" && key != keys[path] {
					wanted[key] = true
				}
			}
			question, err := store.Question(b.Context(), path)
			if err != nil {
				b.Fatal(err)
			}
			for _, link := range question.Related {
				if wanted[keys[link.Path]] {
					found++
				}
			}
			all += float64(len(wanted))
		}
	}
	b.ReportMetric(found/all, "recall@5")
}
