package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"

	"quicktakes/content"
	"quicktakes/content/answer"
)

// LoadOptions says which files a load reads, what happens to posts that are gone, and what
// is called along the way. Only Now is required. A load that finds the database damaged
// starts again with a new one, and makes the same calls again.
type LoadOptions struct {
	// Now is the clock. Changed posts are marked with its time.
	Now func() time.Time
	// Files names the files that may have changed, as content.Walk names them: the load looks
	// at these and at files with a problem. It looks at all files if Files is nil, if the
	// library must be rebuilt or rendered again, or if it cannot be sure that these suffice.
	Files []string
	// Progress is called as files are finished, with the numbers of files finished and
	// found so far.
	Progress func(done, seen int)
	// Problem is called, from several goroutines, for each file, folder or line that could
	// not be read, and for each unreadable field of a post that is added or changed.
	Problem func(error)
	// Replaced is called when a new database replaces one that is partly lost, or one that
	// is kept under another name.
	Replaced func(reason error)
	// Touched is called for the address of each post that is added, changed or removed,
	// before readers see the change.
	Touched func(path string)
	// Vanished is asked about each folder that is gone, or that has lost several posts and
	// has none left. If it returns true, the folder's posts stay for now. If it is nil, none do.
	Vanished func(folder string) (stays bool)
	// Announce keeps the addresses that were added, changed or removed for
	// Store.Unannounced.
	Announce bool
	// IsBuiltIn says that the posts are those built into the program. They never replace
	// the posts of a folder: Load returns ErrWouldReplaceFolder instead.
	IsBuiltIn bool
}

func (o LoadOptions) replaced(reason error) {
	if o.Replaced != nil {
		o.Replaced(reason)
	}
}

// ErrWouldReplaceFolder says that the database holds the posts of a folder, which those
// built into the program would have replaced.
var ErrWouldReplaceFolder = errors.New("the database holds the posts of a folder, which the library built into the program would replace")

// LoadResult counts what a load did.
type LoadResult struct {
	Posts          int // in the library now
	Added          int
	Changed        int
	Removed        int
	Unchanged      int
	Skipped        int // unusable files, whose older posts stay, and unreadable folders
	FailedFormulas int // formulas that the engine cannot read, in added and changed posts
	// Partial says that not all files were looked at. The counts still cover all of them.
	Partial bool
}

// Load brings the library up to date with the posts below fsys, in proportion to
// what changed. Readers see all of a load or none of it. A database that is
// missing, damaged or of another version is rebuilt; until then the last good
// one stays in use. Only one load runs at a time; others wait.
func (s *Store) Load(ctx context.Context, fsys fs.FS, options LoadOptions) (result LoadResult, err error) {
	s.loading.Lock()
	defer s.loading.Unlock()
	fail := func(err error) (LoadResult, error) {
		return LoadResult{}, fmt.Errorf("load into %s: %w", s.file, advised(err))
	}
	lock := flock.New(s.file + ".lock")
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		if ctx.Err() != nil {
			err = fmt.Errorf("wait for another load to end: %w", err)
		}
		return fail(err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	if err := finishReplacement(s.file, s.newFile()); err != nil {
		return fail(err)
	}
	if err := s.Refresh(ctx); err != nil && !isDamage(err) {
		return fail(err)
	}
	if known := s.inPlace(); known != nil && !s.damage.Load() {
		result, err := s.update(ctx, known, fsys, options)
		if !isDamage(err) {
			if err != nil {
				return fail(err)
			}
			return result, nil
		}
	}
	if result, err = s.rebuild(ctx, fsys, options); err != nil {
		return fail(err)
	}
	return result, nil
}

// inPlace returns the reader of the file that is now at the store's path, nil if readers see
// none or another.
func (s *Store) inPlace() *reader {
	reader := s.reader.Load()
	info, err := os.Stat(s.file)
	if reader == nil || err != nil || !os.SameFile(info, reader.info) {
		return nil
	}
	return reader
}

// update changes the database in place, whose reader is known.
func (s *Store) update(ctx context.Context, known *reader, fsys fs.FS, options LoadOptions) (LoadResult, error) {
	writer, err := sql.Open("sqlite", dataSource(s.file, "mode=rw", "_txlock=immediate", "_pragma=synchronous(NORMAL)", writeCache))
	if err != nil {
		return LoadResult{}, err
	}
	defer writer.Close()
	l := &loader{known: known, changedBefore: s.changed.Load(), options: options, refusedBefore: s.refused}
	result, err := l.run(ctx, writer, fsys)
	if err != nil {
		return LoadResult{}, err
	}
	s.refused = l.refused
	if err := s.Refresh(context.WithoutCancel(ctx)); err != nil { // a load that is done cannot be stopped
		return LoadResult{}, err
	}
	if result.Added+result.Changed+result.Removed > 0 || l.everything {
		// The log of a large load is as long as what was written and should not stay. If a
		// reader still needs it, a later load truncates it: this one does not wait for readers.
		_, _ = writer.ExecContext(ctx, `PRAGMA busy_timeout(0); PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	return result, nil
}

// newFile is where a new database is built.
func (s *Store) newFile() string { return s.file + ".new" }

// rebuild builds a new database beside the old one and puts it in its place.
func (s *Store) rebuild(ctx context.Context, fsys fs.FS, options LoadOptions) (LoadResult, error) {
	file := s.newFile()
	if err := removeDatabase(file); err != nil {
		return LoadResult{}, err
	}
	// A file that is not in place yet can be lost without harm, so it needs no journal.
	writer, err := sql.Open("sqlite", dataSource(file, "_txlock=immediate", "_pragma=journal_mode(OFF)", "_pragma=synchronous(OFF)", writeCache))
	if err != nil {
		return LoadResult{}, err
	}
	result, err := s.fill(ctx, writer, fsys, options)
	if err := errors.Join(err, writer.Close()); err != nil {
		return LoadResult{}, errors.Join(err, removeDatabase(file))
	}
	if err := keepForeign(s.file, options); err != nil {
		return LoadResult{}, errors.Join(err, removeDatabase(file))
	}
	if err := replaceDatabase(s.file, file); err != nil {
		return LoadResult{}, err
	}
	if err := s.Refresh(context.WithoutCancel(ctx)); err != nil { // a load that is done cannot be stopped
		return LoadResult{}, err
	}
	s.damage.Store(false)
	select {
	case <-s.damaged: // by reads of the old database in the meantime
	default:
	}
	return result, nil
}

// fill turns an empty database into the successor of the library in the store's file.
func (s *Store) fill(ctx context.Context, writer *sql.DB, fsys fs.FS, options LoadOptions) (LoadResult, error) {
	if _, err := writer.ExecContext(ctx, schema); err != nil {
		return LoadResult{}, err
	}
	l := &loader{changedBefore: s.changed.Load(), options: options}
	var err error
	if l.predecessor, err = openPredecessor(ctx, s.file, options); err != nil {
		return LoadResult{}, err
	}
	l.changedBefore = max(l.changedBefore, l.predecessor.changed(ctx))
	// Somebody may be announcing what the predecessor had, and then call Announced.
	_, err = writer.ExecContext(ctx, `INSERT INTO sqlite_sequence (name, seq) VALUES ('announcements', ?)`, l.predecessor.announced(ctx))
	if err != nil {
		return LoadResult{}, errors.Join(err, l.predecessor.Close())
	}
	result, err := l.run(ctx, writer, fsys)
	if err := errors.Join(err, l.predecessor.Close()); err != nil {
		return LoadResult{}, err
	}
	s.refused = l.refused
	marks := fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d; PRAGMA journal_mode = WAL`, applicationID, schemaVersion)
	if _, err := writer.ExecContext(ctx, indexes+"; "+fillTopics+"; "+marks); err != nil {
		return LoadResult{}, err
	}
	return result, nil
}

// loader is one load. Files flow through it in the order of their names: listed
// and compared with what is known, read and rendered on all cores, written in one
// transaction.
type loader struct {
	known *reader // the library as it was; nil for a new one
	// predecessor is the library that a new one replaces, nil if there is none.
	predecessor *predecessor
	// changedBefore is what Store.Changed returns until the load ends, in Unix nanoseconds.
	changedBefore int64
	options       LoadOptions
	renderer      *answer.Renderer
	result        LoadResult
	// everything says that the library was rendered by other rules, so that unchanged
	// files must be rendered again too.
	everything bool
	seen, done atomic.Int64 // files
	// refusedBefore is Store.refused before the load, refused what it will be after it.
	refusedBefore, refused refused
}

// job is a file that must be read.
type job struct {
	file    content.File
	folder  string
	earlier *knownFile // nil for a new file
	readNS  int64
	done    chan struct{} // closed when the fields below are set

	hash         [sha256.Size]byte
	same         bool // the data has not changed
	post         *content.Post
	postHash     [hashSize]byte
	duplicateKey [hashSize]byte
	rendered     *content.Rendered
	indexed      *indexedPost
	topics       string // JSON: the post's spelling by topic
	problem      error
	isRefused    bool // the problem lies in the data
	isKnown      bool // the last load read the same data and found the same problem
}

func (l *loader) run(ctx context.Context, database *sql.DB, fsys fs.FS) (LoadResult, error) {
	if err := l.checkSource(ctx); err != nil {
		return LoadResult{}, err
	}
	if l.known != nil {
		version, err := readState(ctx, l.known, stateRenderer)
		if err != nil {
			return LoadResult{}, err
		}
		l.everything = version != answer.Version
	}
	l.refused = refused{files: map[string]error{}, folders: map[string]error{}}
	l.renderer = answer.NewRenderer(l.knownFormula(ctx))
	defer l.renderer.Close()
	tx, err := database.BeginTx(ctx, nil)
	if err != nil {
		return LoadResult{}, err
	}
	defer tx.Rollback()
	w, err := newWriter(ctx, tx, l)
	if err != nil {
		return LoadResult{}, err
	}
	if err := l.flow(ctx, fsys, w); err != nil {
		return LoadResult{}, err
	}
	if err := w.finish(ctx, fsys); err != nil {
		return LoadResult{}, err
	}
	if err := ctx.Err(); err != nil {
		return LoadResult{}, err
	}
	return l.result, tx.Commit()
}

// checkSource refuses to load the built-in posts into the library of a folder: somebody
// forgot to name the folder.
func (l *loader) checkSource(ctx context.Context) (err error) {
	if !l.options.IsBuiltIn {
		return nil
	}
	source := ""
	if l.known != nil {
		source, err = readState(ctx, l.known, stateSource)
	} else if l.predecessor != nil {
		source = l.predecessor.state(ctx, stateSource)
	}
	if source == sourceFolder {
		return ErrWouldReplaceFolder
	}
	return err
}

// source returns the value of stateSource after the load.
func (l *loader) source() string {
	if l.options.IsBuiltIn {
		return sourceBuiltIn
	}
	return sourceFolder
}

// queueLength bounds how many posts wait for the writer once they are read.
const queueLength = 256

// flow lists, reads and writes all files that changed.
func (l *loader) flow(ctx context.Context, fsys fs.FS, w *writer) error {
	group, ctx := errgroup.WithContext(ctx)
	queue := make(chan *job, queueLength)
	work := make(chan *job, queueLength)
	group.Go(func() error {
		defer close(queue)
		defer close(work)
		return l.list(ctx, fsys, w.listed, func(j *job) error {
			for _, out := range []chan *job{queue, work} {
				select {
				case out <- j:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for j := range work {
				if err := l.read(fsys, j); err != nil {
					return err
				}
				close(j.done)
			}
			return nil
		})
	}
	group.Go(func() error {
		for j := range queue {
			select {
			case <-j.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := w.write(ctx, j); err != nil {
				return fmt.Errorf("%s: %w", j.file.Name, err)
			}
			l.done.Add(1)
			l.progress()
		}
		return ctx.Err()
	})
	return group.Wait()
}

// read reads a job's file and renders its post, unless the library already has that post.
func (l *loader) read(fsys fs.FS, j *job) error {
	if j.isKnown {
		return nil
	}
	if j.problem = l.readPost(fsys, j); isOutOfFiles(j.problem) {
		return j.problem
	}
	return nil
}

// readPost does the work of read. Its error says why the file gives no post.
func (l *loader) readPost(fsys fs.FS, j *job) error {
	data, err := content.ReadFile(fsys, j.file.Name)
	if err != nil {
		return err
	}
	j.hash = sha256.Sum256(data)
	if j.earlier != nil && j.earlier.problem == "" && j.earlier.hash == j.hash && !l.everything {
		j.same = true
		return nil
	}
	if j.post, err = content.Parse(j.file.Name, data); err != nil {
		j.isRefused = true
		return err
	}
	said, err := json.Marshal(j.post)
	topics, failure := json.Marshal(j.post.SEO.Topics())
	if err = errors.Join(err, failure); err != nil {
		return &content.FileError{File: j.file.Name, Err: err}
	}
	j.topics = string(topics)
	j.postHash = shorten(sha256.Sum256(said))
	j.duplicateKey = shorten(j.post.DuplicateKey())
	if j.rendered, j.indexed, err = render(j.post, l.renderer); err != nil {
		return &content.FileError{File: j.file.Name, Err: err}
	}
	return nil
}

// hashSize is how many bytes of a hash the database keeps: few, as indexes hold them, yet
// enough that no two of a billion texts share them.
const hashSize = 16

func shorten(hash [sha256.Size]byte) [hashSize]byte { return [hashSize]byte(hash[:hashSize]) }

// render renders a post and gathers what searches find it by. A post that makes the
// renderer panic must not stop the load.
func render(post *content.Post, renderer *answer.Renderer) (rendered *content.Rendered, found *indexedPost, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("render: %v", broken)
		}
	}()
	if rendered, err = post.Render(renderer); err != nil {
		return nil, nil, err
	}
	return rendered, indexedPostOf(post, rendered), nil
}

func (l *loader) progress() {
	if l.options.Progress != nil {
		l.options.Progress(int(l.done.Load()), int(l.seen.Load()))
	}
}

func (l *loader) problem(err error) {
	if l.options.Problem != nil {
		l.options.Problem(err)
	}
}
