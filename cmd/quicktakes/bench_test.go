package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"quicktakes/content"
	"quicktakes/content/answer"
)

func TestBenchCommand(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv(isProgram, "1")
	code, out, log := runCommand(t, "bench", "--posts", "250", "--duration", "100ms")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, log)
	}
	for _, want := range []string{
		"250 posts", "| load from nothing |", "| load, nothing changed |", "| load, one post changed |", "first page after start: ",
		"| last, from page 1 |", "| hot page | 32 |", "| bare Echo handler | 32 |", "| nginx gzip_static | ",
		"| pages at random | 256 |", "| mixed | 32 |", "resident memory after that: ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
	left, err := os.ReadDir(temporary)
	if err != nil || len(left) > 0 {
		t.Errorf("the benchmark leaves %v, %v", left, err)
	}
}

// A server that ends by itself, or never answers, does not hold up the benchmark for long.
func TestBenchOfAServerThatFails(t *testing.T) {
	t.Setenv(isProgram, "1")
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for _, test := range []struct {
		args     []string
		address  string
		patience time.Duration
		want     string
	}{
		{[]string{"dance"}, "127.0.0.1:1", time.Minute, "unknown command"},
		{[]string{"serve", "--addr", "127.0.0.1:0", "--db", filepath.Join(t.TempDir(), "library.db")}, silent.Addr().String(), 50 * time.Millisecond, "does not serve"},
	} {
		b := &bench{executable: os.Args[0], patience: test.patience}
		start := time.Now()
		_, err := b.start(t.Context(), b.command(t.Context(), test.args...), test.address, "/")
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v, want %q", test.args, err, test.want)
		}
		if waited := time.Since(start); waited > 50*time.Second {
			t.Errorf("%v: waited for %v", test.args, waited)
		}
	}
}

func TestBenchRefusesWhatItCannotMeasure(t *testing.T) {
	for _, args := range [][]string{{"--posts", "0"}, {"--posts", "10000001"}, {"--duration", "1ms"}} {
		if code, _, log := runCommand(t, append([]string{"bench"}, args...)...); code != exitUsage || !strings.Contains(log, args[0]) {
			t.Errorf("%v: exit %d, %q, want %d and the flag's name", args, code, log, exitUsage)
		}
	}
}

// The posts of the benchmark are the same in each run, have nothing wrong with them,
// and hold what costs time.
func TestBenchPosts(t *testing.T) {
	const posts = 400
	folder := t.TempDir()
	size, err := makePosts(t.Context(), folder, posts)
	if err != nil {
		t.Fatal(err)
	}
	if size < 3000*posts {
		t.Errorf("%d bytes for %d posts, want more than 3,000 each", size, posts)
	}
	renderer := answer.NewRenderer(nil)
	defer renderer.Close()
	files := 0
	findings, err := content.Lint(t.Context(), os.DirFS(folder), renderer, time.Now(), func(done, _ int) { files = done })
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		if finding.Level == content.LevelError || strings.Contains(finding.Message, "formula") || strings.Contains(finding.Message, "does not exist") {
			t.Error(finding)
		}
	}
	if files != posts {
		t.Errorf("%d files, want %d", files, posts)
	}
	all := ""
	for number := range posts {
		text := newBenchPost(number, posts).text()
		if text != newBenchPost(number, posts).text() {
			t.Errorf("post %d is not the same twice", number)
		}
		all += text
	}
	for _, want := range []string{`\n\n$$`, "```python", "related_article5", `\n- **`, "| --- |"} {
		if !strings.Contains(all, want) {
			t.Errorf("no post holds %s", want)
		}
	}
}

func TestMeasure(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/missing" {
			http.NotFound(w, r)
			return
		}
		if r.URL.Path == "/busy" && asked.Add(1)%2 == 1 {
			http.Error(w, "Another time.", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("hello"))
	}))
	defer server.Close()
	ask := func(ctx context.Context, path string) (measured, error) {
		next := func(*rand.Rand) string { return path }
		return measure(ctx, traffic{"test", strings.TrimPrefix(server.URL, "http://"), 2, next}, 50*time.Millisecond)
	}
	for _, path := range []string{"/", "/busy"} {
		got, err := ask(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if got.requests == 0 || got.body != 5 || got.p50 <= 0 || got.p99 < got.p50 || got.perSecond() <= 0 {
			t.Errorf("%s: measured %+v, want some answers of 5 bytes", path, got)
		}
	}
	if _, err := ask(t.Context(), "/missing"); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("a page that is missing: %v, want an error that says 404", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := ask(stopped, "/"); !errors.Is(err, context.Canceled) {
		t.Errorf("a benchmark that is stopped: %v, want %v", err, context.Canceled)
	}
}
