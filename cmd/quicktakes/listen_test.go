package main

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// newSocket returns a socket that listens, to be passed to a program, and its address.
func newSocket(t *testing.T) (address string, socket *os.File) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	if socket, err = listener.(*net.TCPListener).File(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return listener.Addr().String(), socket
}

// With two sockets for one purpose, nobody would answer on one of them.
func TestTwoPassedSocketsForOnePlace(t *testing.T) {
	for _, names := range []string{"", "site:site", "site:http"} { // without HTTPS
		addressA, socketA := newSocket(t)
		addressB, socketB := newSocket(t)
		c := command(t, []string{"LISTEN_FDS=2", "LISTEN_FDNAMES=" + names}, "serve", "--db", filepath.Join(t.TempDir(), "library.db"))
		c.ExtraFiles = []*os.File{socketA, socketB}
		log, err := c.CombinedOutput()
		if err == nil || !strings.Contains(string(log), addressA) || !strings.Contains(string(log), addressB) {
			t.Errorf("sockets named %q: %v, %s, want a failure that names %s and %s", names, err, log, addressA, addressB)
		}
	}
}

// A program that is restarted on a socket from systemd refuses no connection.
func TestRestartOnPassedSocket(t *testing.T) {
	address, socket := newSocket(t)
	folder := contenttest.Folder(t, edition(1)...)
	database := filepath.Join(t.TempDir(), "library.db")
	start := func() *running {
		c := command(t, []string{"LISTEN_FDS=1"}, "serve", "--addr", "203.0.113.1:1", "--content", folder, "--db", database)
		c.ExtraFiles = []*os.File{socket}
		r, _ := startServing(t, c)
		return r
	}
	r := start()
	r.waitFor("loaded")
	base := "http://" + address
	if r.base != base {
		t.Fatalf("serves on %s, want %s", r.base, base)
	}
	_, port, _ := net.SplitHostPort(address)
	if _, page := r.get("/learn"); !strings.Contains(page, `<link rel="canonical" href="http://203.0.113.1:`+port+`/learn">`) {
		t.Errorf("the canonical link does not have the port of the socket, %s: %.2000s", port, page)
	}
	var answers atomic.Int64
	done := make(chan struct{})
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
			for {
				select {
				case <-done:
					return
				default:
				}
				response, err := client.Get(base + "/learn")
				if err != nil {
					t.Errorf("refused: %v", err)
					return
				}
				response.Body.Close()
				if response.StatusCode != http.StatusOK {
					t.Errorf("status %d", response.StatusCode)
				}
				answers.Add(1)
			}
		})
	}
	for range 3 {
		before := answers.Load()
		if code := r.end(); code != 0 {
			t.Errorf("exit %d", code)
		}
		r = start()
		await(t, "not 100 answers more", func() bool { return answers.Load() >= before+100 || t.Failed() })
	}
	close(done)
	clients.Wait()
	r.end()
}
