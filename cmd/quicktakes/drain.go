package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// drainTime is how long clients are told to close their connections before the server
// does: whoever sends a request into a connection that is being closed loses it.
const drainTime = 500 * time.Millisecond

// pollTime is between two looks at the connections.
const pollTime = 5 * time.Millisecond

// queueTime is how long the queue of connections must be empty before it is closed: about
// the time in which a client far away opens a connection that it has begun to open.
const queueTime = 200 * time.Millisecond

// drain stops an HTTP server without losing a request that it has accepted.
// http.Server.Shutdown alone loses those that it reads after it is called.
type drain struct {
	server      *http.Server
	connections *connections // of the server
	draining    atomic.Bool
	served      chan struct{} // closed when the server has taken its last connection
}

// newDrain prepares a server, which must not serve yet, for a stop.
func newDrain(server *http.Server, connections *connections) *drain {
	d := &drain{server: server, connections: connections, served: make(chan struct{})}
	handler := server.Handler
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.draining.Load() {
			w.Header().Set("Connection", "close")
		}
		handler.ServeHTTP(w, r)
	})
	return d
}

// stop answers what clients have sent and are about to send, and then closes listener,
// on which the server serves, and the server. It gives up when ctx ends.
func (d *drain) stop(ctx context.Context, listener *queueListener) error {
	d.draining.Store(true)
	d.while(ctx, drainTime, http.StateNew, http.StateActive, http.StateIdle)
	failure := listener.closeEmpty(ctx)
	select {
	case <-d.served: // or a connection that was taken just now would not be counted yet
	case <-time.After(drainTime):
	case <-ctx.Done():
	}
	d.while(ctx, drainTime, http.StateNew, http.StateActive)
	d.while(ctx, shutdownTime, http.StateActive)
	return errors.Join(failure, d.server.Shutdown(ctx))
}

// while waits while there are connections in one of states, until the time is up or ctx
// ends.
func (d *drain) while(ctx context.Context, limit time.Duration, states ...http.ConnState) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ticker := time.NewTicker(pollTime)
	defer ticker.Stop()
	for d.connections.anyIn(states...) {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

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
