package main

import (
	"math"
	"os"
	"runtime/debug"
	"testing"
)

func TestDefaultCacheFitsTheMachine(t *testing.T) {
	for available, want := range map[int64]int64{
		math.MaxInt64: 64 << 20,
		8 << 30:       64 << 20,
		256 << 20:     32 << 20,
		64 << 20:      8 << 20,
	} {
		if got := defaultCacheSize(available); got != want {
			t.Errorf("a cache of %d bytes for a memory of %d, want %d", got, available, want)
		}
	}
}

// The memory limit follows from the settings, unless the environment sets one.
func TestLimitMemory(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(before)
	t.Setenv("GOMEMLIMIT", "100MiB")
	limitMemory(50 << 20)
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("the limit is %d although GOMEMLIMIT is set, want %d", got, before)
	}
	if err := os.Unsetenv("GOMEMLIMIT"); err != nil {
		t.Fatal(err)
	}
	limitMemory(50 << 20)
	if got := debug.SetMemoryLimit(-1); got != 50<<20 {
		t.Errorf("the limit is %d, want %d", got, 50<<20)
	}
}

// Garbage is collected less often than usual, unless the environment says how often.
func TestCollectAt(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "50")
	collectAt(400)
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("garbage is collected at %d percent although GOGC is set, want 100", got)
	}
	if err := os.Unsetenv("GOGC"); err != nil {
		t.Fatal(err)
	}
	collectAt(400)
	if got := debug.SetGCPercent(100); got != 400 {
		t.Errorf("garbage is collected at %d percent, want 400", got)
	}
}
