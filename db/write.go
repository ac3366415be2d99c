package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// writer puts what a load found into its transaction.
type writer struct {
	*loader
	tx         *sql.Tx
	listed     *listing
	now        int64           // in Unix seconds
	deferred   []*job          // that claim an address that another file's post has
	freed      map[string]*row // by path: posts whose file took over another address in this load
	counts     map[subjectName]subjectCount
	topicNames map[topicName]int // how many posts each gained; empty for a new library
	words      map[string]int    // how many posts each gained
	written    []int64           // numbers of the posts that were added or changed
	changed    bool              // whether readers will see a difference
	statements map[string]*sql.Stmt
}

// subjectName is a subject under one of its names.
type subjectName struct{ slug, name string }

// subjectCount is how many posts a subject's name gained in a load, negative if it lost them.
type subjectCount struct{ listed, posts int }

// row is what a load needs to know of a post in the library.
type row struct {
	number   int64
	path     string
	file     string
	hash     []byte
	modified int64
	subject  subjectName
	listed   bool
	title    string // as plain text
	keywords string
	date     int64
	id       int64
	topics   string

	duplicateKey []byte
}

func newWriter(ctx context.Context, tx *sql.Tx, l *loader) (*writer, error) {
	w := &writer{
		loader:     l,
		tx:         tx,
		listed:     &listing{folders: map[string]bool{}, vanished: map[string]bool{}},
		now:        l.options.Now().Unix(),
		freed:      map[string]*row{},
		counts:     map[subjectName]subjectCount{},
		topicNames: map[topicName]int{},
		words:      map[string]int{},
		statements: map[string]*sql.Stmt{},
	}
	if l.everything {
		if err := w.exec(ctx, `DELETE FROM formulas`); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// statement returns the prepared form of a query. It is closed with the
// transaction.
func (w *writer) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if statement, ok := w.statements[query]; ok {
		return statement, nil
	}
	statement, err := w.tx.PrepareContext(ctx, query)
	if err == nil {
		w.statements[query] = statement
	}
	return statement, err
}

func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	_, err := w.insert(ctx, query, args...)
	return err
}

// insert returns the number of the row that a query inserts.
func (w *writer) insert(ctx context.Context, query string, args ...any) (number int64, err error) {
	ctx, err = unwatched(ctx)
	if err != nil {
		return 0, err
	}
	statement, err := w.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := statement.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// one returns the row of a query that gives at most one.
func (w *writer) one(ctx context.Context, query string, args ...any) scanner {
	ctx, err := unwatched(ctx)
	if err != nil {
		return failure{err}
	}
	statement, err := w.statement(ctx, query)
	if err != nil {
		return failure{err}
	}
	return statement.QueryRowContext(ctx, args...)
}

// unwatched returns ctx without its cancellation, for short statements: to watch for it,
// the driver and database/sql would each start a goroutine. The error says that ctx has
// already ended.
func unwatched(ctx context.Context) (context.Context, error) {
	return context.WithoutCancel(ctx), ctx.Err()
}

// row returns the post whose column has value, nil if there is none.
func (w *writer) row(ctx context.Context, column, value string) (*row, error) {
	var r row
	err := w.one(ctx, `
		SELECT number, path, file, hash, modified, subject, subject_name, listed, duplicate_key, title_text, keywords, date, id, topics
		FROM posts
		WHERE `+column+` = ?`, value).Scan(&r.number, &r.path, &r.file, &r.hash, &r.modified, &r.subject.slug, &r.subject.name, &r.listed, &r.duplicateKey, &r.title, &r.keywords, &r.date, &r.id, &r.topics)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &r, err
}

// write stores what was read from a file.
func (w *writer) write(ctx context.Context, j *job) error {
	if j.same {
		return w.putFile(ctx, j, "")
	}
	if j.problem != nil {
		return w.skip(ctx, j, j.problem)
	}
	owner, err := w.row(ctx, "path", j.post.Path)
	if err != nil {
		return err
	}
	if owner != nil && owner.file != j.file.Name {
		// Whether the other file keeps the address is known only once all files are read.
		j.post, j.rendered, j.indexed = nil, nil, nil
		w.deferred = append(w.deferred, j)
		return nil
	}
	return w.putPost(ctx, j, owner)
}

// skip records why a file gives no post. A post that it gave before stays.
func (w *writer) skip(ctx context.Context, j *job, problem error) error {
	w.result.Skipped++
	w.problem(problem)
	if j.isRefused || j.isKnown {
		w.refused.files[j.file.Name] = problem
	}
	if j.isKnown {
		return nil
	}
	return w.putFile(ctx, j, problem.Error())
}

func (w *writer) putFile(ctx context.Context, j *job, problem string) error {
	return w.exec(ctx, `
		INSERT INTO files (folder, name, size, modified_ns, read_ns, hash, problem)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (folder, name) DO UPDATE SET
			size = excluded.size,
			modified_ns = excluded.modified_ns,
			read_ns = excluded.read_ns,
			hash = excluded.hash,
			problem = excluded.problem`,
		j.folder, j.file.Name, j.file.Size, modifiedNS(j.file), j.readNS, j.hash[:], problem)
}

// putPost writes a post in the place of owner, the row that has its address,
// if any.
func (w *writer) putPost(ctx context.Context, j *job, owner *row) error {
	if err := w.putFile(ctx, j, ""); err != nil {
		return err
	}
	for _, problem := range j.post.FieldErrors {
		w.problem(problem)
	}
	mine, err := w.clearPlace(ctx, j, owner)
	if err != nil {
		return err
	}
	previous := cmp.Or(mine, w.freed[j.post.Path])
	if previous == nil {
		previous = w.predecessor.row(ctx, j)
	}
	modified, err := w.countPost(ctx, j, previous)
	if err != nil {
		return err
	}
	keepsTopics, err := w.keepsTopics(ctx, mine, j)
	if err != nil {
		return err
	}
	var number any
	if mine != nil {
		number = mine.number
		w.count(mine.subject, mine.listed, -1)
		if err := w.unindex(ctx, mine); err != nil {
			return err
		}
	}
	if mine != nil && !keepsTopics {
		if err := w.unlistTopics(ctx, mine); err != nil {
			return err
		}
	}
	w.count(subjectName{j.post.SubjectSlug(), j.post.Subject}, !j.post.NoIndex, 1)
	w.changed = true
	w.result.FailedFormulas += j.post.CountFailed(j.rendered)
	if err := w.insertPost(ctx, j, number, modified); err != nil || keepsTopics {
		return err
	}
	return w.relistTopics(ctx, j, mine)
}

// clearPlace returns the row that a post replaces: owner or, if its address is new, the
// row of its file; nil if there is neither. Its address no longer counts as removed.
func (w *writer) clearPlace(ctx context.Context, j *job, owner *row) (*row, error) {
	mine := owner
	if j.earlier != nil && (owner == nil || owner.file != j.file.Name) {
		earlier, err := w.row(ctx, "file", j.file.Name)
		if err != nil {
			return nil, err
		}
		switch {
		case earlier != nil && owner != nil:
			if err := w.deletePost(ctx, earlier); err != nil {
				return nil, err
			}
			w.freed[earlier.path] = earlier
		case earlier != nil: // the post has a new address
			mine = earlier
			if err := w.putRemoved(ctx, earlier.path, earlier.listed); err != nil {
				return nil, err
			}
		}
	}
	if mine != nil && mine.path == j.post.Path {
		return mine, nil
	}
	return mine, w.exec(ctx, `DELETE FROM removed WHERE path = ?`, j.post.Path)
}

// relistTopics lists a post under its topics. If it replaced mine, it also relists the
// posts that had the same question and answer as mine.
func (w *writer) relistTopics(ctx context.Context, j *job, mine *row) error {
	if mine != nil && string(mine.duplicateKey) != string(j.duplicateKey[:]) {
		if err := w.listTopics(ctx, mine.duplicateKey); err != nil {
			return err
		}
	}
	return w.listTopics(ctx, j.duplicateKey[:])
}

// countPost counts a post as added, changed or unchanged, and returns when it last changed.
// It announces the address if search engines may know it.
func (w *writer) countPost(ctx context.Context, j *job, previous *row) (modified int64, err error) {
	modified = j.post.Date.Unix()
	switch {
	case previous == nil:
		w.result.Added++
	case string(previous.hash) == string(j.postHash[:]):
		return previous.modified, nil
	default:
		w.result.Changed++
		modified = max(modified, w.now)
	}
	w.touch(j.post.Path)
	if j.post.NoIndex && (previous == nil || !previous.listed) {
		return modified, nil
	}
	return modified, w.announce(ctx, j.post.Path)
}

// touch reports an address whose page has changed.
func (w *writer) touch(path string) {
	if w.options.Touched != nil {
		w.options.Touched(path)
	}
}

// insertPost writes the post of a job in the place of the one with a number, or under a new
// number if number is nil.
func (w *writer) insertPost(ctx context.Context, j *job, number any, modified int64) error {
	p, r := j.post, j.rendered
	if number != nil {
		if err := w.deleteRows(ctx, number); err != nil {
			return err
		}
	}
	values := []any{
		number, p.Path, p.SubjectSlug(), p.Subject, r.Title.Text, r.Title.HTML, j.indexed.titleWords, j.indexed.words,
		p.Date.Unix(), p.ID, !p.NoIndex, modified, j.postHash[:], j.duplicateKey[:], p.File, p.SEO.Keywords, j.topics,
	}
	// Not INSERT OR REPLACE, for the reason that listTopics gives.
	inserted, err := w.insert(ctx, `
		INSERT INTO posts (
			number, path, subject, subject_name, title_text, title_html, title_words, words,
			date, id, listed, modified, hash, duplicate_key, file, keywords, topics
		) VALUES (`+questionMarks(values)+`)`, values...)
	if err != nil {
		return err
	}
	if err := w.insertDetails(ctx, j, inserted); err != nil {
		return err
	}
	if !p.NoIndex {
		if err := w.index(ctx, inserted, j); err != nil {
			return err
		}
	}
	w.written = append(w.written, inserted)
	return w.putFormulas(ctx, w.renderer.TakeMade())
}

// insertDetails writes what only the page of a post shows, and its aliases.
func (w *writer) insertDetails(ctx context.Context, j *job, number int64) error {
	p, r := j.post, j.rendered
	var failure error
	marshal := func(value any) string {
		data, err := json.Marshal(value)
		failure = errors.Join(failure, err)
		return string(data)
	}
	values := []any{
		number, p.DateFormat, p.PostedOn, p.Title, p.ArticleTitle, p.Question, r.Question.Text, r.Question.HTML, p.SEO.Title,
		p.SEO.Description, p.Author, p.FileName, p.Score, marshal(p.Related), marshal(p.Aliases), marshal(r.Answer.Headings),
		r.Answer.HasMath, r.Answer.HasCode, r.Answer.Text, r.Answer.HTML, p.Answer, p.Body,
	}
	if failure != nil {
		return failure
	}
	err := w.exec(ctx, `
		INSERT INTO details (
			post, date_format, posted_on, title, article_title, question, question_text, question_html, seo_title,
			description, author, file_name, score, related, aliases, headings,
			has_math, has_code, answer_text, answer_html, answer, body
		) VALUES (`+questionMarks(values)+`)`, values...)
	if err != nil {
		return err
	}
	for _, alias := range p.Aliases {
		if err := w.exec(ctx, `INSERT OR IGNORE INTO aliases (path, post) VALUES (?, ?)`, content.UnescapedPath(alias), number); err != nil {
			return err
		}
	}
	return nil
}

// deleteRows deletes what insertPost wrote of a post, apart from what searches find it by.
func (w *writer) deleteRows(ctx context.Context, number any) error {
	return errors.Join(
		w.exec(ctx, `DELETE FROM posts WHERE number = ?`, number),
		w.exec(ctx, `DELETE FROM details WHERE post = ?`, number),
		w.exec(ctx, `DELETE FROM aliases WHERE post = ?`, number),
	)
}

// questionMarks returns a placeholder for each value.
func questionMarks(values []any) string { return "?" + strings.Repeat(", ?", len(values)-1) }

func (w *writer) putFormulas(ctx context.Context, made []answer.MadeFormula) error {
	for _, formula := range made {
		err := w.exec(ctx, `INSERT OR IGNORE INTO formulas (display, source, mathml) VALUES (?, ?, ?)`,
			formula.Display, formula.Source, formula.MathML)
		if err != nil {
			return err
		}
	}
	return nil
}

// deletePost removes a post and remembers its address.
func (w *writer) deletePost(ctx context.Context, r *row) error {
	w.count(r.subject, r.listed, -1)
	w.changed = true
	return errors.Join(
		w.unlistTopics(ctx, r),
		w.unindex(ctx, r),
		w.deleteRows(ctx, r.number),
		w.exec(ctx, `DELETE FROM related WHERE post = ?`, r.number),
		w.putRemoved(ctx, r.path, r.listed),
		w.listTopics(ctx, r.duplicateKey),
	)
}

// putRemoved remembers that there was a post at path, and announces its removal if search
// engines may know it: if it was listed.
func (w *writer) putRemoved(ctx context.Context, path string, listed bool) error {
	w.touch(path)
	err := w.exec(ctx, `INSERT OR REPLACE INTO removed (path, time) VALUES (?, ?)`, path, w.now)
	if err != nil || !listed {
		return err
	}
	return w.announce(ctx, path)
}

func (w *writer) count(s subjectName, listed bool, by int) {
	c := w.counts[s]
	c.posts += by
	if listed {
		c.listed += by
	}
	w.counts[s] = c
}
