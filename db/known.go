package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"path"
	"time"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// knownFile is a file as it was when a load last read it.
type knownFile struct {
	size       int64
	modifiedNS int64
	readNS     int64
	hash       [sha256.Size]byte
	problem    string
}

// settled is how old a file's modification time must have been when the file was read: a
// younger file may have changed again without a later time.
const settled = time.Second

// isCurrent reports whether file certainly still holds what was read.
func (k *knownFile) isCurrent(file content.File) bool {
	modified := modifiedNS(file)
	return k.size == file.Size && k.modifiedNS == modified &&
		modified != 0 && modified < k.readNS-int64(settled)
}

// modifiedNS returns a file's time in nanoseconds, 0 when it has none.
func modifiedNS(file content.File) int64 {
	if file.Modified.IsZero() {
		return 0
	}
	return file.Modified.UnixNano()
}

// selectFiles begins a query for queryFiles.
const selectFiles = `SELECT name, size, modified_ns, read_ns, hash, problem FROM `

// knownFiles returns what is known of the files in a folder, by name.
func (l *loader) knownFiles(ctx context.Context, folder string) (map[string]*knownFile, error) {
	return l.queryFiles(ctx, selectFiles+`files WHERE folder = ?`, folder)
}

// knownAmong returns what is known of files with these names and of all that have a
// problem, by name.
func (l *loader) knownAmong(ctx context.Context, names []string) (map[string]*knownFile, error) {
	keys := make([][2]string, len(names))
	for i, name := range names {
		keys[i] = [2]string{path.Dir(name), name}
	}
	asked, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	return l.queryFiles(ctx, selectFiles+`files WHERE problem <> ''
		UNION ALL `+selectFiles+`json_each(?) JOIN files ON folder = value ->> 0 AND name = value ->> 1`, string(asked))
}

// queryFiles returns what is known of the files that a query gives, by name.
func (l *loader) queryFiles(ctx context.Context, query string, args ...any) (map[string]*knownFile, error) {
	files := map[string]*knownFile{}
	if l.known == nil {
		return files, nil
	}
	err := l.known.snapshot(ctx, func(snap *snapshot) error {
		return each(ctx, snap, func(row scanner) error {
			var name string
			var hash []byte
			k := &knownFile{}
			err := row.Scan(&name, &k.size, &k.modifiedNS, &k.readNS, &hash, &k.problem)
			copy(k.hash[:], hash)
			files[name] = k
			return err
		}, query, args...)
	})
	return files, err
}

// knownFormula returns a function that finds the MathML that an earlier load made.
func (l *loader) knownFormula(ctx context.Context) func(answer.Formula) (string, bool) {
	if l.known == nil || l.everything {
		return nil
	}
	return func(formula answer.Formula) (string, bool) {
		var mathML string
		err := l.known.snapshot(ctx, func(snap *snapshot) error {
			return snap.one(ctx, `
				SELECT mathml
				FROM formulas
				WHERE display = ? AND source = ?`, formula.Display, formula.Source).Scan(&mathML)
		})
		return mathML, err == nil
	}
}

// The names of the values in the table state.
const (
	stateRenderer  = "renderer"  // answer.Version of the last load
	stateChanged   = "changed"   // what Store.Changed returns, in Unix nanoseconds
	stateRedirects = "redirects" // hash of _redirects
	stateSource    = "source"    // where the posts of the last load came from
)

// The values of stateSource. A folder's name is not kept: it can be moved.
const (
	sourceFolder  = "folder"
	sourceBuiltIn = "built-in"
)

// readState returns a value of state, empty if there is none.
func readState(ctx context.Context, r *reader, name string) (value string, err error) {
	err = r.snapshot(ctx, func(snap *snapshot) error {
		err := snap.one(ctx, `SELECT value FROM state WHERE name = ?`, name).Scan(&value)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return value, err
}

// scanText scans a row that is one text.
func scanText(row scanner) (string, error) {
	var text string
	err := row.Scan(&text)
	return text, err
}
