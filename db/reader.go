package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"runtime"
)

// reader is a database opened for reading, over a bounded number of connections.
type reader struct {
	database *sql.DB
	info     os.FileInfo // of its file
	// immutable says that SQLite was told that the file never changes.
	immutable bool
	// idle holds the connections not in use, with nil in place of each one that broke.
	idle chan *connection
}

// connection is one connection to a database. Preparing a statement costs SQLite
// more than running it on an index, so each is prepared once.
type connection struct {
	*sql.Conn
	statements map[string]*sql.Stmt // by query
}

// newReader opens all connections to the database at once: the file may be deleted while
// it is in use.
func newReader(ctx context.Context, database *sql.DB, info os.FileInfo) (*reader, error) {
	connections := 2 * runtime.GOMAXPROCS(0)
	r := &reader{database: database, info: info, idle: make(chan *connection, connections)}
	var failure error
	for range connections {
		var c *connection
		if failure == nil {
			c, failure = r.open(ctx)
		}
		r.idle <- c
	}
	if failure != nil {
		return nil, errors.Join(failure, r.Close())
	}
	return r, nil
}

// isOutdated reports whether a file that was opened as immutable has changed.
func (r *reader) isOutdated(info os.FileInfo, file string) bool {
	return r.immutable && (!info.ModTime().Equal(r.info.ModTime()) || info.Size() != r.info.Size() || hasLog(file))
}

func (r *reader) open(ctx context.Context) (*connection, error) {
	conn, err := r.database.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{conn, map[string]*sql.Stmt{}}, nil
}

// Close closes the connection. database/sql does not close a connection's statements with
// it, and SQLite keeps the file open as long as one of them is open.
func (c *connection) Close() error { return errors.Join(c.closeStatements(), c.Conn.Close()) }

func (c *connection) closeStatements() (failures error) {
	for _, statement := range c.statements {
		failures = errors.Join(failures, statement.Close())
	}
	return failures
}

// Close closes the database once the reads in progress have ended.
func (r *reader) Close() error {
	var failures error
	for range cap(r.idle) {
		if c := <-r.idle; c != nil {
			failures = errors.Join(failures, c.Close())
		}
	}
	close(r.idle)
	return errors.Join(failures, r.database.Close())
}

// errClosed says that a reader was closed before it was used.
var errClosed = errors.New("the database is closed")

// connect waits for an idle connection.
func (r *reader) connect(ctx context.Context) (*connection, error) {
	select {
	case c, ok := <-r.idle:
		if !ok {
			return nil, errClosed
		}
		if c != nil {
			return c, nil
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	c, err := r.open(ctx)
	if err != nil {
		r.idle <- nil
	}
	return c, err
}

// snapshot calls ask with one state of the database.
func (r *reader) snapshot(ctx context.Context, ask func(*snapshot) error) (err error) {
	c, err := r.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { r.idle <- c }()
	// The caller may give up at any moment; that must not interrupt the beginning or the
	// end of a transaction.
	whole := context.WithoutCancel(ctx)
	if err := c.exec(whole, `BEGIN`); err != nil {
		c.discard()
		c = nil
		return err
	}
	defer func() {
		if failure := c.exec(whole, `ROLLBACK`); failure != nil {
			err = errors.Join(err, failure)
			c.discard()
			c = nil
		}
	}()
	return ask((*snapshot)(c))
}

// discard closes a connection that may still be in a transaction, and its statements.
func (c *connection) discard() {
	_ = c.closeStatements() // the caller already reports what is wrong with it
	// This error makes the pool close the connection.
	_ = c.Raw(func(any) error { return driver.ErrBadConn })
}

func (c *connection) exec(ctx context.Context, query string) error {
	statement, err := c.statement(ctx, query)
	if err != nil {
		return err
	}
	_, err = statement.ExecContext(ctx)
	return err
}

// statement returns the prepared form of query.
func (c *connection) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if statement := c.statements[query]; statement != nil {
		return statement, nil
	}
	statement, err := c.PrepareContext(ctx, query)
	if err == nil {
		c.statements[query] = statement
	}
	return statement, err
}

// snapshot is one state of a database, whatever a load writes in the meantime.
type snapshot connection

func (s *snapshot) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	return (*connection)(s).statement(ctx, query)
}

// one returns the row of a query that gives at most one.
func (s *snapshot) one(ctx context.Context, query string, args ...any) scanner {
	statement, err := s.statement(ctx, query)
	if err != nil {
		return failure{err}
	}
	return statement.QueryRowContext(ctx, args...)
}

// scanner is a row, whether of one or of several.
type scanner interface{ Scan(values ...any) error }

// failure is the row of a query that could not be prepared.
type failure struct{ err error }

func (f failure) Scan(...any) error { return f.err }

// preparer prepares queries: a snapshot or a writer.
type preparer interface {
	statement(ctx context.Context, query string) (*sql.Stmt, error)
}

// each runs a query and calls visit with each row.
func each(ctx context.Context, in preparer, visit func(row scanner) error, query string, args ...any) error {
	statement, err := in.statement(ctx, query)
	if err != nil {
		return err
	}
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// collect runs a query and returns what scan makes of each row.
func collect[T any](ctx context.Context, in preparer, scan func(row scanner) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := each(ctx, in, func(row scanner) error {
		item, err := scan(row)
		list = append(list, item)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// read returns what ask finds in one state of the library, and wraps its error with what,
// a description of the query. It may call ask twice.
func read[T any](ctx context.Context, s *Store, what string, ask func(*snapshot) (T, error)) (T, error) {
	var none, found T
	keep := func(snap *snapshot) (err error) {
		found, err = ask(snap)
		return err
	}
	reader := s.reader.Load()
	if reader == nil {
		return none, fmt.Errorf("%s: %w", what, ErrNotReady)
	}
	err := reader.snapshot(ctx, keep)
	if newer := s.reader.Load(); err != nil && newer != nil && newer != reader {
		err = newer.snapshot(ctx, keep) // a load has replaced the file in the meantime
	}
	if isDamage(err) {
		s.damage.Store(true)
		select {
		case s.damaged <- struct{}{}:
		default:
		}
		err = fmt.Errorf("%w: %w", ErrNotReady, err)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return none, fmt.Errorf("%s: %w", what, err)
	}
	return found, nil
}
