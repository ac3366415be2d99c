package main

import (
	"context"
	"maps"
	"os"
	"os/signal"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"quicktakes/content"
	"quicktakes/db"
)

const (
	// watchInterval is the time between two looks at all files, for changes that no
	// system tells of. In a library of a million posts a look takes seconds: from one to
	// the next passes lookRest times as long, up to longestInterval.
	watchInterval   = 10 * time.Second
	lookRest        = 20
	longestInterval = 10 * time.Minute
	// vanishTime is how long the pages of a folder stay that is gone or empty: it may be
	// a disk that comes back, or be about to be moved into place.
	vanishTime = 30 * time.Second
	// lockedTime is the time after which a load is tried again that found the database
	// locked. SQLite has waited for some seconds by then.
	lockedTime = 5 * time.Second
	// maxNamed is how many changed files wait for a load by their names at most, for the
	// memory that they take.
	maxNamed = 100_000
)

// loads brings posts in while the program serves: at start, on SIGHUP and when posts
// change.
type loads struct {
	*program
	store   *db.Store
	changed chan []string  // the files that changed and wait for a load, nil for any
	hangup  chan os.Signal // asks for a load

	metrics *loadMetrics
	summary atomic.Pointer[string] // of the last load, or how it failed

	purges   sync.WaitGroup  // that are being sent
	lookTime atomic.Int64    // of the last look at all files that changed nothing, in nanoseconds
	failure  string          // that was told last, empty after a load that did not fail
	problems map[string]bool // of the last load
	// vanished is since when the folders are gone that the last look at all files missed,
	// and vanishing what it will be after the load under way, if that looks at all files.
	vanished, vanishing map[string]time.Time
}

// newLoads returns the loads into store, of which register learns if it is not nil. From
// then on SIGHUP asks for one.
func (p *program) newLoads(store *db.Store, register prometheus.Registerer) *loads {
	l := &loads{
		program: p,
		store:   store,
		changed: make(chan []string, 1),
		hangup:  make(chan os.Signal, 1),
		metrics: newLoadMetrics(register),
	}
	signal.Notify(l.hangup, syscall.SIGHUP)
	return l
}

// watch asks for a load whenever posts may have changed.
func (l *loads) watch(ctx context.Context) {
	if !l.config.watch {
		return
	}
	changed := func(files []string) {
		waiting := []string{}
		select {
		case waiting = <-l.changed:
		default:
		}
		l.changed <- union(waiting, files) // nothing else sends, so there is room
	}
	content.Watch(ctx, l.config.content, l.interval, changed, func(err error) {
		l.log.Warn("not all changes are noticed at once, some only by the next look at all files", "error", err)
	})
}

// union returns the files of both lists, nil if one of them is nil or they are many.
func union(a, b []string) []string {
	if a == nil || b == nil || len(a)+len(b) > maxNamed {
		return nil
	}
	files := slices.Concat(a, b)
	slices.Sort(files)
	return slices.Compact(files)
}

// interval returns the time until the next look at all files.
func (l *loads) interval() time.Duration {
	return min(max(watchInterval, lookRest*time.Duration(l.lookTime.Load())), longestInterval)
}

// keep loads the posts, and again whenever they changed, SIGHUP asks for it, or the
// database was locked or turns out to be damaged. Its error is that of a load without
// which there is nothing to serve.
func (l *loads) keep(ctx context.Context) error {
	defer signal.Stop(l.hangup)
	defer l.purges.Wait()
	options := l.carefully(nil)
	verify := true
	for {
		err := l.load(ctx, options)
		if ctx.Err() != nil {
			return nil
		}
		var again <-chan time.Time
		if db.IsLocked(err) {
			again = time.After(lockedTime)
		} else if err != nil && !l.store.Ready() {
			return err
		}
		if verify && l.store.Ready() {
			verify = false
			if err := l.store.Verify(ctx); err != nil && ctx.Err() == nil {
				l.log.Error("verify failed", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-l.store.Damaged():
			l.log.Warn("the database is damaged and is made anew")
			options, verify = l.carefully(nil), true
		case <-l.hangup:
			l.log.Info("SIGHUP asks for a load")
			l.failure, l.problems = "", nil
			options = db.LoadOptions{}
		case files := <-l.changed:
			options = l.carefully(files)
		case <-again:
			options = l.carefully(nil)
		}
	}
}

// carefully returns the options of a load that nobody asked for, of files that changed
// or of all: what vanished may come back.
func (l *loads) carefully(files []string) db.LoadOptions {
	if !l.config.watch {
		return db.LoadOptions{}
	}
	if l.failure != "" {
		files = nil // others wait for a load since then
	}
	now := time.Now()
	l.vanishing = map[string]time.Time{}
	return db.LoadOptions{Files: files, Vanished: func(folder string) bool {
		since, known := l.vanished[folder]
		if !known {
			since = now
			if _, told := l.vanishing[folder]; !told {
				l.log.Warn("a folder is gone; its pages stay for "+vanishTime.String(), "folder", folder)
			}
		}
		l.vanishing[folder] = since
		return now.Sub(since) < vanishTime
	}}
}

// load loads, and tells of what has not been told of already: while posts are watched
// there is a load every few seconds.
func (l *loads) load(ctx context.Context, options db.LoadOptions) error {
	told := l.problems
	first := told == nil
	l.problems = map[string]bool{}
	problems, purge := problemLog{log: l.log}, l.config.newPurge()
	options.Touched = purge.touch
	var mutex sync.Mutex
	options.Problem = func(problem error) {
		mutex.Lock()
		defer mutex.Unlock()
		text := problem.Error()
		l.problems[text] = true
		if !told[text] {
			problems.tell(problem)
		}
	}
	start := time.Now()
	result, summary, err := l.loadInto(ctx, l.store, options)
	problems.end()
	if err != nil {
		maps.Copy(l.vanishing, l.vanished) // it may not have come to these
	}
	if !result.Partial {
		l.vanished = l.vanishing
	}
	if err == nil {
		l.purges.Go(func() { l.tell(ctx, purge) }) // while the next edits come in
	}
	if ctx.Err() != nil {
		return err
	}
	l.metrics.observe(result, err, start)
	if err != nil {
		summary = "failed: " + err.Error()
	}
	l.summary.Store(&summary)
	if err != nil {
		if (l.store.Ready() || db.IsLocked(err)) && l.failure != err.Error() {
			l.log.Error("load failed, the last good library stays", "error", err)
		}
		l.failure, l.problems = err.Error(), told
		return err
	}
	changes := result.Added + result.Changed + result.Removed
	if changes == 0 && !result.Partial {
		l.lookTime.Store(int64(time.Since(start)))
	}
	if first || l.failure != "" || changes > 0 {
		l.log.Info("loaded", "summary", summary)
	}
	l.failure = ""
	return nil
}

// last says what the last load did.
func (l *loads) last() string {
	if summary := l.summary.Load(); summary != nil {
		return *summary
	}
	if l.config.replica {
		return "none: this is a replica"
	}
	return "under way"
}

// loadMetrics are what operators see of loads.
type loadMetrics struct {
	loads                         *prometheus.CounterVec // by result
	failed, skipped, seconds, end prometheus.Gauge
}

// newLoadMetrics returns metrics that register knows, if it is not nil.
func newLoadMetrics(register prometheus.Registerer) *loadMetrics {
	factory := promauto.With(register)
	gauge := func(name, help string) prometheus.Gauge {
		return factory.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	m := &loadMetrics{
		failed:  gauge("quicktakes_load_failed", "1 if the last load failed: the library may be older than the posts."),
		skipped: gauge("quicktakes_skipped_files", "Files of which the last load made nothing new, and folders that it could not read."),
		seconds: gauge("quicktakes_load_duration_seconds", "Time that the last load took."),
		end:     gauge("quicktakes_load_success_timestamp_seconds", "When the last load ended that did not fail."),
		loads: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "quicktakes_loads_total",
			Help: "Loads by their result: done or failed.",
		}, []string{"result"}),
	}
	m.loads.WithLabelValues("done")
	m.loads.WithLabelValues("failed")
	return m
}

func (m *loadMetrics) observe(result db.LoadResult, err error, start time.Time) {
	m.seconds.Set(time.Since(start).Seconds())
	if err != nil {
		m.loads.WithLabelValues("failed").Inc()
		m.failed.Set(1)
		return
	}
	m.loads.WithLabelValues("done").Inc()
	m.failed.Set(0)
	m.skipped.Set(float64(result.Skipped))
	m.end.SetToCurrentTime()
}
