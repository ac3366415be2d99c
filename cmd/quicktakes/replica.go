package main

import (
	"context"
	"errors"
	"os/signal"
	"time"

	"quicktakes/db"
)

// complaintInterval is the time between two complaints about the same.
const complaintInterval = 10 * time.Second

// follow loads nothing into a database that something else keeps up to date:
// refreshReplica notices what is new.
func (l *loads) follow(ctx context.Context) error {
	defer signal.Stop(l.hangup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-l.hangup:
			l.log.Info("SIGHUP asks for a load, but a replica loads nothing: it shows what is in its place within a second")
			continue
		case <-l.store.Damaged():
			l.log.Error("the database is damaged: what keeps it up to date must bring a whole one", "database", l.config.database)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(complaintInterval):
		}
	}
}

// refreshReplica returns what shows what is new, and says each time which library that is.
func (p *program) refreshReplica(store *db.Store) func(context.Context) error {
	var shown time.Time
	return func(ctx context.Context) error {
		failure := store.Refresh(ctx)
		changed := store.Changed()
		if changed.Equal(shown) {
			return failure
		}
		posts, err := store.Posts(ctx)
		if err != nil {
			return errors.Join(failure, err)
		}
		shown = changed
		p.log.Info("shows a new library", "posts", posts, "changed", changed)
		return failure
	}
}
