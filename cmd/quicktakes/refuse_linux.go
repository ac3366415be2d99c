package main

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// refuseNew makes a listening socket take no new connections: a filter drops what asks
// for them (https://www.kernel.org/doc/html/latest/networking/filter.html). Those in its
// queue can still be accepted.
func refuseNew(socket syscall.Conn) error {
	raw, err := socket.SyscallConn()
	if err != nil {
		return err
	}
	nothing := unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K} // of a packet is let through
	var failure error
	err = raw.Control(func(descriptor uintptr) {
		failure = unix.SetsockoptSockFprog(int(descriptor), unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: 1, Filter: &nothing})
	})
	return errors.Join(err, failure)
}
