package content

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// The times of watching.
const (
	settleTime  = 200 * time.Millisecond // for which nothing changes before changed is called
	longestWait = time.Second            // for that
	returnTime  = time.Second            // between two looks whether the folder itself is another
)

// Watch calls changed when posts or redirects below folder changed and are still for a
// moment, or have been changing for a second, with the names of their files as Walk has
// them, or nil if others may have changed too. It does so at its beginning and whenever
// the time that interval gave is over, in any case: network file systems tell of nothing,
// and a system watches only so many folders. That it cannot watch is told to problem,
// once. It returns when ctx ends.
func Watch(ctx context.Context, folder string, interval func() time.Duration, changed func(files []string), problem func(error)) {
	w := &watch{folder: filepath.Clean(folder), folders: map[string]bool{}, problem: problem}
	var events <-chan fsnotify.Event
	var failures <-chan error
	notifier, err := fsnotify.NewWatcher()
	if err != nil {
		w.fail(err)
	} else {
		defer notifier.Close()
		w.notifier, events, failures = notifier, notifier.Events, notifier.Errors
	}
	w.renew()
	changed(w.take())
	look, comeBack := time.NewTimer(interval()), time.NewTicker(returnTime)
	defer look.Stop()
	defer comeBack.Stop()
	var still, latest <-chan time.Time
	wait := func() {
		still = time.After(settleTime)
		if latest == nil {
			latest = time.After(longestWait)
		}
	}
	tell := func() {
		still, latest = nil, nil
		if w.moved {
			w.renew()
		}
		changed(w.take())
	}
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-events:
			if w.concerns(event) {
				wait()
			}
		case err := <-failures:
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // more changes than the system keeps
				w.fail(err)
			}
			w.moved = true // it may not have been told that one was
			wait()
		case <-comeBack.C:
			if w.renew() {
				wait()
			}
		case <-look.C:
			w.add(w.folder)
			w.files = nil
			tell()
			look.Reset(interval())
		case <-still:
			tell()
		case <-latest:
			tell()
		}
	}
}

// watch is what is being watched.
type watch struct {
	folder   string
	info     fs.FileInfo       // of folder, nil while it is not there
	notifier *fsnotify.Watcher // nil if the system has none to give
	folders  map[string]bool   // that are watched
	files    map[string]bool   // that changed since changed was called, nil if others may have too
	moved    bool              // a folder came, went or has another name since they are watched
	problem  func(error)       // nil when it was told
}

// take returns the files that changed, nil if others may have too, and forgets them.
func (w *watch) take() []string {
	files := slices.Sorted(maps.Keys(w.files))
	w.files = map[string]bool{}
	return files
}

// fail tells of the first reason why not all changes are noticed at once.
func (w *watch) fail(err error) {
	if w.problem != nil {
		w.problem(fmt.Errorf("watch %s: %w", w.folder, advised(err)))
		w.problem = nil
	}
}

// advised adds to an error of the system what it means here, if its text misleads
// (https://man7.org/linux/man-pages/man7/inotify.7.html).
func advised(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: the system watches no more folders; raise fs.inotify.max_user_watches", err)
	case errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("%w: raise fs.inotify.max_user_instances, or how many files the program may open", err)
	}
	return err
}

// add watches a folder and those in it, but none that is a link: Walk follows none.
func (w *watch) add(folder string) {
	if w.notifier == nil {
		return
	}
	if info, err := os.Lstat(folder); folder != w.folder && (err != nil || !info.IsDir()) {
		return
	}
	if err := w.notifier.Add(folder); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			w.fail(err)
		}
		return
	}
	w.folders[folder] = true
	entries, _ := os.ReadDir(folder) // a load tells of folders that cannot be read
	for _, entry := range entries {
		if entry.IsDir() && !isPassedOver(entry.Name()) {
			w.add(filepath.Join(folder, entry.Name()))
		}
	}
}

// renew watches all folders anew if one moved, or if there is another one under the name
// of the folder itself than before, or none, and reports whether that is so. The system
// knows folders by other things than their names: to follow one that moved, none must be
// watched under a name that it had.
func (w *watch) renew() bool {
	info, err := os.Stat(w.folder)
	if err != nil {
		info = nil
	}
	isSame := info == nil && w.info == nil || info != nil && w.info != nil && os.SameFile(info, w.info)
	if isSame && !w.moved {
		return false
	}
	for folder := range w.folders {
		_ = w.notifier.Remove(folder) // which the system may have done
	}
	clear(w.folders)
	w.info, w.files, w.moved = info, nil, false
	w.add(w.folder)
	return true
}

// concerns reports whether an event may be a change of posts or redirects, and notes which
// changed.
func (w *watch) concerns(event fsnotify.Event) bool {
	file := filepath.Clean(event.Name)
	name := filepath.Base(file)
	switch {
	case isPassedOver(name) && file != w.folder:
		return false
	case w.folders[file] && event.Has(fsnotify.Chmod):
		w.files = nil // those below a folder that could not be read
		return true
	case w.folders[file]:
		w.files, w.moved = nil, true
		return true
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		w.files, w.moved = nil, true
		return true
	}
	if !isPostName(name) && name != RedirectsFile {
		return false
	}
	w.note(file)
	return true
}

// note notes that a file changed.
func (w *watch) note(file string) {
	name, err := filepath.Rel(w.folder, file)
	if err != nil {
		w.files = nil
	}
	if w.files != nil {
		w.files[filepath.ToSlash(name)] = true
	}
}
