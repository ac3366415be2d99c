package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// dial connects to a running program.
func (r *running) dial() net.Conn {
	r.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.base, "http://"))
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { conn.Close() })
	return conn
}

// Clients that send nothing, or only a little at a time, do not affect readers, and are cut
// off.
func TestIdleAndSlowClients(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	r, _ := serveProcess(t, nil, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"))
	r.waitFor("loaded")
	for range 2000 {
		r.dial()
	}
	var slow []net.Conn
	for range 500 {
		conn := r.dial()
		if _, err := io.WriteString(conn, "GET /learn HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		slow = append(slow, conn)
	}
	start := time.Now()
	for _, post := range edition(1) {
		if status, _ := r.get(post.Path); status != http.StatusOK {
			t.Errorf("%s: status %d", post.Path, status)
		}
	}
	if took := time.Since(start); took > headerTime {
		t.Errorf("20 pages take %v", took)
	}
	for _, conn := range slow {
		if _, err := io.WriteString(conn, "x"); err != nil {
			continue // cut off already
		}
		if err := conn.SetReadDeadline(start.Add(2 * headerTime)); err != nil {
			t.Fatal(err)
		}
		if answer, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) || strings.HasPrefix(string(answer), "HTTP/1.1 200") {
			t.Fatalf("a client that takes %v for its header is answered %q, %v", headerTime, answer, err)
		}
	}
}

// Malicious requests are answered, none of them with a server error, and the next reader is
// served.
func TestHostileRequests(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	r, _ := serveProcess(t, nil, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"))
	r.waitFor("loaded")
	const host = "Host: localhost\r\nConnection: close\r\n"
	for _, test := range []struct {
		name, request string
		want          string // statuses
	}{
		{"long address", "GET /" + strings.Repeat("a", 20_000) + " HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"too long address", "GET /" + strings.Repeat("a", 100_000) + " HTTP/1.1\r\n" + host + "\r\n", "431"},
		{"long query", "GET /search?q=" + strings.Repeat("a+", 10_000) + " HTTP/1.1\r\n" + host + "\r\n", "200"},
		{"many parameters", "GET /search?" + strings.Repeat("q=a&", 5_000) + " HTTP/1.1\r\n" + host + "\r\n", "200"},
		{"many header fields", "GET / HTTP/1.1\r\n" + host + strings.Repeat("X-A: b\r\n", 20_000) + "\r\n", "431"},
		{"no host", "GET / HTTP/1.1\r\n\r\n", "400"},
		{"two hosts", "GET / HTTP/1.1\r\nHost: a\r\n" + host + "\r\n", "400"},
		{"bad host", "GET / HTTP/1.1\r\nHost: a b/c\r\n\r\n", "400"},
		{"bad escape", "GET /%zz HTTP/1.1\r\n" + host + "\r\n", "400"},
		{"NUL", "GET /%00 HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"line break in the address", "GET /learn%0d%0aSet-Cookie:x=y HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"no UTF-8", "GET /learn/%ff%fe HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"folders above", "GET /../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", "301 404"},
		{"escaped folders above", "GET /assets/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"a folder", "GET /assets/ HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"dotfile", "GET /.git/config HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"dotfile below assets", "GET /assets/.gitignore HTTP/1.1\r\n" + host + "\r\n", "404"},
		{"other host in the address", "GET http://evil.example/learn/ HTTP/1.1\r\n" + host + "\r\n", "301"},
		{"host without scheme", "GET //evil.example/learn HTTP/1.1\r\n" + host + "\r\n", "301 404"},
		{"two lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400"},
		{"length and chunks", "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n", "400 405"},
		{"unknown coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n", "501"},
		{"space before a colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", "400"},
		{"other protocol", "GET / HTTP/9.9\r\n" + host + "\r\n", "505"},
		{"tunnel", "CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n", "400 405"},
		{"trace", "TRACE / HTTP/1.1\r\n" + host + "\r\n", "405"},
		{"asterisk", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "200 405"},
		{"expectation", "GET / HTTP/1.1\r\n" + host + "Expect: the-impossible\r\n\r\n", "417"},
		{"many codings", "GET / HTTP/1.1\r\n" + host + "Accept-Encoding: " + strings.Repeat("gzip;q=0.1,", 2000) + "\r\n\r\n", "200"},
		{"many ETags", "GET / HTTP/1.1\r\n" + host + "If-None-Match: " + strings.Repeat(`"a",`, 5000) + "\r\n\r\n", "200"},
		{"noise", strings.Repeat("\x16\x03\x01\xff", 100) + "\r\n\r\n", "400"},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn := r.dial()
			if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(conn, test.request) // the server may respond before it has read everything
			answer := make([]byte, len("HTTP/1.1 200"))
			if _, err := io.ReadFull(conn, answer); err != nil {
				t.Fatal(err)
			}
			if status := string(answer[len("HTTP/1.1 "):]); !strings.Contains(test.want, status) {
				t.Errorf("status %s, want %s", status, test.want)
			}
		})
	}
	if status, _ := r.get("/learn"); status != http.StatusOK {
		t.Errorf("afterwards: status %d", status)
	}
}
