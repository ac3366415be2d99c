package main

import (
	"context"
	"errors"
	"os/signal"
	"time"

	"quicktakes/db"
)

// complaintInterval is the time between two log lines about the same damage.
const complaintInterval = 10 * time.Second

// follow does for a replica what run does for other servers, but loads nothing: it answers
// SIGHUP and damage with log lines. refreshReplica notices what is new.
func (l *loads) follow(ctx context.Context) error {
	defer signal.Stop(l.hangup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-l.hangup:
			l.log.Info("received SIGHUP, but a replica loads nothing: it shows a new database within a second by itself")
			continue
		case <-l.store.Damaged():
			l.log.Error("the database is damaged: whatever keeps it up to date must replace it", "database", l.config.database)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(complaintInterval):
		}
	}
}

// refreshReplica returns a function that shows what is new in the database, and logs which
// library that is whenever it changes.
func (p *program) refreshReplica(store *db.Store) func(context.Context) error {
	var shown time.Time
	return func(ctx context.Context) error {
		failure := store.Refresh(ctx)
		changed := store.Changed()
		if changed.Equal(shown) {
			return failure
		}
		posts, err := store.PostCount(ctx)
		if err != nil {
			return errors.Join(failure, err)
		}
		shown = changed
		p.log.Info("shows a new library", "posts", posts, "changed", changed)
		return failure
	}
}
