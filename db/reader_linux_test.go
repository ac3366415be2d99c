package db_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// openFiles returns how many open files of the process have names that begin with file.
func openFiles(t *testing.T, file string) (open int) {
	t.Helper()
	descriptors, err := filepath.Glob("/proc/self/fd/*")
	mustDo(t, err)
	for _, descriptor := range descriptors {
		name, err := os.Readlink(descriptor)
		if err == nil && strings.HasPrefix(name, file) { // other descriptors may be gone by now
			open++
		}
	}
	return open
}

// A replaced database is closed: left open, it would still take up disk space.
func TestReplacedDatabasesAreClosed(t *testing.T) {
	l := newLibrary(t, postA, postB)
	l.load()
	l.wantTitle(pathA, "What is A?")
	before := openFiles(t, l.file)
	for range 5 {
		mustDo(t, os.Remove(l.file))
		l.load()
		l.wantTitle(pathA, "What is A?")
	}
	if after := openFiles(t, l.file); after != before {
		t.Errorf("%d files of the database are open after it was replaced, %d before", after, before)
	}
	l.close()
	if open := openFiles(t, l.file); open != 0 {
		t.Errorf("%d files of the database are open after it was closed", open)
	}
}
