// Package db keeps the library in SQLite: it brings the database up to date with
// the posts and answers the pages' queries. It is the only place with SQL.
package db

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"hash/crc32"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotFound says that the library holds nothing by the requested name.
var ErrNotFound = errors.New("not found")

// ErrNotReady says that there is no database to answer from yet, or that it is
// damaged and about to be rebuilt.
var ErrNotReady = errors.New("the library is not loaded yet")

//go:embed schema.sql
var schema string

//go:embed indexes.sql
var indexes string

// applicationID marks the file as a QuickTakes library
// (https://www.sqlite.org/pragma.html#pragma_application_id).
const applicationID = 0x51546B73

// schemaVersion changes whenever the schema or the indexes do.
var schemaVersion = int64(crc32.ChecksumIEEE([]byte(schema+indexes)) >> 1)

// Store is a library in a database file. It is safe for use by many goroutines.
type Store struct {
	file    string
	reader  atomic.Pointer[reader] // nil while there is no usable database
	loading sync.Mutex
	// refreshing keeps an older time of change from overwriting a newer one.
	refreshing sync.Mutex
	changed    atomic.Int64 // see Changed
	damage     atomic.Bool  // the next load builds a new database
	replica    bool         // see OpenReplica
	damaged    chan struct{}
	landmarks  landmarks
	refused    refused
}

// refused is what the last load could not use, and why.
type refused struct {
	files   map[string]error // by name: files that hold no valid post
	folders map[string]error // by name: folders not readable when all were last listed; nil before
}

// Open opens the library in file. It is not an error if the file is missing or is
// not a library of this version: the store answers ErrNotReady until Load has built a new
// one. Nor is it if another program has locked the file: Refresh opens it once it is free.
func Open(ctx context.Context, file string) (*Store, error) {
	return open(ctx, &Store{file: file, damaged: make(chan struct{}, 1)})
}

// OpenReplica opens a library that something else keeps up to date: by replacing
// the file, or as Litestream does by writing to it. Load must not be called.
func OpenReplica(ctx context.Context, file string) (*Store, error) {
	return open(ctx, &Store{file: file, damaged: make(chan struct{}, 1), replica: true})
}

func open(ctx context.Context, s *Store) (*Store, error) {
	file := s.file
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, fmt.Errorf("open database %s: %w", file, advised(err))
	}
	reader, err := s.openUsable(ctx)
	if IsLocked(err) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", file, advised(err))
	}
	s.reader.Store(reader)
	if err := s.Refresh(ctx); err != nil && !errors.Is(err, errUnusable) {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Changed returns the time of the last load that changed something, zero before
// the first. No two states of the library share a second, and a later state always
// has a later time, even if the clock was set back.
func (s *Store) Changed() time.Time {
	if changed := s.changed.Load(); changed != 0 {
		return time.Unix(0, changed).UTC()
	}
	return time.Time{}
}

// Refresh picks up what another process loaded into the database, or a new database that it
// put in its place. It is an error if a replica cannot use the new file; the old one then
// stays in use.
func (s *Store) Refresh(ctx context.Context) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	if err := s.reopen(ctx); err != nil {
		return fmt.Errorf("refresh %s: %w", s.file, err)
	}
	reader := s.reader.Load()
	if reader == nil {
		return nil
	}
	value, err := readState(ctx, reader, stateChanged)
	if err != nil {
		return fmt.Errorf("refresh %s: %w", s.file, err)
	}
	changed, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return fmt.Errorf("refresh %s: time of the last change: %w", s.file, err)
	}
	s.changed.Store(changed)
	return nil
}

// errUnusable: a replica can only report an unusable file; it never builds a new database.
var errUnusable = errors.New("the file is not a library made by this version of the program: supply one that is")

// reopen opens the database again if another file has taken its place, or if a file that
// was opened as immutable has changed.
func (s *Store) reopen(ctx context.Context) error {
	old := s.reader.Load()
	info, err := os.Stat(s.file)
	if err != nil || old != nil && os.SameFile(info, old.info) && !old.isOutdated(info, s.file) {
		return nil //nolint:nilerr // a deleted file still answers through its open connections
	}
	newer, err := s.openUsable(ctx)
	if err == nil && newer == nil && s.replica {
		return errUnusable
	}
	if err != nil || newer == nil {
		return err
	}
	if !s.reader.CompareAndSwap(old, newer) {
		return newer.Close()
	}
	if old == nil {
		return nil
	}
	return old.Close()
}

// Close closes the database once the reads in progress have ended.
func (s *Store) Close() error {
	if reader := s.reader.Swap(nil); reader != nil {
		return reader.Close()
	}
	return nil
}

// Ready reports whether the store can answer.
func (s *Store) Ready() bool { return s.reader.Load() != nil }

// Damaged receives a value when a read finds the database damaged. The next Load then
// builds a new one.
func (s *Store) Damaged() <-chan struct{} { return s.damaged }

// maxVerified is the size in bytes of the largest database that Verify reads, which takes
// a few seconds.
const maxVerified = 1 << 30

// Verify reads the whole database for damage that no page has met yet. It does
// not read a large database: doing so at each start would take minutes and push what pages
// need out of the system's cache. Damage is reported through Damaged.
func (s *Store) Verify(ctx context.Context) error {
	_, err := read(ctx, s, "verify database "+s.file, func(snap *snapshot) (struct{}, error) {
		return struct{}{}, verify(ctx, snap)
	})
	return err
}

func verify(ctx context.Context, snap *snapshot) error {
	var size int64
	err := snap.one(ctx, `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`).Scan(&size)
	if err != nil || size > maxVerified {
		return err
	}
	findings, err := collect(ctx, snap, scanText, `PRAGMA quick_check(1)`)
	if err != nil {
		return err
	}
	if len(findings) != 1 || findings[0] != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, strings.Join(findings, "; "))
	}
	return nil
}

// errDamaged is damage that SQLite reports as a row rather than as an error.
var errDamaged = errors.New("database is damaged")

// openUsable opens the store's file for reading. It returns nil if the file is missing or
// is not a library of this version.
func (s *Store) openUsable(ctx context.Context) (*reader, error) {
	file := s.file
	info, err := os.Stat(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	if s.replica && !isInUse(file) {
		if err := markWithoutLog(file); err != nil {
			return nil, err
		}
	}
	reader, err := openReader(ctx, file, info, "mode=ro")
	if isUnwritable(err) && !hasLog(file) {
		// SQLite cannot create the files through which readers and writers coordinate. Where
		// it cannot, nothing else can write either.
		reader, err = openReader(ctx, file, info, "immutable=1")
		if reader != nil {
			reader.immutable = true
		}
	}
	return reader, err
}

// openReader opens file in a mode. It returns nil if it is not a library of this version.
func openReader(ctx context.Context, file string, info os.FileInfo, mode string) (*reader, error) {
	database, err := sql.Open("sqlite", dataSource(file, mode, "_pragma=query_only(1)", readCache))
	if err != nil {
		return nil, err
	}
	usable, err := isUsable(ctx, database)
	if err != nil || !usable {
		return nil, errors.Join(err, database.Close())
	}
	return newReader(ctx, database, info)
}

// hasLog reports whether a database has changes that are not in its file yet.
func hasLog(file string) bool {
	log, err := os.Stat(file + "-wal")
	return err == nil && log.Size() > 0
}

// isInUse reports whether a database with a write-ahead log is open somewhere, or was when its
// program was killed: the files beside it are removed with the last connection.
func isInUse(file string) bool {
	for _, name := range []string{file + "-wal", file + "-shm"} {
		if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
			return true
		}
	}
	return false
}

// How much of the file a connection caches, in KiB: a load touches the inner pages of all
// indexes again and again, a web page only a few.
const (
	readCache  = "_pragma=cache_size(-2000)"
	writeCache = "_pragma=cache_size(-16000)"
)

// isUsable reports whether db is a library of this version that says when it was loaded.
func isUsable(ctx context.Context, db *sql.DB) (usable bool, err error) {
	var application, version int64
	err = db.QueryRowContext(ctx, `
		SELECT application_id, user_version
		FROM pragma_application_id, pragma_user_version`).
		Scan(&application, &version)
	if err == nil && application == applicationID && version == schemaVersion {
		err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM state WHERE name = ?)`, stateChanged).Scan(&usable)
	}
	if isDamage(err) {
		return false, nil
	}
	return usable, err
}

// SQLiteVersion returns the version of the SQLite library.
func SQLiteVersion(ctx context.Context) (string, error) {
	memory, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", err
	}
	defer memory.Close()
	var version string
	err = memory.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version)
	return version, err
}

// dataSource returns file's name for the driver. Pragmas belong here: set by Exec, they
// would reach only one connection of the pool.
func dataSource(file string, parameters ...string) string {
	escaped := (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()
	return "file:" + escaped + "?" + strings.Join(append(parameters, "_pragma=busy_timeout(5000)"), "&")
}

// isDamage reports whether err says that the file is damaged or not a database.
func isDamage(err error) bool {
	if errors.Is(err, errDamaged) {
		return true
	}
	if failure, ok := errors.AsType[*sqlite.Error](err); ok && failure.Code() == sqlite3.SQLITE_IOERR_SHORT_READ {
		return true // the write-ahead log was cut short
	}
	code := resultCode(err)
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// isUnwritable reports whether err says that SQLite cannot write where it must.
func isUnwritable(err error) bool {
	code := resultCode(err)
	return code == sqlite3.SQLITE_READONLY || code == sqlite3.SQLITE_CANTOPEN
}

// resultCode returns SQLite's primary result code in err, 0 if there is none
// (https://www.sqlite.org/rescode.html).
func resultCode(err error) int {
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		return failure.Code() & 0xff
	}
	return 0
}
