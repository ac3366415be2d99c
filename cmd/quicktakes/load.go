package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"quicktakes/content"
	"quicktakes/db"
)

// load brings the database up to date and reports on stdout what it did.
func (p *program) load(ctx context.Context) (err error) {
	if p.config.replica {
		return fmt.Errorf("%w: --replica loads nothing: another process keeps the database up to date", errUsage)
	}
	if err := p.config.checkContent(); err != nil {
		return err
	}
	tuneForLoad()
	defer func() {
		if err != nil && ctx.Err() != nil {
			err = errors.New("stopped; the library is unchanged")
		}
	}()
	store, err := db.Open(ctx, p.config.database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	summary, purge, err := p.update(ctx, store)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, summary)
	p.publish(ctx, store, purge)
	return err
}

// update loads the posts into store, and returns one line about it and what publish needs.
func (p *program) update(ctx context.Context, store *db.Store) (summary string, purge *purge, err error) {
	problems, purge := problemLog{log: p.log}, p.config.newPurge()
	_, summary, err = p.loadInto(ctx, store, db.LoadOptions{Problem: problems.add, Touched: purge.touch})
	problems.end()
	return summary, purge, err
}

// publish sends what changed to search engines and the shared cache.
func (p *program) publish(ctx context.Context, store *db.Store, purge *purge) {
	if err := p.announce(ctx, store); err != nil {
		p.log.Error(announceFailed, "error", err)
	}
	p.sendPurge(ctx, purge)
}

// loadInto loads the posts into store, shows progress on stderr, and returns what it did,
// also as one line. options holds what differs between loads.
func (p *program) loadInto(ctx context.Context, store *db.Store, options db.LoadOptions) (result db.LoadResult, summary string, err error) {
	start := time.Now()
	progress := newProgress(p.stderr, p.log, "load")
	options.Now = time.Now
	options.Progress = progress.set
	options.Announce = p.config.indexNowKey != ""
	options.IsBuiltIn = p.config.content == ""
	options.Replaced = func(reason error) { p.log.Warn("the database is being rebuilt", "reason", reason) }
	result, err = store.Load(ctx, p.config.posts(), options)
	progress.end()
	if errors.Is(err, db.ErrWouldReplaceFolder) {
		err = fmt.Errorf("%w: name the folder with --content, or another database with --db", err)
	}
	if err != nil {
		return result, "", p.config.withFolder(err)
	}
	if result.FailedFormulas > 0 {
		p.log.Warn("formulas that cannot be read are shown as source; quicktakes check lists them", "formulas", result.FailedFormulas)
	}
	// Programs read this line, so it says "1 posts" too.
	return result, fmt.Sprintf("%d posts: %d added, %d changed, %d removed, %d unchanged, %d skipped (%.2fs)",
		result.Posts, result.Added, result.Changed, result.Removed, result.Unchanged, result.Skipped,
		time.Since(start).Seconds()), nil
}

// withFolder adds the name of the content folder to content.ErrNoPosts.
func (c *config) withFolder(err error) error {
	if errors.Is(err, content.ErrNoPosts) {
		return fmt.Errorf("--content %s: %w", c.content, err)
	}
	return err
}

// maxProblems is how many problems of a load are logged one by one.
const maxProblems = 100

// problemLog logs the first maxProblems problems of a load, and counts the others.
type problemLog struct {
	log   *slog.Logger
	count atomic.Int64
}

func (l *problemLog) add(problem error) {
	if l.count.Add(1) > maxProblems {
		return
	}
	if errors.Is(problem, content.ErrFieldLeftOut) {
		l.log.Warn("left out a field", "reason", problem)
		return
	}
	l.log.Warn("skipped", "reason", problem)
}

// end logs how many problems were not logged.
func (l *problemLog) end() {
	if more := l.count.Load() - maxProblems; more > 0 {
		l.log.Warn("more problems than are logged here; quicktakes check lists all of them", "more", more)
	}
}
