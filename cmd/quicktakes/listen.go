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

// plainSocket is the name (FileDescriptorName=) of the socket from systemd that stands
// for --http-addr; any other stands for --addr.
const plainSocket = "http"

// listen returns the listener of the site and, nil if there is none, that of plain HTTP
// beside HTTPS. Sockets that systemd hands over go before addresses: they stay open while
// the program is started anew
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
				return nil, nil, fmt.Errorf("systemd passes more than one socket for %s, %s and %s: keep one; beside HTTPS one more may be named %s (FileDescriptorName=)",
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
	listen.SetMultipathTCP(false) // refuseNew cannot bind such sockets
	listener, err := listen.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s %s: %w", flag, address, err)
	}
	return newQueueListener(listener, false)
}

// queueTime is how long the queue of connections must be empty before it is closed: about
// the time in which a client far away opens a connection that it has begun to open.
const queueTime = 200 * time.Millisecond

// socketListener is what the listeners of package net are.
type socketListener interface {
	net.Listener
	syscall.Conn
	SetDeadline(t time.Time) error
}

// queueListener can be closed without losing the connections that wait in its queue:
// the system resets them otherwise.
type queueListener struct {
	socketListener
	// isPassed says that somebody else has the socket too, and that its queue waits for
	// the next program.
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
// the listener. After drainTime it closes the listener with what is still in its queue:
// as many connections are open as there may be. A queue that waits for the next program
// is left to it.
func (l *queueListener) closeEmpty(ctx context.Context) error {
	if l.isPassed {
		return l.Close()
	}
	_ = refuseNew(l.socketListener) // where it cannot, a connection may come in between
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
