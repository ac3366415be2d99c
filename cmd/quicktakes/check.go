package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// check reports on stdout what is wrong with the posts. It returns an
// error if some of the findings are errors.
func (p *program) check(ctx context.Context) (err error) {
	if err := p.config.checkContent(); err != nil {
		return err
	}
	renderer := answer.NewRenderer(nil)
	defer func() { err = errors.Join(err, renderer.Close()) }()
	progress := newProgress(p.stderr, p.log, "check")
	files := 0
	findings, err := content.Lint(ctx, p.config.posts(), renderer, time.Now(), func(done int) {
		files = done
		progress.set(files, files)
	})
	progress.end()
	if err != nil {
		return p.config.withFolder(err)
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
	_, err = fmt.Fprintf(p.stdout, "%s: %s, %s\n", count(files, "file"), count(bad, "error"), count(len(findings)-bad, "warning"))
	if bad > 0 {
		err = errors.Join(err, fmt.Errorf("%s in the posts", count(bad, "error")))
	}
	return err
}
