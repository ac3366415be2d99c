package main

import (
	"math"
	"os"
	"runtime/debug"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

const (
	// largestDefaultCache has room for about 8,000 pages.
	largestDefaultCache = 64 << 20
	// workingMemory is what serving needs in addition to its cache, in bytes.
	workingMemory = 84 << 20
	// loadMemory is what a load may use, in bytes, not counting SQLite and the formula
	// engines.
	loadMemory = 256 << 20
	// loadGCPercent is GOGC for a load: little of what it allocates lives long.
	loadGCPercent = 150
	// serveGCPercent is GOGC for serving: with the default of 100 a cached page takes a
	// tenth more processor time; 800 saves no more time and takes 20 MB more memory.
	serveGCPercent = 400
)

// availableMemory returns the memory of the container or else of the machine, in bytes;
// math.MaxInt64 if it is not known.
func availableMemory() int64 {
	memory, err := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)()
	if err != nil || memory > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(memory)
}

// defaultCacheSize returns the default memory for finished pages, in bytes: at most an eighth
// of what is available.
func defaultCacheSize(available int64) int64 { return min(largestDefaultCache, available/8) }

// limitMemory sets the memory limit of the garbage collector to size, in bytes, but at most to
// three quarters of the available memory, unless GOMEMLIMIT is set.
func limitMemory(size int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(min(size, availableMemory()/4*3))
	}
}

// tuneForLoad limits the memory of a process that only loads, and makes it collect garbage less
// often, unless GOMEMLIMIT and GOGC are set.
func tuneForLoad() {
	limitMemory(loadMemory)
	collectAt(loadGCPercent)
}

// tuneForServing limits the memory of a process that serves to cacheSize, in bytes, and
// workingMemory, and makes it collect garbage less often, unless GOMEMLIMIT and GOGC are set.
func tuneForServing(cacheSize int64) {
	limitMemory(cacheSize + workingMemory)
	collectAt(serveGCPercent)
}

// collectAt sets GOGC to percent, unless the environment sets it.
func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
