package db

import "context"

// exportBatch is how many questions are in memory at once.
const exportBatch = 100

// EachQuestion calls do with each question of a subject, or of the library if
// subject is "", by path. It stops at the first error of do. It reads
// exportBatch at a time, each batch from the latest state of the library. The error is ErrNotFound
// if there is no such subject.
func (s *Store) EachQuestion(ctx context.Context, subject string, do func(*Question) error) error {
	after, end := "/learn/", "/learn0" // 0 follows / in the order of paths
	if subject != "" {
		if _, err := s.Subject(ctx, subject); err != nil {
			return err
		}
		after, end = "/learn/"+subject+"/", "/learn/"+subject+"0"
	}
	for {
		batch, err := s.questionsBetween(ctx, after, end)
		if err != nil {
			return err
		}
		for _, question := range batch {
			if err := do(question); err != nil {
				return err
			}
		}
		if len(batch) < exportBatch {
			return nil
		}
		after = batch[len(batch)-1].Post.Path
	}
}

// questionsBetween returns the first exportBatch questions with paths between after and
// end, by path.
func (s *Store) questionsBetween(ctx context.Context, after, end string) ([]*Question, error) {
	return read(ctx, s, "questions after "+after, func(snap *snapshot) ([]*Question, error) {
		paths, err := collect(ctx, snap, scanText, `
			SELECT path
			FROM posts
			WHERE path > ? AND path < ?
			ORDER BY path
			LIMIT ?`, after, end, exportBatch)
		if err != nil {
			return nil, err
		}
		batch := make([]*Question, len(paths))
		for i, path := range paths {
			if batch[i], err = readQuestion(ctx, snap, path); err != nil {
				return nil, err
			}
		}
		return batch, nil
	})
}
