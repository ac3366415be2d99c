package db

import "context"

// PostCount returns how many posts the library holds.
func (s *Store) PostCount(ctx context.Context) (int, error) {
	return read(ctx, s, "number of posts", func(snap *snapshot) (posts int, err error) {
		err = snap.one(ctx, `SELECT coalesce(sum(posts), 0) FROM subject_names`).Scan(&posts)
		return posts, err
	})
}
