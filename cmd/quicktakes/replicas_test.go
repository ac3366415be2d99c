//go:build replicas

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// litestream starts Litestream (https://litestream.io), and kills it when the test ends.
func litestream(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), "litestream", args...)
	dieWithTests(c)
	c.Stdout, c.Stderr = os.Stderr, os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(c) })
	return c
}

func kill(c *exec.Cmd) {
	_ = c.Process.Kill() // it may have ended
	_ = c.Wait()
}

// readerServer is a machine that serves a replica.
type readerServer struct {
	*running
	follower *exec.Cmd
	database string
}

// newReaderServer starts what runs on a reading machine: Litestream and the program.
func newReaderServer(t *testing.T, replica string) *readerServer {
	t.Helper()
	m := &readerServer{database: filepath.Join(t.TempDir(), "library.db")}
	m.follow(t, replica)
	m.running, _ = serveProcess(t, nil, "--replica", "--db", m.database, "--searches", "off")
	return m
}

func (m *readerServer) follow(t *testing.T, replica string) {
	t.Helper()
	m.follower = litestream(t, "restore", "-f", "-follow-interval", "500ms", "-o", m.database, replica)
}

// newBalancer returns a proxy that sends requests to the servers in turn, and to the next one if
// one does not answer.
func newBalancer(t *testing.T, servers ...*readerServer) *httptest.Server {
	t.Helper()
	var turn atomic.Uint64
	var try func(r *http.Request, left int) (*http.Response, error)
	try = func(r *http.Request, left int) (*http.Response, error) {
		target, err := url.Parse(servers[turn.Add(1)%uint64(len(servers))].base)
		if err != nil {
			return nil, err
		}
		r.URL.Host = target.Host
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil && left > 0 {
			return try(r, left-1)
		}
		return response, err
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.Out.URL.Scheme = "http" },
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) { return try(r, len(servers)) }),
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// One machine loads and three read behind a proxy: a changed post is on all of them
// within five seconds, one that died or comes late catches up, and nobody misses the
// loader.
func TestReplicas(t *testing.T) {
	const most = 5 * time.Second
	folder := contenttest.Folder(t, edition(0)...)
	page := edition(0)[0].Path
	loader := filepath.Join(t.TempDir(), "library.db")
	load := func(number int) {
		t.Helper()
		contenttest.Write(t, folder, edition(number)...)
		if code, _, log := runProcess(t, nil, "load", "--content", folder, "--db", loader); code != 0 {
			t.Fatal(log)
		}
	}
	load(0)
	place := t.TempDir()
	replica := "file://" + place
	settings := filepath.Join(t.TempDir(), "litestream.yml")
	contenttest.WriteFile(t, filepath.Dir(settings), "litestream.yml", "dbs:\n  - path: "+loader+"\n    replica: {type: file, path: "+place+", sync-interval: 500ms}\n")
	replicator := litestream(t, "replicate", "-config", settings)
	await(t, "Litestream makes no snapshot", func() bool {
		snapshots, _ := filepath.Glob(filepath.Join(place, "ltx", "9", "*.ltx"))
		return len(snapshots) > 0
	})
	servers := []*readerServer{newReaderServer(t, replica), newReaderServer(t, replica), newReaderServer(t, replica)}
	balancer := newBalancer(t, servers...)
	everywhere := func(number int, servers ...*readerServer) {
		t.Helper()
		start := time.Now()
		for _, server := range servers {
			server.eventually(page, http.StatusOK, fmt.Sprintf("in edition %d?", number))
		}
		if took := time.Since(start); took > most {
			t.Errorf("edition %d is everywhere after %v, want %v", number, took, most)
		} else {
			t.Logf("edition %d is everywhere after %v", number, took)
		}
	}
	everywhere(0, servers...)

	var answers, failures atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { // readers, all the time
		defer close(done)
		for ctx.Err() == nil {
			response, err := http.Get(balancer.URL + page)
			if err != nil || response.StatusCode != http.StatusOK {
				failures.Add(1)
				continue
			}
			response.Body.Close()
			answers.Add(1)
		}
	}()

	load(1)
	everywhere(1, servers...)

	servers[1].stop() // and its Litestream
	kill(servers[1].follower)
	load(2)
	everywhere(2, servers[0], servers[2])
	servers[1].follow(t, replica)
	back, _ := serveProcess(t, nil, "--replica", "--db", servers[1].database, "--searches", "off")
	everywhere(2, &readerServer{running: back})

	late := newReaderServer(t, replica)
	everywhere(2, late)

	kill(replicator)
	if err := os.RemoveAll(filepath.Dir(loader)); err != nil {
		t.Fatal(err)
	}
	everywhere(2, servers[0], servers[2], late)
	stop()
	<-done
	if failures.Load() > 0 || answers.Load() == 0 {
		t.Errorf("%d answers and %d failures through the proxy", answers.Load(), failures.Load())
	}
}
