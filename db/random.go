package db

import "context"

// RandomPath returns the path of a listed post chosen at random. The error is ErrNotFound
// if there is none.
func (s *Store) RandomPath(ctx context.Context) (string, error) {
	return read(ctx, s, "random question", func(snap *snapshot) (path string, err error) {
		// Posts are numbered with hardly any gaps. After the last listed one, the
		// first comes again.
		err = snap.one(ctx, `
			SELECT * FROM (
				SELECT path
				FROM posts
				WHERE listed AND number > (SELECT abs(random() % max(number)) FROM posts)
				ORDER BY number
				LIMIT 1
			)
			UNION ALL
			SELECT * FROM (SELECT path FROM posts WHERE listed AND number > 0 ORDER BY number LIMIT 1)
			LIMIT 1`).Scan(&path)
		return path, err
	})
}
