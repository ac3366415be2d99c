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

// Delays of Watch.
const (
	debounce          = 200 * time.Millisecond // without a change before changed is called
	maxDebounce       = time.Second            // of changes without such a pause
	rootCheckInterval = time.Second            // between checks whether the folder itself was replaced
)

// Watch calls changed when posts or redirects below folder have changed and then settled
// for a moment, or have kept changing for a second. It passes the names of the changed
// files in the form that Walk uses, or nil if others may have changed too. It also calls
// changed at the start and after each interval, whether or not it noticed a change:
// network file systems report none, and a system watches a limited number of folders.
// It passes the first reason why it cannot watch everything to problem. It returns when
// ctx ends.
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
	rescan, rootCheck := time.NewTimer(interval()), time.NewTicker(rootCheckInterval)
	defer rescan.Stop()
	defer rootCheck.Stop()
	var still, latest <-chan time.Time
	wait := func() {
		still = time.After(debounce)
		if latest == nil {
			latest = time.After(maxDebounce)
		}
	}
	report := func() {
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
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // more changes than the system queues
				w.fail(err)
			}
			w.moved = true // the lost events may include a move
			wait()
		case <-rootCheck.C:
			if w.renew() {
				wait()
			}
		case <-rescan.C:
			w.add(w.folder)
			w.files = nil
			report()
			rescan.Reset(interval())
		case <-still:
			report()
		case <-latest:
			report()
		}
	}
}

// watch is the state of Watch.
type watch struct {
	folder   string
	info     fs.FileInfo       // of folder, nil while it does not exist
	notifier *fsnotify.Watcher // nil if the system provides none
	folders  map[string]bool   // those that are watched
	files    map[string]bool   // changed since the last call of changed, nil if others may have too
	moved    bool              // a folder was added, removed or renamed since renew
	problem  func(error)       // nil once called
}

// take returns the changed files, or nil if others may have changed too, and forgets them.
func (w *watch) take() []string {
	files := slices.Sorted(maps.Keys(w.files))
	w.files = map[string]bool{}
	return files
}

// fail reports the first reason why not all changes are noticed at once.
func (w *watch) fail(err error) {
	if w.problem != nil {
		w.problem(fmt.Errorf("watch %s: %w", w.folder, advised(err)))
		w.problem = nil
	}
}

// advised adds advice to errors of the system whose text is misleading here
// (https://man7.org/linux/man-pages/man7/inotify.7.html).
func advised(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: the system watches no more folders; raise fs.inotify.max_user_watches", err)
	case errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("%w: raise fs.inotify.max_user_instances, or the program's limit of open files", err)
	}
	return err
}

// add watches a folder and those below it, except links: Walk does not follow them.
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
	entries, _ := os.ReadDir(folder) // a load reports folders that cannot be read
	for _, entry := range entries {
		if entry.IsDir() && !isHidden(entry.Name()) {
			w.add(filepath.Join(folder, entry.Name()))
		}
	}
}

// renew watches all folders anew if one of them moved, or if the root folder was replaced,
// appeared or disappeared, and reports whether it did. The system watches a folder itself
// rather than its name: to follow a folder that moved, no watch may remain under its old
// name.
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
		_ = w.notifier.Remove(folder) // the system may have removed it already
	}
	clear(w.folders)
	w.info, w.files, w.moved = info, nil, false
	w.add(w.folder)
	return true
}

// concerns reports whether an event may be a change of posts or redirects, and notes the
// files that changed.
func (w *watch) concerns(event fsnotify.Event) bool {
	file := filepath.Clean(event.Name)
	name := filepath.Base(file)
	switch {
	case isHidden(name) && file != w.folder:
		return false
	case w.folders[file] && event.Has(fsnotify.Chmod):
		w.files = nil // files may be readable now that were not
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

// note records that a file changed.
func (w *watch) note(file string) {
	name, err := filepath.Rel(w.folder, file)
	if err != nil {
		w.files = nil
	}
	if w.files != nil {
		w.files[filepath.ToSlash(name)] = true
	}
}
