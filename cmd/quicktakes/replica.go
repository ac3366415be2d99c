package main

import (
	"context"
	"time"

	"quicktakes/db"
)

// complaintInterval is the time between two complaints about the same.
const complaintInterval = 10 * time.Second

// follow shows a database that something else keeps up to date, and never writes it:
// the store notices what is new by itself.
func (p *program) follow(ctx context.Context, store *db.Store) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-store.Damaged():
			p.log.Error("the database is damaged: what keeps it up to date must bring a whole one", "database", p.config.database)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(complaintInterval):
		}
	}
}
