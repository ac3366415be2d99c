package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// The longer a scan of all files takes, the rarer scans become, but they never stop.
func TestWatchInterval(t *testing.T) {
	for look, want := range map[time.Duration]time.Duration{
		0:                      10 * time.Second,
		200 * time.Millisecond: 10 * time.Second,
		5 * time.Second:        100 * time.Second,
		time.Hour:              10 * time.Minute,
	} {
		l := &loads{}
		l.lookTime.Store(int64(look))
		if got := l.interval(); got != want {
			t.Errorf("after a look of %v the next is in %v, want %v", look, got, want)
		}
	}
}

// What fails again and again is logged once, until it has worked.
func TestFailuresInARowAreToldOnce(t *testing.T) {
	var log bytes.Buffer
	p := &program{log: slog.New(slog.NewTextHandler(&log, nil))}
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	err := p.every(ctx, time.Millisecond, "it failed", func(context.Context) error {
		calls++
		switch calls {
		case 3:
			return nil
		case 6:
			cancel()
		}
		return errors.New("disk full")
	})
	if told := strings.Count(log.String(), "it failed"); err != nil || told != 2 {
		t.Errorf("%v, told %d times, want 2: %s", err, told, &log)
	}
}
