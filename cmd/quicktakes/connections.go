package main

import (
	"container/list"
	"crypto/tls"
	"net"
	"net/http"
	"slices"
	"sync"
)

// connections tracks the connections of an HTTP server and limits their number: at the limit,
// the one that has been idle longest is closed for a new one or, if none is idle, the one
// that has been silent longest.
type connections struct {
	most    int
	mutex   sync.Mutex
	changed *sync.Cond
	open    map[net.Conn]*connection
	idle    list.List // of net.Conn that have been answered, longest idle first
	silent  list.List // of net.Conn that have sent no request yet, oldest first
	isDone  bool      // no more are accepted
}

// connection is the state of one client connection.
type connection struct {
	state   http.ConnState
	waiting *list.List    // the list it is in; nil while it serves a request
	place   *list.Element // its place in that list
}

// newConnections tracks the connections of a server that has not begun to serve, and allows
// up to most of them.
func newConnections(server *http.Server, most int) *connections {
	c := &connections{most: most, open: map[net.Conn]*connection{}}
	c.changed = sync.NewCond(&c.mutex)
	server.ConnState = c.follow
	return c
}

// follow notes the new state of a connection, as the server's ConnState.
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

// awaitRoom waits until there is room for a new connection, or no more are accepted.
func (c *connections) awaitRoom() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for !c.isDone && len(c.open) >= c.most && c.idle.Len()+c.silent.Len() == 0 {
		c.changed.Wait()
	}
}

// makeRoom closes idle or silent connections for one that was accepted. If all of them are
// busy by now, there is one more than the limit until the next is accepted.
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
		delete(c.open, conn) // the server notices later, but the new one is here now
		if secure, ok := conn.(*tls.Conn); ok {
			conn = secure.NetConn() // closing the tls.Conn may wait for the client
		}
		conn.Close()
	}
}

// end makes awaitRoom return, now and from then on.
func (c *connections) end() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.isDone = true
	c.changed.Signal()
}

// boundedListener accepts a connection only when there is room for it.
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
