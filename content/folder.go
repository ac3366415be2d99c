package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// File is a file that may hold a post, as its folder lists it.
type File struct {
	Name     string    // below the content folder, with slashes
	Size     int64     // in bytes
	Modified time.Time // zero if the file system does not say
}

// Walk calls visit for each folder of fsys, beginning with the root, with the *.md
// files directly in it; files and folders come in the order of their names. Names
// that begin with a dot are skipped. If a folder cannot be read, visit gets the
// error and no files, and the folders below it are not visited. Links to folders
// could lead round in circles: they are not followed, and visit gets ErrLink. Walk
// returns the first error of visit, or ErrNoPosts if the root cannot be read.
func Walk(fsys fs.FS, visit func(folder string, files []File, err error) error) error {
	return walk(fsys, root, visit)
}

// root is the content folder itself.
const root = "."

func walk(fsys fs.FS, folder string, visit func(string, []File, error) error) error {
	entries, err := fs.ReadDir(fsys, folder)
	switch {
	case err != nil && folder == root:
		return fmt.Errorf("%w: %w", ErrNoPosts, err)
	case err != nil:
		return visit(folder, nil, err)
	}
	var files []File
	var folders []string
	linked := map[string]bool{}
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		switch {
		case isHidden(entry.Name()):
		case entry.IsDir():
			folders = append(folders, name)
		case isLinkedFolder(fsys, name, entry):
			folders = append(folders, name)
			linked[name] = true
		case isPostName(name):
			if file := Stat(fsys, name); file != nil {
				files = append(files, *file)
			}
		}
	}
	if err := visit(folder, files, nil); err != nil {
		return err
	}
	for _, folder := range folders {
		if linked[folder] {
			err = visit(folder, nil, ErrLink)
		} else {
			err = walk(fsys, folder, visit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CompareNames compares the names of two files by the order of Walk: files in a folder come
// before files in its subfolders.
func CompareNames(a, b string) int {
	for {
		partA, restA, isBelowA := strings.Cut(a, "/")
		partB, restB, isBelowB := strings.Cut(b, "/")
		switch {
		case isBelowA && !isBelowB:
			return 1
		case isBelowB && !isBelowA:
			return -1
		case partA != partB || !isBelowA:
			return strings.Compare(partA, partB)
		}
		a, b = restA, restB
	}
}

// ErrNoPosts says that the content folder cannot be read or holds no posts.
var ErrNoPosts = errors.New("no posts in the content folder")

// ErrLink says that a link to a folder is not followed.
var ErrLink = errors.New("links to folders are not followed; put the folder itself here")

func isLinkedFolder(fsys fs.FS, name string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

func isHidden(name string) bool { return strings.HasPrefix(name, ".") }

func isPostName(name string) bool { return strings.HasSuffix(name, ".md") }

// Stat returns the named file as Walk would list it, in a folder that Walk visits. It
// returns nil if there is no such file or it cannot hold a post.
func Stat(fsys fs.FS, name string) *File {
	if base := path.Base(name); isHidden(base) || !isPostName(base) {
		return nil
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &File{Name: name} // ReadFile reports the error
	case !info.Mode().IsRegular():
		return nil
	}
	return &File{Name: name, Size: info.Size(), Modified: info.ModTime()}
}

// HoldsPosts reports whether Walk would find files directly in a folder.
func HoldsPosts(fsys fs.FS, folder string) bool {
	entries, err := fs.ReadDir(fsys, folder)
	return err == nil && slices.ContainsFunc(entries, func(entry fs.DirEntry) bool {
		return Stat(fsys, path.Join(folder, entry.Name())) != nil
	})
}

// ReadFile returns the data of the named file, but at most one byte more than
// MaxSize, so that Parse can refuse a file that is too large. Its errors are of
// type *FileError.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	data, err := readStart(fsys, name, MaxSize+1)
	if err != nil {
		return nil, &FileError{File: name, Err: fmt.Errorf("read: %w", err)}
	}
	return data, nil
}

func readStart(fsys fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe waits until someone writes to it
		return nil, errors.New("not a regular file")
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var data bytes.Buffer
	data.Grow(int(min(info.Size(), limit)) + bytes.MinRead)
	_, err = data.ReadFrom(io.LimitReader(file, limit))
	return data.Bytes(), err
}
