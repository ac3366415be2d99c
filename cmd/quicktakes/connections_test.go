package main

import (
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"quicktakes/content/contenttest"
)

// visitor is a client with one connection, which it keeps.
type visitor struct {
	http.Client
	address string
}

func newVisitor(t *testing.T, address string, protocols *http.Protocols) *visitor {
	transport := &http.Transport{Protocols: protocols, TLSClientConfig: &tls.Config{ServerName: "example.org", InsecureSkipVerify: true}}
	t.Cleanup(transport.CloseIdleConnections)
	return &visitor{http.Client{Transport: transport, Timeout: idleTime / 4}, address}
}

// visit requests a page, and reports whether it reused the last connection. If the server was
// just closing that, it retries once over another, as browsers do (RFC 9110, 9.2.2).
func (v *visitor) visit(t *testing.T) (isKept bool) {
	t.Helper()
	isKept, err := v.ask(t)
	if err != nil && isKept {
		isKept, err = v.ask(t)
	}
	if err != nil {
		t.Fatal(err)
	}
	return isKept
}

// ask sends one request, and reports whether it reused a connection.
func (v *visitor) ask(t *testing.T) (isKept bool, err error) {
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) { isKept = got.Reused }})
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, v.address+"/learn", nil)
	if err != nil {
		return isKept, err
	}
	response, err := v.Do(request)
	if err != nil {
		return isKept, err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return isKept, err
	}
	if response.StatusCode != http.StatusOK {
		t.Fatal(response.Status)
	}
	return isKept, nil
}

// However many connections are held open by clients that send nothing more, a visitor is
// answered, and not all of those connections are closed for it.
func TestIdleConnectionsMakeRoom(t *testing.T) {
	folder, files := contenttest.Folder(t, edition(1)...), t.TempDir()
	certificate, key := newCertificate(t, 1)
	contenttest.WriteFile(t, files, "cert.pem", string(certificate))
	contenttest.WriteFile(t, files, "key.pem", string(key))
	secure := []string{"--base-url", "https://example.org", "--tls-cert", filepath.Join(files, "cert.pem"), "--tls-key", filepath.Join(files, "key.pem")}
	for _, test := range []struct {
		name string
		set  func(*http.Protocols)
		args []string
	}{
		{"HTTP/1", func(p *http.Protocols) { p.SetHTTP1(true) }, nil},
		{"HTTP/2", func(p *http.Protocols) { p.SetUnencryptedHTTP2(true) }, nil},
		{"HTTP/1 over TLS", func(p *http.Protocols) { p.SetHTTP1(true) }, secure},
		{"HTTP/2 over TLS", func(p *http.Protocols) { p.SetHTTP2(true) }, secure},
	} {
		t.Run(test.name, func(t *testing.T) {
			const most = 4
			r := serve(t, append([]string{"--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--max-connections", strconv.Itoa(most)}, test.args...)...)
			r.waitFor("loaded")
			address := r.base
			if test.args != nil {
				address = strings.Replace(address, "http:", "https:", 1)
			}
			protocols := new(http.Protocols)
			test.set(protocols)
			var visitors []*visitor
			for range most {
				v := newVisitor(t, address, protocols)
				v.visit(t)
				visitors = append(visitors, v)
			}
			newVisitor(t, address, protocols).visit(t)
			kept := 0
			for _, v := range slices.Backward(visitors) { // each that reconnects closes another
				if v.visit(t) {
					kept++
				}
			}
			if kept == 0 || kept == most {
				t.Errorf("%d of %d connections are kept", kept, most)
			}
			if code := r.end(); code != 0 {
				t.Errorf("exit %d", code)
			}
		})
	}
}

// If all connections are silent, the oldest makes room.
func TestOldestSilentMakesRoom(t *testing.T) {
	c := newConnections(new(http.Server), 2)
	var conns []net.Conn
	for range 2 {
		conn, client := net.Pipe()
		t.Cleanup(func() { client.Close() })
		c.follow(conn, http.StateNew)
		conns = append(conns, conn)
	}
	c.awaitRoom()
	c.makeRoom()
	if conns[0].SetDeadline(time.Now()) == nil || conns[1].SetDeadline(time.Now()) != nil {
		t.Error("the first is open, or the second closed")
	}
}

// The connection that has been idle longest makes room. One that serves a request never does:
// a new one waits for it.
func TestLongestIdleMakesRoom(t *testing.T) {
	c := newConnections(new(http.Server), 3)
	var conns []net.Conn
	for range 3 {
		conn, client := net.Pipe()
		t.Cleanup(func() { client.Close() })
		c.follow(conn, http.StateNew)
		c.follow(conn, http.StateActive)
		conns = append(conns, conn)
	}
	room := make(chan struct{})
	go func() { c.awaitRoom(); close(room) }()
	isClosed := func(conn net.Conn) bool { return conn.SetDeadline(time.Now()) != nil }
	want := func(closed ...bool) {
		t.Helper()
		for i, conn := range conns {
			if isClosed(conn) != closed[i] {
				t.Errorf("connection %d is closed: %t, want %t", i, isClosed(conn), closed[i])
			}
		}
	}
	c.makeRoom()
	want(false, false, false)
	for _, i := range []int{0, 2, 1} {
		c.follow(conns[i], http.StateIdle)
	}
	<-room
	c.follow(conns[0], http.StateActive)
	c.follow(conns[0], http.StateIdle)
	c.makeRoom()
	want(false, false, true)
	c.makeRoom() // there is room already
	want(false, false, true)
}

// pipeListener accepts connections within the program.
type pipeListener chan net.Conn

func (l pipeListener) Accept() (net.Conn, error) {
	if conn, ok := <-l; ok {
		return conn, nil
	}
	return nil, net.ErrClosed
}

func (l pipeListener) Close() error { return nil }

func (l pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// No client keeps a connection by being slow, or without using it.
func TestSlowClientsAreCutOff(t *testing.T) {
	for _, test := range []struct {
		name, says string
		listens    bool
		want       time.Duration
	}{
		{"half a header", "GET / HTTP/1.1\r\nHost: x\r\n", true, headerTime},
		{"half a body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf", true, readTime},
		{"an answer that is not taken", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", false, writeTime},
		{"nothing more", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", true, idleTime},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := &program{log: slog.New(slog.DiscardHandler)}
				server := p.newHTTPServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }), nil)
				closed := make(chan struct{})
				server.ConnState = func(_ net.Conn, state http.ConnState) {
					if state == http.StateClosed {
						close(closed)
					}
				}
				listener := make(pipeListener)
				go func() { _ = server.Serve(listener) }() // until it is closed
				defer close(listener)
				conn, client := net.Pipe()
				defer client.Close()
				begun := time.Now()
				listener <- conn
				if _, err := io.WriteString(client, test.says); err != nil {
					t.Fatal(err)
				}
				if test.listens {
					go func() { _, _ = io.Copy(io.Discard, client) }()
				}
				<-closed
				if took := time.Since(begun); took < test.want || took > test.want+time.Second {
					t.Errorf("cut off after %v, want %v", took, test.want)
				}
			})
		})
	}
}
