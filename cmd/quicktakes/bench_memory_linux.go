package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// peakMemory returns the peak memory of a process that has ended, in bytes; 0 if it is not
// known.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss * 1024
}

// residentMemory returns the resident memory of a running process, in bytes; 0 if it is not
// known.
func residentMemory(process int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	var kilobytes int64
	if _, err := fmt.Sscan(after, &kilobytes); err != nil {
		return 0
	}
	return kilobytes * 1024
}
