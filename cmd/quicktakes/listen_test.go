package main

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// A program that is started anew on a socket of systemd refuses no connection.
func TestRestartOnPassedSocket(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	socket, err := listener.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
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
	base := "http://" + listener.Addr().String()
	if r.base != base {
		t.Fatalf("serves on %s, want %s", r.base, base)
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
