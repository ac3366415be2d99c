package db

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// keptSuffixes are those of a foreign file that is kept and of its logs, which belong to it.
var keptSuffixes = []string{"", "-wal", "-journal"}

// placeForForeign returns the name under which a file is to be kept that was never a library,
// or "" if file is a library or missing. It takes the place of no file that was kept earlier.
func placeForForeign(file string) (kept string, err error) {
	header, err := readHeader(file)
	if err != nil || len(header) == 0 || isLibrary(header) {
		return "", err
	}
	kept = file + ".replaced"
	for number := 2; ; number++ {
		isFree, err := isFree(kept)
		if err != nil || isFree {
			return kept, err
		}
		kept = fmt.Sprintf("%s.replaced-%d", file, number)
	}
}

// isFree reports whether neither file exists nor a log that would be taken for its own.
func isFree(file string) (bool, error) {
	for _, suffix := range keptSuffixes {
		if _, err := os.Lstat(file + suffix); !errors.Is(err, os.ErrNotExist) {
			return false, err
		}
	}
	return true, nil
}

// keepForeign moves a file that was never a library out of the way: its name may
// have been given by mistake.
func keepForeign(file string, options LoadOptions) error {
	kept, err := placeForForeign(file)
	if err != nil || kept == "" {
		return err
	}
	for _, suffix := range keptSuffixes {
		if err := os.Rename(file+suffix, kept+suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	options.replaced(fmt.Errorf("%s was not a library; it is kept as %s", file, kept))
	return nil
}

// The header of a SQLite file: its size, and the offsets of the format versions and of the
// application ID (https://www.sqlite.org/fileformat.html#the_database_header).
const (
	headerSize        = 100
	versionOffset     = 18 // two bytes: the write version and the read version
	applicationOffset = 68
)

// readHeader returns the first bytes of a file, none if it does not exist.
func readHeader(name string) ([]byte, error) {
	file, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, headerSize))
}

// isLibrary reports whether a file that begins with header is a library of any
// version.
func isLibrary(header []byte) bool {
	return len(header) == headerSize && bytes.HasPrefix(header, []byte("SQLite format 3\x00")) &&
		binary.BigEndian.Uint32(header[applicationOffset:]) == applicationID
}

// The bytes at versionOffset in files without and with a write-ahead log.
const (
	withoutLog = "\x01\x01"
	withLog    = "\x02\x02"
)

// usesLog reports whether a library that begins with header uses a write-ahead log.
func usesLog(header []byte) bool {
	return string(header[versionOffset:][:len(withLog)]) == withLog
}

// markWithoutLog marks a database as one without a write-ahead log. Where there may be a
// log, readers lock the file for as long as they are open, and Litestream would wait for
// them forever: it marks the file itself only at the first change. A file that cannot be
// written stays as it is. Nobody else may have the database open: a writer would then wait for
// the readers that still use the log.
func markWithoutLog(name string) error {
	header, err := readHeader(name)
	if err != nil || !isLibrary(header) || !usesLog(header) {
		return err
	}
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = file.WriteAt([]byte(withoutLog), versionOffset)
	return errors.Join(err, file.Close())
}

// removeDatabase removes a database file with its logs.
func removeDatabase(file string) error {
	for _, name := range []string{file, file + "-wal", file + "-shm", file + "-journal"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// replaceDatabase puts the finished database newer in the place of file. It removes the old
// database before its logs, which would otherwise be applied to the new one, so that nobody
// who opens file finds a database without its log. Readers keep what they have opened.
func replaceDatabase(file, newer string) error {
	synced, err := os.OpenFile(newer, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(synced.Sync(), synced.Close()); err != nil {
		return err
	}
	if err := removeDatabase(file); err != nil {
		return err
	}
	return os.Rename(newer, file)
}

// finishReplacement completes a replacement that was killed after the old database was
// removed: what only the old one remembered is now in the new one alone.
func finishReplacement(file, newer string) error {
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	header, err := readHeader(newer)
	if err != nil || !isLibrary(header) || !usesLog(header) { // fill turns the log on last
		return err
	}
	return replaceDatabase(file, newer)
}
