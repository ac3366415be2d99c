package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"quicktakes/content/contenttest"
)

// soakTime is the variable that says for how long pages are read. With
// QUICKTAKES_POSTS it serves these posts.
const soakTime = "QUICKTAKES_SOAK"

const (
	shortSoak   = 6 * time.Second
	soakReaders = 8
	soakLooks   = 12 // at what the server uses, in equal intervals
	// How much more the server may use at the end than after a third of the time.
	moreHeap       = 8 << 20
	moreMemory     = 32 << 20 // the system is slow to take back freed memory
	moreGoroutines = 50       // a load uses some
	moreFiles      = 10
)

// resources are what a server uses. The heap is what is left after a collection.
type resources struct{ heap, memory, goroutines, files float64 }

func (s resources) String() string {
	return fmt.Sprintf("%.1f MB of heap, %.1f MB of memory, %.0f goroutines, %.0f files", s.heap/1e6, s.memory/1e6, s.goroutines, s.files)
}

// resources reads what the server uses from its metrics.
func (r *running) resources() resources {
	r.t.Helper()
	r.get("/debug/pprof/heap?gc=1")
	_, text := r.get("/metrics")
	value := func(metric string) float64 {
		found := regexp.MustCompile(`(?m)^` + metric + ` (\S+)$`).FindStringSubmatch(text)
		if found == nil {
			r.t.Fatalf("there is no metric %s", metric)
		}
		value, err := strconv.ParseFloat(found[1], 64)
		if err != nil {
			r.t.Fatal(err)
		}
		return value
	}
	return resources{value("go_memstats_heap_alloc_bytes"), value("process_resident_memory_bytes"), value("go_goroutines"), value("process_open_fds")}
}

// soak is the readers of a server, and the results of their requests.
type soak struct {
	base    string
	client  *http.Client
	targets []string
	limit   *rate.Limiter
	answers atomic.Int64
	failed  atomic.Int64
	failure atomic.Pointer[string] // the last
}

// read asks for pages until ctx ends.
func (s *soak) read(ctx context.Context) {
	for s.limit.Wait(ctx) == nil {
		target, want := s.targets[rand.IntN(len(s.targets))], http.StatusOK
		switch rand.IntN(20) {
		case 0:
			target = "/search?q=" + []string{"what", "question", "edition", "zzz"}[rand.IntN(4)] + strconv.Itoa(rand.IntN(1000))
		case 1:
			target, want = "/nowhere/"+strconv.Itoa(rand.IntN(1000)), http.StatusNotFound
		}
		if err := s.ask(ctx, target, want); err != nil && ctx.Err() == nil {
			text := err.Error()
			s.failed.Add(1)
			s.failure.Store(&text)
		}
		s.answers.Add(1)
	}
}

func (s *soak) ask(ctx context.Context, target string, want int) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+target, nil)
	if err != nil {
		return err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if response.StatusCode != want {
		return fmt.Errorf("%s: status %d, want %d", target, response.StatusCode, want)
	}
	return nil
}

// soakFolder returns a folder of posts that may be changed.
func soakFolder(t *testing.T) string {
	t.Helper()
	posts := os.Getenv("QUICKTAKES_POSTS")
	if posts == "" {
		return contenttest.Folder(t, edition(1)...)
	}
	folder := filepath.Join(t.TempDir(), "posts")
	if err := os.CopyFS(folder, os.DirFS(posts)); err != nil {
		t.Fatal(err)
	}
	return folder
}

// soakTargets returns the addresses of all questions that a server's sitemaps list, each
// in three forms, and of other pages.
func soakTargets(r *running) []string {
	targets := []string{"/", "/learn", "/topics", "/learn/biology", "/learn/biology/anki.txt", "/feed.xml", "/sitemap.xml", "/search/suggest?q=wh"}
	locations := regexp.MustCompile(`<loc>` + regexp.QuoteMeta(r.base) + `(/[^<]+)</loc>`)
	_, index := r.get("/sitemap.xml")
	for _, file := range locations.FindAllStringSubmatch(index, -1) {
		_, text := r.get(file[1])
		for _, found := range locations.FindAllStringSubmatch(text, -1) {
			if strings.Contains(found[1], "/questions/") {
				targets = append(targets, found[1], found[1]+".md", found[1]+".json")
			}
		}
	}
	return targets
}

// A server at half of its capacity, while posts change, fails no reader and leaks nothing: it can
// run for years.
func TestSoak(t *testing.T) {
	duration := shortSoak
	if text := os.Getenv(soakTime); text != "" {
		var err error
		if duration, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	folder := soakFolder(t)
	r, _ := serveProcess(t, nil, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--watch", "--admin-addr", "127.0.0.1:0", "--search-rate", "0")
	operators := r.operators()
	r.waitFor("loaded")
	complaints := make(chan []string, 1)
	go func() {
		var lines []string
		for r.logs.Scan() {
			if line := r.logs.Text(); !strings.Contains(line, "level=INFO") {
				lines = append(lines, line)
			}
		}
		complaints <- lines
	}()
	s := &soak{
		base:    r.base,
		client:  &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: soakReaders}},
		targets: soakTargets(r),
		limit:   rate.NewLimiter(rate.Inf, 1),
	}
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range soakReaders {
		readers.Go(func() { s.read(ctx) })
	}
	interval := duration / soakLooks
	start := time.Now()
	var first resources
	for look := range soakLooks {
		title := fmt.Sprintf("What is asked in round %d?", look)
		contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: title})
		r.eventually(watchedA, http.StatusOK, title)
		<-time.After(time.Until(start.Add(time.Duration(look+1) * interval)))
		if look == 0 {
			half := float64(s.answers.Load()) / time.Since(start).Seconds() / 2
			t.Logf("%.0f answers a second are half of what it can", half)
			s.limit.SetLimit(rate.Limit(half))
		}
		now := operators.resources()
		t.Logf("after %v: %d answers, %d failed, %v", time.Since(start).Round(time.Second), s.answers.Load(), s.failed.Load(), now)
		if look == soakLooks/3-1 {
			first = now
		}
		if look == soakLooks-1 && (now.heap > first.heap+moreHeap || now.memory > first.memory+moreMemory ||
			now.goroutines > first.goroutines+moreGoroutines || now.files > first.files+moreFiles) {
			t.Errorf("at the end %v, at a third of the time %v", now, first)
		}
	}
	stop()
	readers.Wait()
	if failed := s.failed.Load(); failed > 0 {
		t.Errorf("%d requests of %d failed, the last with %s", failed, s.answers.Load(), *s.failure.Load())
	}
	r.stop()
	if code := <-r.code; code != 0 {
		t.Errorf("exit %d", code)
	}
	if lines := <-complaints; len(lines) > 0 {
		t.Errorf("the server complained:\n%s", strings.Join(lines, "\n"))
	}
}
