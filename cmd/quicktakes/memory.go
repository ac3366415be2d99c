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
	// workingMemory is what serving needs besides its cache, in bytes.
	workingMemory = 84 << 20
	// loadMemory is what a load may take, in bytes, besides what SQLite and the formula
	// engines do.
	loadMemory = 256 << 20
	// loadGCPercent is GOGC for a load: little of what it makes is kept.
	loadGCPercent = 150
	// serveGCPercent is GOGC for serving: with the usual 100 a page from memory takes a
	// tenth more processor time, with 800 it takes as much and 20 MB more.
	serveGCPercent = 400
)

// availableMemory returns the bytes of memory that there are in the container, or else
// the machine; math.MaxInt64 where that is not known.
func availableMemory() int64 {
	memory, err := memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)()
	if err != nil || memory > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(memory)
}

// defaultCacheSize returns the memory for finished pages, in bytes, unless settings
// say otherwise: not more than an eighth of what there is.
func defaultCacheSize(available int64) int64 { return min(largestDefaultCache, available/8) }

// limitMemory makes the garbage collector keep the program within so much memory, in
// bytes, and within the greater part of what there is, unless GOMEMLIMIT says
// otherwise.
func limitMemory(size int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(min(size, availableMemory()/4*3))
	}
}

// allowLoad lets a process that does nothing but load collect its garbage less
// often, unless GOGC says otherwise.
func allowLoad() {
	limitMemory(loadMemory)
	collectAt(loadGCPercent)
}

// allowServing keeps a process that serves from a cache of so many bytes within that and
// workingMemory, and lets it collect its garbage less often, unless GOGC says otherwise.
func allowServing(cacheSize int64) {
	limitMemory(cacheSize + workingMemory)
	collectAt(serveGCPercent)
}

// collectAt sets GOGC to percent, unless the environment has one.
func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
