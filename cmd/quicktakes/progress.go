package main

import (
	"log/slog"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a long task has come: with a bar on a terminal, elsewhere with a log
// line now and then.
type progress struct {
	what string
	bar  *progressbar.ProgressBar // nil when not on a terminal
	log  *slog.Logger
	last time.Time
}

// logInterval is the time between two log lines about the same task.
const logInterval = 5 * time.Second

func newProgress(out *os.File, log *slog.Logger, what string) *progress {
	p := &progress{what: what, log: log, last: time.Now()}
	if term.IsTerminal(int(out.Fd())) {
		p.bar = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(out),
			progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(),
			progressbar.OptionSetWidth(40),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	return p
}

// set reports that done of the seen items found so far are finished.
func (p *progress) set(done, seen int) {
	if p.bar != nil {
		p.bar.ChangeMax(max(seen, done+1)) // a bar that has been full is never drawn again
		_ = p.bar.Set(done)                // a bar that cannot be drawn must not stop the work
		return
	}
	if time.Since(p.last) >= logInterval {
		p.last = time.Now()
		p.log.Info(p.what, "done", done, "seen", seen)
	}
}

// end removes the bar.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
