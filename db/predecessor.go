package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path"
	"strconv"
)

// predecessor is a library that a new one replaces. The posts do not say which
// addresses were removed or when a post last changed: that is taken over from it,
// whatever its schema, as far as it can still be read.
type predecessor struct {
	file     string
	database *sql.DB
	post     *sql.Stmt
	options  LoadOptions
	told     bool // that not everything could be read
}

// openPredecessor returns the library at file, nil if there is none.
func openPredecessor(ctx context.Context, file string, options LoadOptions) (*predecessor, error) {
	header, err := readHeader(file)
	if err != nil || !isLibrary(header) {
		return nil, err
	}
	database, err := sql.Open("sqlite", dataSource(file, "mode=ro", "_pragma=query_only(1)", readCache))
	if err != nil {
		return nil, err
	}
	p := &predecessor{file: file, database: database, options: options}
	if p.post, err = database.PrepareContext(ctx, `
		SELECT hash, modified, listed, (SELECT hash FROM files WHERE folder = ? AND name = ?)
		FROM posts
		WHERE path = ?`); err != nil {
		p.tell(err)
	}
	return p, nil
}

// Close closes the database. p may be nil.
func (p *predecessor) Close() error {
	if p == nil {
		return nil
	}
	if p.post != nil {
		return errors.Join(p.post.Close(), p.database.Close())
	}
	return p.database.Close()
}

// tell reports, once, that not everything could be read.
func (p *predecessor) tell(err error) {
	if !p.told {
		p.told = true
		p.options.replaced(fmt.Errorf("%s is only partly readable: some removed addresses and times of change may be forgotten: %w", p.file, err))
	}
}

// row returns the post that was at the address of j's post, nil if there was none.
// A file with the same bytes holds the same post, even if posts were hashed differently.
func (p *predecessor) row(ctx context.Context, j *job) *row {
	if p == nil || p.post == nil {
		return nil
	}
	var r row
	var fileHash []byte
	err := p.post.QueryRowContext(ctx, j.folder, j.file.Name, j.post.Path).Scan(&r.hash, &r.modified, &r.listed, &fileHash)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		p.tell(err)
		return nil
	}
	if bytes.Equal(fileHash, j.hash[:]) {
		r.hash = j.postHash[:]
	}
	return &r
}

// former is an address that a predecessor knew.
type former struct {
	path   string
	value  string
	listed bool // whether search engines may know it
}

// each calls visit with each row of a query for the columns of former, as far as they can
// be read.
func (p *predecessor) each(ctx context.Context, query string, visit func(former) error) error {
	rows, err := p.database.QueryContext(ctx, query)
	if err != nil {
		p.tell(err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var f former
		if err := rows.Scan(&f.path, &f.value, &f.listed); err != nil {
			p.tell(err)
			return nil
		}
		if err := visit(f); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		p.tell(err)
	}
	return nil
}

// state returns a value of its table state, empty if it is unknown.
func (p *predecessor) state(ctx context.Context, name string) string {
	var value string
	if err := p.database.QueryRowContext(ctx, `SELECT value FROM state WHERE name = ?`, name).Scan(&value); err != nil {
		return ""
	}
	return value
}

// changed returns its stateChanged, 0 if it is unknown. p may be nil.
func (p *predecessor) changed(ctx context.Context) int64 {
	if p == nil {
		return 0
	}
	changed, err := strconv.ParseInt(p.state(ctx, stateChanged), 10, 64)
	if err != nil {
		return 0
	}
	return changed
}

// announced returns the number of the last address that it announced or was to announce, 0
// if it is unknown. p may be nil.
func (p *predecessor) announced(ctx context.Context) (number int64) {
	if p == nil {
		return 0
	}
	err := p.database.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'announcements'`).Scan(&number)
	if err != nil {
		p.tell(err)
	}
	return number
}

// takeOver remembers the addresses that the predecessor knew and that have no post
// now, and those that were still to be announced.
func (w *writer) takeOver(ctx context.Context) error {
	if w.predecessor == nil {
		return nil
	}
	return errors.Join(
		w.predecessor.each(ctx, `SELECT path, time, FALSE FROM removed`, func(f former) error {
			return w.exec(ctx, `
				INSERT OR IGNORE INTO removed (path, time)
				SELECT ?1, CAST(?2 AS INTEGER)
				WHERE NOT EXISTS (SELECT 1 FROM posts WHERE path = ?1)`, f.path, f.value)
		}),
		w.predecessor.each(ctx, `SELECT path, file, listed FROM posts`, func(f former) error {
			return w.takeOverPost(ctx, f.path, f.value, f.listed)
		}),
		w.predecessor.each(ctx, `SELECT path, number, TRUE FROM announcements ORDER BY number`, func(f former) error {
			return w.announce(ctx, f.path)
		}),
	)
}

// takeOverPost remembers that the post at an address was removed, unless there is still
// one or its file could not be read.
func (w *writer) takeOverPost(ctx context.Context, address, file string, listed bool) error {
	folder := path.Dir(file)
	if isBelow(folder, w.listed.unreadable) {
		return nil
	}
	var known bool
	err := w.one(ctx, `
		SELECT EXISTS (SELECT 1 FROM posts WHERE path = ?1)
			OR EXISTS (SELECT 1 FROM removed WHERE path = ?1)
			OR EXISTS (SELECT 1 FROM files WHERE folder = ?2 AND name = ?3 AND problem <> '')`,
		address, folder, file).Scan(&known)
	if err != nil || known {
		return err
	}
	w.result.Removed++
	return w.putRemoved(ctx, address, listed)
}
