package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// reader is a database that is only read. To prepare a statement costs SQLite
// more than to run it on an index, so each is prepared once for a connection.
type reader struct {
	*sql.DB
	mutex      sync.RWMutex
	statements map[string]*sql.Stmt // by query
}

func newReader(database *sql.DB) *reader {
	return &reader{DB: database, statements: map[string]*sql.Stmt{}}
}

// Close closes the database, once the reads under way have ended.
func (r *reader) Close() error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var failures error
	for _, statement := range r.statements {
		failures = errors.Join(failures, statement.Close())
	}
	return errors.Join(failures, r.DB.Close())
}

// statement returns the prepared form of query.
func (r *reader) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	r.mutex.RLock()
	statement := r.statements[query]
	r.mutex.RUnlock()
	if statement != nil {
		return statement, nil
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if statement := r.statements[query]; statement != nil {
		return statement, nil
	}
	// Another request may need the statement when this one is cancelled.
	statement, err := r.PrepareContext(context.WithoutCancel(ctx), query)
	if err == nil {
		r.statements[query] = statement
	}
	return statement, err
}

// snapshot calls ask with one state of the database.
func (r *reader) snapshot(ctx context.Context, ask func(*snapshot) error) error {
	tx, err := r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return ask(&snapshot{tx, r})
}

// snapshot is one state of a database, whatever a load writes meanwhile.
type snapshot struct {
	tx     *sql.Tx
	reader *reader
}

// one returns the row that query gives, which must be one at most.
func (s *snapshot) one(ctx context.Context, query string, args ...any) scanner {
	statement, err := s.reader.statement(ctx, query)
	if err != nil {
		return failure{err}
	}
	return s.tx.StmtContext(ctx, statement).QueryRowContext(ctx, args...)
}

// scanner is a row, alone or among others.
type scanner interface{ Scan(values ...any) error }

// failure is the row of a query that could not be prepared.
type failure struct{ err error }

func (f failure) Scan(...any) error { return f.err }

// collect runs a query and returns what scan makes of each row.
func collect[T any](ctx context.Context, s *snapshot, scan func(row scanner) (T, error), query string, args ...any) ([]T, error) {
	statement, err := s.reader.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.tx.StmtContext(ctx, statement).QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// read calls ask with one state of the library, and wraps its error with what was
// asked.
func (s *Store) read(ctx context.Context, what string, ask func(*snapshot) error) error {
	reader := s.reader.Load()
	if reader == nil {
		return fmt.Errorf("%s: %w", what, ErrNotReady)
	}
	err := reader.snapshot(ctx, ask)
	if newer := s.reader.Load(); err != nil && newer != nil && newer != reader {
		err = newer.snapshot(ctx, ask) // a load has replaced the file meanwhile
	}
	if isDamage(err) {
		s.damage.Store(true)
		select {
		case s.damaged <- struct{}{}:
		default:
		}
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
