package db

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	sqlite3 "modernc.org/sqlite/lib"
)

// advised adds to an error of the database what an operator can do about it, if that
// is known. The library that readers see is not touched by such an error.
func advised(err error) error {
	if advice := adviceOn(err); advice != "" {
		return fmt.Errorf("%w: %s", err, advice)
	}
	return err
}

// adviceOn returns what can be done about err, "" if that is not known.
func adviceOn(err error) string {
	const (
		full     = "free space on the disk of the database, then load again"
		files    = "the program must be allowed to open more files: raise ulimit -n, or LimitNOFILE= of its service"
		readOnly = "the program must be allowed to write to the database and its folder"
		locked   = "another program is writing to the database; stop it, or load again later"
		failing  = "the disk of the database is full or failing; repair that, then load again"
	)
	switch {
	case isOutOfFiles(err):
		return files
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return full
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return readOnly
	}
	if IsLocked(err) {
		return locked
	}
	switch resultCode(err) {
	case sqlite3.SQLITE_FULL:
		return full
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return readOnly
	case sqlite3.SQLITE_CANTOPEN: // for which of these reasons SQLite does not say
		return readOnly + "; or " + files
	case sqlite3.SQLITE_IOERR:
		return failing
	}
	return ""
}

// isOutOfFiles reports whether err says that the program, or the system, has as many files
// open as it may. Any file can run into that, whatever it holds.
func isOutOfFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// IsLocked reports whether err says that another program has locked the database.
func IsLocked(err error) bool {
	code := resultCode(err)
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}
