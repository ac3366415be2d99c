package main

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"
)

// drainTime is how long the server tells clients to close their connections before it closes
// them itself: a request sent over a connection that is being closed is lost.
const drainTime = 500 * time.Millisecond

// pollTime is the time between two checks of the connections.
const pollTime = 5 * time.Millisecond

// drain stops an HTTP server without losing a request that it has accepted.
// http.Server.Shutdown alone loses those that arrive after it is called.
type drain struct {
	server      *http.Server
	connections *connections // of the server
	draining    atomic.Bool
	served      chan struct{} // closed when the server has accepted its last connection
}

// newDrain prepares a server that has not begun to serve for being stopped.
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
	d.waitWhile(ctx, drainTime, http.StateNew, http.StateActive, http.StateIdle)
	failure := listener.closeEmpty(ctx)
	select {
	case <-d.served: // until then, a connection just accepted may not be counted
	case <-time.After(drainTime):
	case <-ctx.Done():
	}
	d.waitWhile(ctx, drainTime, http.StateNew, http.StateActive)
	d.waitWhile(ctx, shutdownTime, http.StateActive)
	return errors.Join(failure, d.server.Shutdown(ctx))
}

// waitWhile waits as long as there are connections in one of states, but no longer than limit or
// until ctx ends.
func (d *drain) waitWhile(ctx context.Context, limit time.Duration, states ...http.ConnState) {
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
