package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"quicktakes/content"
)

// listing is what a load saw of the folders.
type listing struct {
	folders    map[string]bool // those that were read
	unreadable []string        // what lies below these stays as it is
	gone       []goneFile
	vanished   map[string]bool // the folders that LoadOptions.Vanished is asked about
	isPartial  bool            // see LoadResult.Partial
}

// goneFile is a known file that is no longer there.
type goneFile struct{ folder, name string }

// list sends the files that must be read, and records in listed what it saw.
func (l *loader) list(ctx context.Context, fsys fs.FS, listed *listing, send func(*job) error) error {
	if l.options.Files != nil && !l.everything && l.refusedBefore.folders != nil {
		if err := l.listNamed(ctx, fsys, listed, send); err != nil || listed.isPartial {
			return err
		}
	}
	return l.listAll(ctx, fsys, listed, send)
}

// listAll lists all folders.
func (l *loader) listAll(ctx context.Context, fsys fs.FS, listed *listing, send func(*job) error) error {
	err := content.Walk(fsys, func(folder string, files []content.File, err error) error {
		if isOutOfFiles(err) {
			return err
		}
		if err != nil {
			if !errors.Is(err, content.ErrLink) {
				listed.unreadable = append(listed.unreadable, folder) // it may come back
			}
			problem := &content.FileError{File: folder, Err: err}
			l.refused.folders[folder] = problem
			l.problem(problem)
			return ctx.Err()
		}
		known, err := l.knownFiles(ctx, folder)
		if err != nil {
			return err
		}
		listed.folders[folder] = true
		l.seen.Add(int64(len(files)))
		for _, file := range files {
			earlier := known[file.Name]
			delete(known, file.Name)
			if err := l.look(file, earlier, send); err != nil {
				return err
			}
		}
		for name := range known {
			listed.gone = append(listed.gone, goneFile{folder, name})
		}
		listed.vanished[folder] = len(files) == 0 && len(known) > 1
		return nil
	})
	if err != nil {
		return err
	}
	if l.seen.Load() == 0 && (len(listed.unreadable) == 0 || l.known == nil) {
		return fmt.Errorf("%w: it holds no *.md file; surely an empty library is not intended", content.ErrNoPosts)
	}
	return l.listGoneFolders(ctx, listed)
}

// look sends a file if it must be read.
func (l *loader) look(file content.File, earlier *knownFile, send func(*job) error) error {
	isCurrent := earlier != nil && !l.everything && earlier.isCurrent(file)
	if isCurrent && earlier.problem == "" {
		l.done.Add(1)
		return nil
	}
	j := &job{file: file, folder: path.Dir(file.Name), earlier: earlier, readNS: l.options.Now().UnixNano(), done: make(chan struct{})}
	if problem := l.refusedBefore.files[file.Name]; isCurrent && problem != nil && problem.Error() == earlier.problem {
		j.problem, j.isKnown = problem, true
	}
	return send(j)
}

// listNamed lists the files that LoadOptions.Files names and those with a problem: an
// address that these wait for may now be free. If it cannot be sure that nothing else has
// changed, it does nothing.
func (l *loader) listNamed(ctx context.Context, fsys fs.FS, listed *listing, send func(*job) error) error {
	known, err := l.knownAmong(ctx, l.options.Files)
	if err != nil {
		return err
	}
	names := slices.AppendSeq(slices.Clone(l.options.Files), maps.Keys(known))
	slices.SortFunc(names, content.CompareNames)
	unread := slices.Collect(maps.Keys(l.refusedBefore.folders))
	var files []content.File
	var gone []goneFile
	folders := map[string]bool{} // that lost files
	for _, name := range slices.Compact(names) {
		folder := path.Dir(name)
		if isBelow(folder, unread) {
			return nil
		}
		if file := content.Stat(fsys, name); file != nil {
			files = append(files, *file)
		} else if known[name] != nil {
			gone = append(gone, goneFile{folder, name})
			folders[folder] = true
		}
	}
	for folder := range folders {
		if !content.HoldsPosts(fsys, folder) {
			return nil
		}
	}
	listed.isPartial, listed.gone = true, gone
	l.refused.folders = l.refusedBefore.folders
	for _, problem := range l.refused.folders {
		l.problem(problem)
	}
	l.seen.Add(int64(len(files)))
	for _, name := range l.options.Files {
		if earlier := known[name]; earlier != nil {
			earlier.modifiedNS = 0 // it may have changed but have its old size and time
		}
	}
	for _, file := range files {
		if err := l.look(file, known[file.Name], send); err != nil {
			return err
		}
	}
	return nil
}

// listGoneFolders adds the files of known folders that are no longer there.
func (l *loader) listGoneFolders(ctx context.Context, listed *listing) error {
	if l.known == nil {
		return nil
	}
	return l.known.snapshot(ctx, func(snap *snapshot) error {
		folders, err := collect(ctx, snap, scanText, `SELECT DISTINCT folder FROM files`)
		if err != nil {
			return err
		}
		for _, folder := range folders {
			if listed.folders[folder] || isBelow(folder, listed.unreadable) {
				continue
			}
			listed.vanished[folder] = true
			names, err := collect(ctx, snap, scanText, `SELECT name FROM files WHERE folder = ?`, folder)
			if err != nil {
				return err
			}
			for _, name := range names {
				listed.gone = append(listed.gone, goneFile{folder, name})
			}
		}
		return nil
	})
}

// isBelow reports whether folder is one of parents or lies below one.
func isBelow(folder string, parents []string) bool {
	return slices.ContainsFunc(parents, func(parent string) bool {
		return parent == "." || strings.HasPrefix(folder+"/", parent+"/")
	})
}
