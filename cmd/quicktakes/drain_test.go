package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// A second signal ends the program at once, even if a client has not finished its request.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	r, process := serveProcess(t, nil, "--content", contenttest.Folder(t, edition(1)...), "--db", filepath.Join(t.TempDir(), "library.db"))
	r.waitFor("loaded")
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /learn HTTP/1.1\r\n"); err != nil {
		t.Fatal(err)
	}
	go func() {
		for r.logs.Scan() { // so that it can write its last lines
		}
	}()
	code := 0
	await(t, "the program does not end", func() bool {
		_ = process.Signal(os.Interrupt) // it may have ended
		select {
		case code = <-r.code:
			return true
		default:
			return false
		}
	})
	if code != -1 {
		t.Errorf("exit %d, want an end by the second signal", code)
	}
}

// asker requests one page again and again, over one connection for as long as the server keeps
// it.
type asker struct {
	address string
	once    bool          // each request has a connection of its own
	pause   time.Duration // between requests
}

// run sends requests until no connection is accepted any more, and counts the responses. It
// returns the error of a request that was lost.
func (c *asker) run(answers *atomic.Int64) error {
	for {
		conn, err := net.Dial("tcp", c.address)
		if err != nil {
			return nil
		}
		err = c.ask(conn, answers)
		if errors.Is(err, syscall.ECONNRESET) && runtime.GOOS != "linux" {
			return nil // other systems cannot refuse new connections and keep the queue
		}
		if err != nil {
			return err
		}
	}
}

// ask sends requests for as long as one connection lasts, and counts the responses.
func (c *asker) ask(conn net.Conn, answers *atomic.Int64) error {
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for {
		if _, err := io.WriteString(conn, "GET /learn HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			return err
		}
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			return err
		}
		if response.StatusCode != http.StatusOK {
			return errors.New(response.Status)
		}
		answers.Add(1)
		if response.Close || c.once {
			return nil
		}
		time.Sleep(c.pause) // a request over a connection that was idle is the one most easily lost
	}
}

// A server that is stopped under load answers every request that it accepted.
func TestStopUnderLoad(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	database := filepath.Join(t.TempDir(), "library.db")
	for _, kind := range []asker{{}, {once: true}, {pause: time.Millisecond}} {
		t.Run(fmt.Sprintf("once=%t,pause=%v", kind.once, kind.pause), func(t *testing.T) {
			r, _ := serveProcess(t, nil, "--content", folder, "--db", database)
			r.waitFor("loaded")
			kind.address = strings.TrimPrefix(r.base, "http://")
			var answers atomic.Int64
			var clients sync.WaitGroup
			for range 16 {
				clients.Go(func() {
					if err := kind.run(&answers); err != nil {
						t.Errorf("a request was lost: %v", err)
					}
				})
			}
			await(t, "not 200 answers", func() bool { return answers.Load() >= 200 })
			r.stop()
			clients.Wait()
			if code := r.end(); code != 0 {
				t.Errorf("exit %d", code)
			}
		})
	}
}
