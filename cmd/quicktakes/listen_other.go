//go:build !linux

package main

import "syscall"

// refuseNew does nothing on systems without such a filter: a connection that arrives while
// the listener is being closed may be reset.
func refuseNew(syscall.Conn) error { return nil }
