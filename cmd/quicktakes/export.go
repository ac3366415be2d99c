package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"quicktakes/db"
	"quicktakes/web"
)

// exportBuffer is how much is written to stdout at once, in bytes.
const exportBuffer = 64 << 10

// export brings the database up to date, unless it is a replica, and writes its questions to
// stdout.
func (p *program) export(ctx context.Context) (err error) {
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if p.config.replica && !store.Ready() {
		return fmt.Errorf("--replica --db %s: %w", p.config.database, db.ErrNotReady)
	}
	if !p.config.replica {
		if err := p.config.checkContent(); err != nil {
			return err
		}
		_, purge, err := p.update(ctx, store)
		if err != nil {
			return err
		}
		defer p.publish(ctx, store, purge) // which may take long, and no later load would do it
	}
	source := p.siteConfig(store, p.config.origin(nil))
	subjects, err := store.Subjects(ctx)
	if err != nil {
		return err
	}
	total := 0
	for _, subject := range subjects {
		if p.config.subject == "" || p.config.subject == subject.Slug {
			total += subject.Count
		}
	}
	out := bufio.NewWriterSize(p.stdout, exportBuffer)
	progress := newProgress(p.stderr, p.log, "export")
	err = source.Dump(ctx, out, web.DumpOptions{
		Format:   web.DumpFormat(p.config.format),
		Subject:  p.config.subject,
		Progress: func(done int) { progress.set(done, total) },
	})
	progress.end()
	if errors.Is(err, db.ErrNotFound) {
		return fmt.Errorf("--subject: %w", err)
	}
	return errors.Join(err, out.Flush())
}
