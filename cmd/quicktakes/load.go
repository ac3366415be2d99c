package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"quicktakes/db"
)

// load brings the database up to date and says on stdout what it did.
func (p *program) load(ctx context.Context) (err error) {
	store, err := db.Open(ctx, p.config.database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	summary, err := p.loadInto(ctx, store)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(p.stdout, summary); err != nil {
		return err
	}
	if err := p.announce(ctx, store); err != nil {
		p.log.Error(announceFailed, "error", err)
	}
	return nil
}

// loadInto loads the posts into store, tells of problems and progress on stderr,
// and returns a line that sums it up.
func (p *program) loadInto(ctx context.Context, store *db.Store) (summary string, err error) {
	start := time.Now()
	progress := newProgress(p.stderr, p.log, "load")
	result, err := store.Load(ctx, p.config.posts(), db.LoadOptions{
		Now:      time.Now,
		Progress: progress.set,
		Problem:  func(problem error) { p.log.Warn("skipped", "reason", problem) },
		Announce: p.config.indexNowKey != "",
	})
	progress.end()
	if err != nil {
		return "", err
	}
	if result.FailedFormulas > 0 {
		p.log.Warn("formulas that cannot be read are shown as source; quicktakes check lists them", "formulas", result.FailedFormulas)
	}
	return fmt.Sprintf("%d posts: %d added, %d changed, %d removed, %d unchanged, %d skipped (%.2fs)",
		result.Posts, result.Added, result.Changed, result.Removed, result.Unchanged, result.Skipped,
		time.Since(start).Seconds()), nil
}
