package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Unannounced returns the addresses that loads with LoadOptions.Announce added,
// changed or removed since they were announced, at most limit of them, and the
// number of the last, which Announced takes. Those that changed first come first.
func (s *Store) Unannounced(ctx context.Context, limit int) (paths []string, last int64, err error) {
	type announcement struct {
		number int64
		path   string
	}
	waiting, err := read(ctx, s, "addresses to announce", func(snap *snapshot) ([]announcement, error) {
		return collect(ctx, snap, func(row scanner) (a announcement, err error) {
			err = row.Scan(&a.number, &a.path)
			return a, err
		}, `
			SELECT number, path
			FROM announcements
			ORDER BY number
			LIMIT ?`, limit)
	})
	for _, a := range waiting {
		paths, last = append(paths, a.path), a.number
	}
	return paths, last, err
}

// Announced says that all addresses up to number last were announced. What has
// changed again in the meantime stays. It waits for a load in progress to end.
func (s *Store) Announced(ctx context.Context, last int64) (err error) {
	s.loading.Lock()
	defer s.loading.Unlock()
	defer func() {
		if err != nil {
			err = fmt.Errorf("forget announced addresses in %s: %w", s.file, err)
		}
	}()
	writer, err := sql.Open("sqlite", dataSource(s.file, "mode=rw", "_txlock=immediate"))
	if err != nil {
		return err
	}
	_, err = writer.ExecContext(ctx, `DELETE FROM announcements WHERE number <= ?`, last)
	return errors.Join(err, writer.Close())
}

// announce keeps a changed address for Unannounced, if LoadOptions.Announce asks for it.
func (w *writer) announce(ctx context.Context, path string) error {
	if !w.options.Announce {
		return nil
	}
	return w.exec(ctx, `INSERT OR REPLACE INTO announcements (path) VALUES (?)`, path)
}
