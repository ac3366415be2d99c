package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/coreos/go-systemd/v22/activation"
)

// plainSocket is the name (FileDescriptorName=) of the socket from systemd that
// replaces --http-addr; any other replaces --addr.
const plainSocket = "http"

// listen returns the listener of the site and that of plain HTTP beside HTTPS, which is nil
// if there is none. Sockets from systemd take precedence over addresses: they stay open while
// the program restarts
// (https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html).
func (p *program) listen(ctx context.Context) (site, plain *queueListener, err error) {
	passed, err := activation.ListenersWithNames()
	if err != nil {
		return nil, nil, fmt.Errorf("take over sockets from systemd: %w", err)
	}
	for name, listeners := range passed {
		for _, listener := range listeners {
			place, flag := &site, "--addr"
			if name == plainSocket && p.config.isTLS() {
				place, flag = &plain, "--http-addr"
			}
			if *place != nil {
				return nil, nil, fmt.Errorf("systemd passes more than one socket for %s, %s and %s: keep one; with HTTPS, a second may have FileDescriptorName=%s",
					flag, (*place).Addr(), listener.Addr(), plainSocket)
			}
			if *place, err = newQueueListener(listener, true); err != nil {
				return nil, nil, fmt.Errorf("take over socket %s from systemd: %w", name, err)
			}
		}
	}
	if site == nil {
		if site, err = listenOn(ctx, "--addr", p.config.address); err != nil {
			return nil, nil, err
		}
	}
	if plain == nil && p.config.plainAddress != "" {
		if plain, err = listenOn(ctx, "--http-addr", p.config.plainAddress); err != nil {
			return nil, nil, err
		}
	}
	return site, plain, nil
}

// listenOn listens on the address of a flag.
func listenOn(ctx context.Context, flag, address string) (*queueListener, error) {
	var listen net.ListenConfig
	listen.SetMultipathTCP(false) // refuseNew does not work with such sockets
	listener, err := listen.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s %s: %w", flag, address, err)
	}
	return newQueueListener(listener, false)
}

// queueTime is how long the queue of connections must be empty before it is closed: about the
// time that a distant client needs to finish opening a connection.
const queueTime = 200 * time.Millisecond

// socketListener is what the listeners of package net implement.
type socketListener interface {
	net.Listener
	syscall.Conn
	SetDeadline(t time.Time) error
}

// queueListener can be closed without losing the connections that wait in its queue, which
// the system would otherwise reset.
type queueListener struct {
	socketListener
	// isPassed says that systemd has the socket too, and keeps its queue for the next start
	// of the program.
	isPassed bool
	closing  atomic.Bool
	closed   chan struct{}
	close    func() error
}

func newQueueListener(listener net.Listener, isPassed bool) (*queueListener, error) {
	socket, ok := listener.(socketListener)
	if !ok {
		return nil, fmt.Errorf("cannot stop a listener of type %T", listener)
	}
	return &queueListener{socketListener: socket, isPassed: isPassed, closed: make(chan struct{}), close: sync.OnceValue(socket.Close)}, nil
}

// Close implements net.Listener. The listener itself and its server both close it.
func (l *queueListener) Close() error { return l.close() }

// Accept implements net.Listener. It reports net.ErrClosed once the queue is empty
// after closeEmpty.
func (l *queueListener) Accept() (net.Conn, error) {
	for waited := false; ; waited = true {
		if l.closing.Load() {
			if err := l.SetDeadline(time.Now().Add(queueTime)); err != nil {
				return nil, err
			}
		}
		conn, err := l.socketListener.Accept()
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return conn, err
		}
		if waited {
			err := l.Close()
			close(l.closed)
			return nil, errors.Join(net.ErrClosed, err)
		}
	}
}

// closeEmpty waits until Accept has returned all connections in the queue and closed
// the listener. After drainTime it closes the listener even so, as Accept may be waiting for
// room. A queue that systemd keeps is left for the next start of the program.
func (l *queueListener) closeEmpty(ctx context.Context) error {
	if l.isPassed {
		return l.Close()
	}
	_ = refuseNew(l.socketListener) // if it cannot, a connection may still slip in and be reset
	l.closing.Store(true)
	if err := l.SetDeadline(time.Now()); err != nil { // wakes Accept
		return err
	}
	select {
	case <-l.closed:
		return nil
	case <-time.After(drainTime):
	case <-ctx.Done():
	}
	return l.Close()
}
