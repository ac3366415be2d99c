// Package db keeps the library in SQLite: it brings the database up to date with
// the posts and answers what the pages ask. It is the only place with SQL.
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

// ErrNotFound says that the library has nothing under the name asked for.
var ErrNotFound = errors.New("not found")

// ErrNotReady says that there is no database to answer from yet, or that it is
// damaged and about to be made anew.
var ErrNotReady = errors.New("the library is not loaded yet")

//go:embed schema.sql
var schema string

//go:embed indexes.sql
var indexes string

// applicationID marks the file as a QuickTakes library
// (https://www.sqlite.org/pragma.html#pragma_application_id).
const applicationID = 0x51546B73

// schemaVersion is another number for every other schema.
var schemaVersion = int64(crc32.ChecksumIEEE([]byte(schema+indexes)) >> 1)

// Store is a library in a database file. It is safe for use by many goroutines.
type Store struct {
	file    string
	reader  atomic.Pointer[reader] // nil while there is no usable database
	loading sync.Mutex
	// refreshing keeps an older time of change from following a newer one.
	refreshing sync.Mutex
	changed    atomic.Int64 // see Changed
	damage     atomic.Bool  // the next load makes a new database
	damaged    chan struct{}
	landmarks  landmarks
}

// Open opens the library in file. A file that is missing or is no library of
// this version is no error: the store answers ErrNotReady until Load has made a
// new one.
func Open(ctx context.Context, file string) (*Store, error) {
	s := &Store{file: file, damaged: make(chan struct{}, 1)}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, fmt.Errorf("open database %s: %w", file, err)
	}
	reader, err := openUsable(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", file, err)
	}
	s.reader.Store(reader)
	if err := s.Refresh(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Changed returns the time of the last load that changed something, zero before
// the first. It is never the same for two states of the library.
func (s *Store) Changed() time.Time {
	if changed := s.changed.Load(); changed != 0 {
		return time.Unix(0, changed).UTC()
	}
	return time.Time{}
}

// Refresh notices what another process loaded into the database, or that it put a
// new one into its place.
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

// reopen opens the database anew if there is another file in its place.
func (s *Store) reopen(ctx context.Context) error {
	old := s.reader.Load()
	info, err := os.Stat(s.file)
	if err != nil || old != nil && os.SameFile(info, old.info) {
		return nil // a file that is gone still answers
	}
	newer, err := openUsable(ctx, s.file)
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

// Close closes the database, once the reads under way have ended.
func (s *Store) Close() error {
	if reader := s.reader.Swap(nil); reader != nil {
		return reader.Close()
	}
	return nil
}

// Ready reports whether the store can answer.
func (s *Store) Ready() bool { return s.reader.Load() != nil }

// Damaged is sent to when a read finds the database damaged. Load then makes a
// new one.
func (s *Store) Damaged() <-chan struct{} { return s.damaged }

// maxVerified is the size of a database in bytes up to which Verify reads it, which
// takes some seconds.
const maxVerified = 1 << 30

// Verify reads the whole database for damage that no page has met yet. One that is
// large is left to those who read its pages: to read it all at each start would take
// minutes, and push what pages need out of the system's memory. What it finds goes
// to Damaged.
func (s *Store) Verify(ctx context.Context) error {
	return s.read(ctx, "verify database "+s.file, func(snap *snapshot) error {
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
	})
}

// errDamaged is damage that SQLite reports as a row rather than as an error.
var errDamaged = errors.New("database is damaged")

// openUsable opens file for reading, nil if it is not a library of this version.
func openUsable(ctx context.Context, file string) (*reader, error) {
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
	database, err := sql.Open("sqlite", dataSource(file, "mode=ro", "_pragma=query_only(1)", readCache))
	if err != nil {
		return nil, err
	}
	usable, err := isUsable(ctx, database)
	if err != nil || !usable {
		return nil, errors.Join(err, database.Close())
	}
	return newReader(ctx, database, info)
}

// What a connection keeps of the file in memory, in KiB: a load touches the inner
// pages of all indexes again and again, a page only a few.
const (
	readCache  = "_pragma=cache_size(-2000)"
	writeCache = "_pragma=cache_size(-32000)"
)

// isUsable reports whether db is a library of this version.
func isUsable(ctx context.Context, db *sql.DB) (bool, error) {
	var application, version int64
	err := db.QueryRowContext(ctx, `
		SELECT application_id, user_version
		FROM pragma_application_id, pragma_user_version`).
		Scan(&application, &version)
	if isDamage(err) {
		return false, nil
	}
	return application == applicationID && version == schemaVersion, err
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

// dataSource names file to the driver. Pragmas belong here: set by Exec they
// would reach one connection of the pool only.
func dataSource(file string, parameters ...string) string {
	escaped := (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()
	return "file:" + escaped + "?" + strings.Join(append(parameters, "_pragma=busy_timeout(5000)"), "&")
}

// isDamage reports whether err says that the file is damaged or no database.
func isDamage(err error) bool {
	if errors.Is(err, errDamaged) {
		return true
	}
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return false
	}
	code := failure.Code() & 0xff
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}
