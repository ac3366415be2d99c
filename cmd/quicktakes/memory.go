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
	workingMemory = 96 << 20
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
