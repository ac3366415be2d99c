package main

import (
	"errors"
	"math"
	"syscall"

	"golang.org/x/sys/unix"
)

// The offset of the flags in a TCP header, and the flag that opens a connection
// (https://www.rfc-editor.org/rfc/rfc9293#section-3.1).
const (
	flagsOffset = 13
	flagSYN     = 0x02
)

// refuseNew makes a listening socket take no new connections: a filter drops the packets that
// open them (https://www.kernel.org/doc/html/latest/networking/filter.html). Those half open
// can still be completed, and those in its queue accepted. A client whose packet was dropped
// retries after a second, and reaches whoever listens then.
func refuseNew(socket syscall.Conn) error {
	raw, err := socket.SyscallConn()
	if err != nil {
		return err
	}
	filter := [...]unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_B | unix.BPF_ABS, K: flagsOffset},
		{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: flagSYN, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K}, // keep 0 bytes: drop the packet
		{Code: unix.BPF_RET | unix.BPF_K, K: math.MaxUint32},
	}
	var failure error
	err = raw.Control(func(descriptor uintptr) {
		failure = unix.SetsockoptSockFprog(int(descriptor), unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]})
	})
	return errors.Join(err, failure)
}
