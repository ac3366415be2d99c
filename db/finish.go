package db

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"time"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// finish writes what is known only once all files are read.
func (w *writer) finish(ctx context.Context, fsys fs.FS) error {
	if err := w.settleDeferred(ctx, fsys); err != nil {
		return err
	}
	if err := w.putRedirects(ctx, fsys); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		w.removeFiles, w.countOverwritten, w.takeOver, w.putCounts, w.putTopics, w.putVocabulary, w.relate, w.putStates, w.total,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// settleDeferred settles which files get the addresses that several claim.
func (w *writer) settleDeferred(ctx context.Context, fsys fs.FS) error {
	leaving := map[string]bool{} // files that give up the address that they had
	for _, file := range w.listed.gone {
		leaving[file.name] = true
	}
	for _, j := range w.deferred {
		leaving[j.file.Name] = true
	}
	slices.SortFunc(w.deferred, func(a, b *job) int { return content.CompareNames(a.file.Name, b.file.Name) })
	for _, j := range w.deferred {
		delete(leaving, j.file.Name)
		if err := w.settle(ctx, fsys, j, leaving); err != nil {
			return fmt.Errorf("%s: %w", j.file.Name, err)
		}
	}
	return nil
}

// settle decides which of two files gets an address: a file that is leaving gives it up;
// otherwise the file that comes first by content.CompareNames gets it.
func (w *writer) settle(ctx context.Context, fsys fs.FS, j *job, leaving map[string]bool) error {
	if err := w.read(fsys, j); err != nil {
		return err
	}
	if j.same || j.problem != nil {
		return w.write(ctx, j)
	}
	owner, err := w.row(ctx, "path", j.post.Path)
	if err != nil {
		return err
	}
	if owner == nil || owner.file == j.file.Name || leaving[owner.file] {
		return w.putPost(ctx, j, owner)
	}
	taken := func(file string, line int, by string) error {
		return &content.FileError{File: file, Line: line, Err: fmt.Errorf("url %s is already used by %s", j.post.Path, by)}
	}
	if content.CompareNames(owner.file, j.file.Name) < 0 {
		return w.skip(ctx, j, taken(j.file.Name, j.post.URLLine, owner.file))
	}
	problem := taken(owner.file, urlLine(fsys, owner.file), j.file.Name)
	w.result.Skipped++
	w.problem(problem)
	err = w.exec(ctx, `UPDATE files SET problem = ? WHERE folder = ? AND name = ?`, problem.Error(), path.Dir(owner.file), owner.file)
	if err != nil {
		return err
	}
	return w.putPost(ctx, j, owner)
}

// urlLine returns the line on which the named file has its url, 0 if it cannot be read as
// a post.
func urlLine(fsys fs.FS, file string) int {
	data, err := content.ReadFile(fsys, file)
	if err != nil {
		return 0
	}
	post, err := content.Parse(file, data)
	if err != nil {
		return 0
	}
	return post.URLLine
}

func (w *writer) removeFiles(ctx context.Context) error {
	for _, file := range w.listed.gone {
		if err := w.removeFile(ctx, file); err != nil {
			return fmt.Errorf("%s: %w", file.name, err)
		}
	}
	return nil
}

// removeFile forgets a file that is gone and its post, unless they are to stay.
func (w *writer) removeFile(ctx context.Context, file goneFile) error {
	post, err := w.row(ctx, "file", file.name)
	if err != nil {
		return err
	}
	ask := w.options.Vanished
	if post != nil && ask != nil && w.listed.vanished[file.folder] && ask(file.folder) {
		return nil
	}
	if err := w.exec(ctx, `DELETE FROM files WHERE folder = ? AND name = ?`, file.folder, file.name); err != nil || post == nil {
		return err
	}
	w.result.Removed++
	return w.deletePost(ctx, post)
}

// countOverwritten counts the posts that were removed because another post's file was moved
// onto theirs.
func (w *writer) countOverwritten(ctx context.Context) error {
	for path := range w.freed {
		post, err := w.row(ctx, "path", path)
		if err != nil {
			return err
		}
		if post == nil {
			w.result.Removed++
		}
	}
	return nil
}

func (w *writer) putCounts(ctx context.Context) error {
	for s, c := range w.counts {
		err := w.exec(ctx, `
			INSERT INTO subject_names (subject, name, listed, posts)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (subject, name) DO UPDATE SET
				listed = listed + excluded.listed,
				posts = posts + excluded.posts`, s.slug, s.name, c.listed, c.posts)
		if err != nil {
			return err
		}
	}
	return w.exec(ctx, `DELETE FROM subject_names WHERE posts = 0`)
}

// putRedirects replaces the redirects if _redirects changed. Lines that cannot be
// read are left out.
func (w *writer) putRedirects(ctx context.Context, fsys fs.FS) error {
	redirects, problems, err := content.Redirects(fsys)
	if isOutOfFiles(err) {
		return err
	}
	if err != nil {
		w.problem(err) // the lines that were read before stay
		return nil
	}
	for _, problem := range problems {
		w.problem(problem)
	}
	said, err := json.Marshal(redirects)
	if err != nil {
		return err
	}
	hash := fmt.Sprintf("%x", sha256.Sum256(said))
	if w.known != nil {
		earlier, err := readState(ctx, w.known, stateRedirects)
		if err != nil || earlier == hash {
			return err
		}
	}
	w.changed = true
	if err := w.exec(ctx, `DELETE FROM redirects`); err != nil {
		return err
	}
	for _, r := range redirects {
		err := w.exec(ctx, `INSERT INTO redirects (line, source, prefix, target, status) VALUES (?, ?, ?, ?, ?)`,
			r.Line, r.From, r.Prefix, r.To, r.Status)
		if err != nil {
			return err
		}
	}
	return w.putState(ctx, stateRedirects, hash)
}

// putStates writes what the library says about itself, apart from its redirects.
func (w *writer) putStates(ctx context.Context) error {
	if w.known == nil || w.everything {
		if err := w.putState(ctx, stateRenderer, answer.Version); err != nil {
			return err
		}
	}
	if err := w.putState(ctx, stateSource, w.source()); err != nil {
		return err
	}
	if w.changed || w.known == nil {
		// No two states may share a second, whatever the clock says: to a client that sends
		// If-Modified-Since they would be the same.
		changed := max(w.options.Now().UnixNano(), w.changedBefore+int64(time.Second))
		if err := w.putState(ctx, stateChanged, strconv.FormatInt(changed, 10)); err != nil {
			return err
		}
	}
	// This writes the first page of the file, by which readers of a replica notice that other
	// pages have changed: with a write-ahead log, SQLite itself would not write it.
	return w.exec(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, schemaVersion))
}

func (w *writer) putState(ctx context.Context, name, value string) error {
	return w.exec(ctx, `INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)`, name, value)
}

// total completes the result.
func (w *writer) total(ctx context.Context) error {
	err := w.tx.QueryRowContext(ctx, `SELECT coalesce(sum(posts), 0) FROM subject_names`).Scan(&w.result.Posts)
	for _, problem := range w.refused.folders {
		if !errors.Is(problem, content.ErrLink) {
			w.result.Skipped++
		}
	}
	w.result.Partial = w.listed.isPartial
	w.result.Unchanged = w.result.Posts - w.result.Added - w.result.Changed
	return err
}
