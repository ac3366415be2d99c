package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web"
)

// exportBuffer is how much is written to stdout at once, in bytes.
const exportBuffer = 64 << 10

// export brings the database up to date and writes its questions to stdout.
func (p *program) export(ctx context.Context) (err error) {
	if err := p.config.checkContent(); err != nil {
		return err
	}
	store, err := db.Open(ctx, p.config.database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	problems := problemLog{log: p.log}
	if _, _, err := p.loadInto(ctx, store, db.LoadOptions{Problem: problems.tell}); err != nil {
		return err
	}
	source := web.Config{
		Store:               store,
		Site:                views.Site{Name: p.config.siteName, BaseURL: p.config.origin(nil)},
		CanonicalDuplicates: p.config.canonicalDuplicates,
	}
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
