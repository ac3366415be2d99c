package db_test

import (
	"testing"
	"time"
)

// A database that takes another's place continues its time, in another program too.
func TestRebuildWithClockSetBack(t *testing.T) {
	l := newLibrary(t, postA)
	l.load()
	last := l.store.Changed()
	l.close()
	overwrite(t, l.file, 60, []byte{0, 0, 0, 1}) // another schema
	l.store = nil
	l.open()
	l.now = now.Add(-time.Hour)
	l.load()
	if got := l.store.Changed(); got.Sub(last) < time.Second {
		t.Errorf("changed at %v, after %v", got, last)
	}
}

// Whatever the clock says, each change of the library is at least a second after the last.
func TestLoadWithJumpingClock(t *testing.T) {
	l := newLibrary(t, postA)
	l.load()
	last := l.store.Changed()
	for _, jump := range []time.Duration{0, time.Millisecond, -time.Hour, -10 * 365 * 24 * time.Hour, 24 * time.Hour} {
		l.now = now.Add(jump)
		changed := postA
		changed.Title = "What is A after " + jump.String() + "?"
		l.write(changed)
		l.load()
		l.wantTitle(pathA, changed.Title)
		if got := l.store.Changed(); got.Sub(last) < time.Second {
			t.Errorf("clock at %v: changed at %v, after %v", l.now, got, last)
		}
		last = l.store.Changed()
	}
	l.now = now.Add(-time.Hour)
	l.load()
	if got := l.store.Changed(); !got.Equal(last) {
		t.Errorf("changed at %v by a load that changed nothing, want %v", got, last)
	}
}
