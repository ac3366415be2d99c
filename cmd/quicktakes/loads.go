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
	// watchInterval is the time between two scans of all files, which find changes that the
	// system does not report. In a library of a million posts a scan takes seconds: the
	// next one waits lookRest times as long, up to longestInterval.
	watchInterval   = 10 * time.Second
	lookRest        = 20
	longestInterval = 10 * time.Minute
	// vanishTime is how long the pages of a missing or empty folder stay: its disk may come
	// back, or the folder may be about to be moved into place.
	vanishTime = 30 * time.Second
	// lockedTime is the time until a load that found the database locked is tried again.
	// SQLite has already waited for some seconds by then.
	lockedTime = 5 * time.Second
	// maxNamed is how many changed files are remembered by name until the next load. When
	// there are more, it scans all files, to save memory.
	maxNamed = 100_000
)

// loads brings posts in while the program serves: at start, on SIGHUP and when posts
// change.
type loads struct {
	*program
	store   *db.Store
	changed chan []string  // changed files that wait for a load; nil means any file
	hangup  chan os.Signal // SIGHUP, which requests a load

	metrics *loadMetrics
	summary atomic.Pointer[string] // of the last load, or how it failed

	purges   sync.WaitGroup  // that are being sent
	lookTime atomic.Int64    // of the last scan of all files that found no change, in nanoseconds
	failure  string          // logged last; empty after a successful load
	problems map[string]bool // of the last load
	// vanished holds the folders that the last scan of all files missed, each with the time
	// it was first missed. vanishing replaces it after the current load, if that scans all
	// files.
	vanished, vanishing map[string]time.Time
}

// newLoads returns the loads into store, with their metrics in register unless that is nil or
// this is a replica, which loads nothing. From then on SIGHUP requests a load.
func (p *program) newLoads(store *db.Store, register prometheus.Registerer) *loads {
	if p.config.replica {
		register = nil
	}
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

// watch requests a load whenever posts may have changed.
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
		l.log.Warn("cannot watch all files: some changes are noticed only by the next scan of all files", "error", err)
	})
}

// union returns the files of both lists, or nil if either is nil or there are more than
// maxNamed.
func union(a, b []string) []string {
	if a == nil || b == nil || len(a)+len(b) > maxNamed {
		return nil
	}
	files := slices.Concat(a, b)
	slices.Sort(files)
	return slices.Compact(files)
}

// interval returns the time until the next scan of all files.
func (l *loads) interval() time.Duration {
	return min(max(watchInterval, lookRest*time.Duration(l.lookTime.Load())), longestInterval)
}

// run loads the posts at once, and again whenever they change, on SIGHUP, after the database
// was locked, and when it turns out to be damaged. It returns an error only if a load fails
// and there is nothing to serve.
func (l *loads) run(ctx context.Context) error {
	defer signal.Stop(l.hangup)
	defer l.purges.Wait()
	options := l.carefulOptions(nil)
	verify := true
	for {
		err := l.loadOnce(ctx, options)
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
			l.log.Warn("the database is damaged and is being rebuilt")
			options, verify = l.carefulOptions(nil), true
		case <-l.hangup:
			l.log.Info("received SIGHUP, loading")
			l.forget()
			options = db.LoadOptions{}
		case files := <-l.changed:
			options = l.carefulOptions(files)
		case <-again:
			options = l.carefulOptions(nil)
		}
	}
}

// forget prepares for a load that an operator requested, which logs all problems again and
// removes the pages of vanished folders.
func (l *loads) forget() {
	l.failure, l.problems = "", nil
	l.vanishing = map[string]time.Time{}
}

// carefulOptions returns the options of a load that no operator requested, of the files that
// changed or, if files is nil, of all. It keeps the pages of vanished folders for a while, as
// these may come back.
func (l *loads) carefulOptions(files []string) db.LoadOptions {
	if !l.config.watch {
		return db.LoadOptions{}
	}
	if l.failure != "" {
		files = nil // those of the failed load still wait
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

// loadOnce loads, and logs only what the load before did not log: while posts are watched there
// is a load every few seconds.
func (l *loads) loadOnce(ctx context.Context, options db.LoadOptions) error {
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
			problems.add(problem)
		}
	}
	start := time.Now()
	result, summary, err := l.loadInto(ctx, l.store, options)
	problems.end()
	if err != nil {
		maps.Copy(l.vanishing, l.vanished) // the load may have failed before it reached these
	}
	if !result.Partial {
		l.vanished = l.vanishing
	}
	if err == nil {
		l.purges.Go(func() { l.sendPurge(ctx, purge) }) // in the background, as more edits may come in
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

// last returns a line on what the last load did.
func (l *loads) last() string {
	if summary := l.summary.Load(); summary != nil {
		return *summary
	}
	if l.config.replica {
		return "none: this is a replica"
	}
	return "under way"
}

// loadMetrics are the metrics of loads.
type loadMetrics struct {
	loads                         *prometheus.CounterVec // by result
	failed, skipped, seconds, end prometheus.Gauge
}

// newLoadMetrics returns the metrics, in register unless that is nil.
func newLoadMetrics(register prometheus.Registerer) *loadMetrics {
	factory := promauto.With(register)
	gauge := func(name, help string) prometheus.Gauge {
		return factory.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	m := &loadMetrics{
		failed:  gauge("quicktakes_load_failed", "1 if the last load failed: the library may be older than the posts."),
		skipped: gauge("quicktakes_skipped_files", "Files that the last load skipped, and folders that it could not read."),
		seconds: gauge("quicktakes_load_duration_seconds", "Time that the last load took."),
		end:     gauge("quicktakes_load_success_timestamp_seconds", "When the last successful load ended."),
		loads: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "quicktakes_loads_total",
			Help: "Loads by result: done or failed.",
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
