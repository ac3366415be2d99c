package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// check reports on stdout what is wrong with the posts. Its error says that some
// of it are errors.
func (p *program) check(ctx context.Context) (err error) {
	if err := p.config.checkContent(); err != nil {
		return err
	}
	renderer := answer.NewRenderer(nil)
	defer func() { err = errors.Join(err, renderer.Close()) }()
	progress := newProgress(p.stderr, p.log, "check")
	posts := 0
	findings, err := content.Lint(ctx, p.config.posts(), renderer, time.Now(), func(done, seen int) {
		posts = done
		progress.set(done, seen)
	})
	progress.end()
	if err != nil {
		return err
	}
	bad := 0
	for _, finding := range findings {
		if finding.Level == content.LevelError {
			bad++
		}
		if _, err := fmt.Fprintln(p.stdout, finding); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(p.stdout, "%d files: %d errors, %d warnings\n", posts, bad, len(findings)-bad)
	if bad > 0 {
		err = errors.Join(err, fmt.Errorf("%d errors in the posts", bad))
	}
	return err
}
