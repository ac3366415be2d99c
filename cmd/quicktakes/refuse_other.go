//go:build !linux

package main

import "syscall"

// refuseNew does nothing where no filter is known: a connection that arrives while the
// listener is being closed may be reset.
func refuseNew(syscall.Conn) error { return nil }
