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
	allowLoad()
	store, err := db.Open(ctx, p.config.database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	_, summary, err := p.loadInto(ctx, store, db.LoadOptions{Problem: p.skipped})
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

// skipped tells of what could not be read.
func (p *program) skipped(problem error) { p.log.Warn("skipped", "reason", problem) }

// loadInto loads the posts into store, tells of progress on stderr, and returns what it
// did, also as a line. Options hold what is not the same for all loads.
func (p *program) loadInto(ctx context.Context, store *db.Store, options db.LoadOptions) (result db.LoadResult, summary string, err error) {
	start := time.Now()
	progress := newProgress(p.stderr, p.log, "load")
	options.Now = time.Now
	options.Progress = progress.set
	options.Announce = p.config.indexNowKey != ""
	result, err = store.Load(ctx, p.config.posts(), options)
	progress.end()
	if err != nil {
		return result, "", err
	}
	if result.FailedFormulas > 0 {
		p.log.Warn("formulas that cannot be read are shown as source; quicktakes check lists them", "formulas", result.FailedFormulas)
	}
	return result, fmt.Sprintf("%d posts: %d added, %d changed, %d removed, %d unchanged, %d skipped (%.2fs)",
		result.Posts, result.Added, result.Changed, result.Removed, result.Unchanged, result.Skipped,
		time.Since(start).Seconds()), nil
}
