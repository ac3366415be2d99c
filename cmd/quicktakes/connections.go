package main

import (
	"container/list"
	"crypto/tls"
	"net"
	"net/http"
	"slices"
	"sync"
)

// connections follows those of an HTTP server, and bounds how many there are: at the
// limit, the one that has been idle longest makes room for a new one, or else the one
// that has been silent longest.
type connections struct {
	most    int
	mutex   sync.Mutex
	changed *sync.Cond
	open    map[net.Conn]*connection
	idle    list.List // of net.Conn that have been answered, longest idle first
	silent  list.List // of net.Conn that have asked for nothing yet, oldest first
	isDone  bool      // no more are accepted
}

// connection is the state of one client connection.
type connection struct {
	state   http.ConnState
	waiting *list.List    // that it is in, nil while it is at work
	place   *list.Element // there
}

// newConnections follows at most so many connections of a server, which must not serve
// yet.
func newConnections(server *http.Server, most int) *connections {
	c := &connections{most: most, open: map[net.Conn]*connection{}}
	c.changed = sync.NewCond(&c.mutex)
	server.ConnState = c.follow
	return c
}

// follow keeps the state of a connection.
func (c *connections) follow(conn net.Conn, state http.ConnState) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	known := c.open[conn]
	if known == nil {
		known = new(connection)
		c.open[conn] = known
	}
	if known.waiting != nil {
		known.waiting.Remove(known.place)
		known.waiting = nil
	}
	known.state = state
	switch state {
	case http.StateNew:
		known.waiting = &c.silent
	case http.StateIdle:
		known.waiting = &c.idle
	case http.StateClosed, http.StateHijacked:
		delete(c.open, conn)
	}
	if known.waiting != nil {
		known.place = known.waiting.PushBack(conn)
	}
	c.changed.Signal()
}

// anyIn reports whether there are connections in one of states.
func (c *connections) anyIn(states ...http.ConnState) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, known := range c.open {
		if slices.Contains(states, known.state) {
			return true
		}
	}
	return false
}

// awaitRoom waits until a new connection may come, or none will.
func (c *connections) awaitRoom() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for !c.isDone && len(c.open) >= c.most && c.idle.Len()+c.silent.Len() == 0 {
		c.changed.Wait()
	}
}

// makeRoom closes idle or silent connections for one that has come. Where the last of them
// is at work by now, there is one more than the limit until the next comes.
func (c *connections) makeRoom() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for len(c.open) >= c.most {
		waiting := &c.idle
		if waiting.Len() == 0 {
			waiting = &c.silent
		}
		if waiting.Len() == 0 {
			return
		}
		conn := waiting.Remove(waiting.Front()).(net.Conn)
		delete(c.open, conn) // the server closes it soon, but the new one comes now
		if secure, ok := conn.(*tls.Conn); ok {
			conn = secure.NetConn() // the other may wait for the client
		}
		conn.Close()
	}
}

// end lets awaitRoom wait no longer.
func (c *connections) end() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.isDone = true
	c.changed.Signal()
}

// boundedListener accepts connections as there is room for them.
type boundedListener struct {
	net.Listener
	connections *connections
}

// Accept implements net.Listener.
func (l boundedListener) Accept() (net.Conn, error) {
	l.connections.awaitRoom()
	conn, err := l.Listener.Accept()
	if err == nil {
		l.connections.makeRoom()
	}
	return conn, err
}

// Close implements net.Listener.
func (l boundedListener) Close() error {
	l.connections.end()
	return l.Listener.Close()
}
