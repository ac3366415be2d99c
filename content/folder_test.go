package content_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quicktakes/content"
	"quicktakes/content/contenttest"
)

func TestWalk(t *testing.T) {
	file := &fstest.MapFile{Data: []byte("text")}
	folder := fstest.MapFS{
		"top.md":                  file,
		"_redirects":              file,
		"learn/b.md":              file,
		"learn/a.md":              file,
		"learn/a.txt":             file,
		"learn/deep/er/c.md":      file,
		"learn/.hidden.md":        file,
		".git/objects/x.md":       file,
		"learn/folder.md/file.md": file,
	}
	var got []string
	err := content.Walk(folder, func(_ string, files []content.File, err error) error {
		if err != nil {
			return err
		}
		for _, f := range files {
			got = append(got, f.Name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"top.md", "learn/a.md", "learn/b.md", "learn/deep/er/c.md", "learn/folder.md/file.md"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Walk (-want +got):\n%s", diff)
	}
}

func TestCompareNamesIsTheOrderOfWalk(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{"z.md", "a/x.md", "a/b/c.md", "a.md", "a-b/x.md", "a/b.md", "b/x.md", "a/b/a/y.md"} {
		fsys[name] = &fstest.MapFile{}
	}
	var walked []string
	err := content.Walk(fsys, func(_ string, files []content.File, err error) error {
		for _, file := range files {
			walked = append(walked, file.Name)
		}
		return err
	})
	if err != nil || len(walked) != len(fsys) {
		t.Fatal(walked, err)
	}
	if sorted := slices.SortedFunc(maps.Keys(fsys), content.CompareNames); !slices.Equal(sorted, walked) {
		t.Errorf("sorted %v, walked %v", sorted, walked)
	}
}

func TestWalkFollowsLinksToFiles(t *testing.T) {
	folder := t.TempDir()
	contenttest.WriteFile(t, folder, "data/post.txt", "text")
	if err := os.Symlink(filepath.Join("data", "post.txt"), filepath.Join(folder, "post.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(folder, "dangling.md")); err != nil {
		t.Fatal(err)
	}
	var got []content.File
	err := content.Walk(os.DirFS(folder), func(_ string, files []content.File, err error) error {
		got = append(got, files...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Name != "post.md" || got[0].Size != 4 {
		t.Errorf("Walk: %+v, want post.md with the size of what it links to", got)
	}
}

// A link to a folder could lead round in circles, so it is reported instead.
func TestWalkReportsLinksToFolders(t *testing.T) {
	folder := t.TempDir()
	contenttest.WriteFile(t, folder, "learn/post.md", "text")
	for _, name := range []string{"again", "post-again.md"} {
		if err := os.Symlink("..", filepath.Join(folder, "learn", name)); err != nil {
			t.Fatal(err)
		}
	}
	var files []string
	problems := map[string]error{}
	err := content.Walk(os.DirFS(folder), func(name string, list []content.File, err error) error {
		for _, file := range list {
			files = append(files, file.Name)
		}
		if err != nil {
			problems[name] = err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || len(problems) != 2 || problems["learn/again"] == nil || problems["learn/post-again.md"] == nil {
		t.Errorf("Walk: files %v, problems %v; want one file and a problem with each link", files, problems)
	}
}

func TestWalkWithoutFolder(t *testing.T) {
	err := content.Walk(os.DirFS(filepath.Join(t.TempDir(), "nowhere")), func(string, []content.File, error) error {
		t.Error("a folder that is not there was visited")
		return nil
	})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Walk: %v, want that the folder does not exist", err)
	}
}

// unreadable is a file system in which one folder cannot be read.
type unreadable struct {
	fstest.MapFS
	folder string
}

func (u unreadable) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.folder {
		return nil, fs.ErrPermission
	}
	return u.MapFS.ReadDir(name)
}

func TestWalkReportsUnreadableFolders(t *testing.T) {
	file := &fstest.MapFile{Data: []byte("text")}
	folder := unreadable{fstest.MapFS{"a/x.md": file, "b/x.md": file, "c/x.md": file}, "b"}
	visits := map[string]error{}
	err := content.Walk(folder, func(name string, _ []content.File, err error) error {
		visits[name] = err
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(visits) != 4 || !errors.Is(visits["b"], fs.ErrPermission) || visits["c"] != nil {
		t.Errorf("Walk visited %v, want an error for b alone", visits)
	}
}
