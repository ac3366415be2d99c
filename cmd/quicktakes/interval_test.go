package main

import (
	"testing"
	"time"
)

// Looks at all files are the rarer the longer they take, but never end.
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
