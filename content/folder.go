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
	Modified time.Time // zero when the file system does not tell
}

// Walk visits the folders below the root of fsys, each with the *.md files that
// lie in it, in the order of their names. Names that begin with a dot are passed
// over. When a folder cannot be read, visit gets the error with no files, and
// none of the folders below it. For a link to a folder, which could lead round in
// circles, the error is ErrLink. That the root cannot be read is ErrNoPosts.
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
		case isPassedOver(entry.Name()):
		case entry.IsDir():
			folders = append(folders, name)
		case isPostName(name):
			if file := LookAt(fsys, name); file != nil {
				files = append(files, *file)
			}
		case isLinkedFolder(fsys, name, entry):
			folders = append(folders, name)
			linked[name] = true
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

// CompareNames compares the names of two files by when Walk has them: those of a folder
// before those of folders in it.
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

// ErrNoPosts says that there is nothing to be had from the content folder.
var ErrNoPosts = errors.New("the content folder gives no posts")

// ErrLink says that a link to a folder is not followed.
var ErrLink = errors.New("links to folders are not followed; put the folder itself here")

func isLinkedFolder(fsys fs.FS, name string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}

func isPassedOver(name string) bool { return strings.HasPrefix(name, ".") }

func isPostName(name string) bool { return strings.HasSuffix(name, ".md") }

// LookAt returns what Walk says of the named file, in a folder that Walk visits: nil if
// there is none, or none that may hold a post.
func LookAt(fsys fs.FS, name string) *File {
	if base := path.Base(name); isPassedOver(base) || !isPostName(base) {
		return nil
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &File{Name: name} // whoever reads the file meets what is wrong with it
	case !info.Mode().IsRegular():
		return nil
	}
	return &File{Name: name, Size: info.Size(), Modified: info.ModTime()}
}

// HoldsPosts reports whether Walk would find files in a folder.
func HoldsPosts(fsys fs.FS, folder string) bool {
	entries, err := fs.ReadDir(fsys, folder)
	return err == nil && slices.ContainsFunc(entries, func(entry fs.DirEntry) bool {
		return LookAt(fsys, path.Join(folder, entry.Name())) != nil
	})
}

// ReadFile returns the data of the named file, at most one byte more than
// MaxSize of it, so that Parse can refuse what is too long. Its errors are of
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
	if !info.Mode().IsRegular() { // to open a pipe is to wait for who writes into it
		return nil, errors.New("it is no regular file")
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
