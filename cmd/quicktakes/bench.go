package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"quicktakes/db"
)

// benchPatience bounds every wait of the benchmark, and how long its traffic may outlast
// --duration.
const benchPatience = 30 * time.Second

// How the benchmark sends requests.
const (
	benchCodings     = "gzip, br"
	hotConnections   = 32
	coldConnections  = 256
	benchPopular     = 500 // pages that get most of the mixed traffic
	benchListSamples = 9   // pages whose median is the time of a list
)

// bench is a run of the benchmark. What is measured runs in processes of its own, so
// that their time and memory are theirs alone; this one is the client.
type bench struct {
	*program
	executable string
	folder     string        // for all the files that it writes
	address    string        // of the server
	patience   time.Duration // for every wait except that for its traffic
}

// bench generates a library, loads and serves it, and reports on stdout how fast.
func (p *program) bench(ctx context.Context) (err error) {
	b := &bench{program: p, patience: benchPatience}
	if b.executable, err = os.Executable(); err != nil {
		return fmt.Errorf("find the program's own file: %w", err)
	}
	if b.folder, err = os.MkdirTemp("", "quicktakes-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	fmt.Fprintf(p.stdout, "%s, %s, %s/%s, %s\n\n", count(p.config.benchPosts, "post"), count(runtime.GOMAXPROCS(0), "processor"), runtime.GOOS, runtime.GOARCH, runtime.Version())
	if err := b.measureLoads(ctx); err != nil {
		return err
	}
	return b.measureServing(ctx)
}

func (b *bench) posts() string    { return filepath.Join(b.folder, "posts") }
func (b *bench) database() string { return filepath.Join(b.folder, "library.db") }

// row writes a row of a table.
func (b *bench) row(cells ...string) { fmt.Fprintf(b.stdout, "| %s |\n", strings.Join(cells, " | ")) }

func megabytes(bytes int64) string {
	if bytes == 0 {
		return "not known"
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

func rounded(d time.Duration) string {
	if d >= time.Second {
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}

// command returns a command that runs this program with arguments, and without settings from
// the environment.
func (b *bench) command(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, b.executable, args...) //nolint:gosec // it is this program
	command.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "QUICKTAKES_") })
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = b.patience
	return command
}

// measureLoads measures how fast the library is generated and loaded.
func (b *bench) measureLoads(ctx context.Context) error {
	posts := b.config.benchPosts
	b.row("stage", "time", "posts/s", "processor time", "peak memory")
	b.row("---", "---", "---", "---", "---")
	start := time.Now()
	size, err := makePosts(ctx, b.posts(), posts)
	if err != nil {
		return fmt.Errorf("make posts: %w", err)
	}
	b.stage("make the posts", posts, time.Since(start), "", "")
	if err := b.measureLoad(ctx, "load from nothing", posts); err != nil {
		return err
	}
	if err := b.measureLoad(ctx, "load, nothing changed", posts); err != nil {
		return err
	}
	changed := filepath.Join(b.posts(), benchFile(0))
	text := strings.Replace(newBenchPost(0, posts).text(), "\nanswer: >-\n    ", "\nanswer: >-\n    Changed. ", 1)
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return err
	}
	if err := b.measureLoad(ctx, "load, one post changed", posts); err != nil {
		return err
	}
	info, err := os.Stat(b.database())
	if err != nil {
		return err
	}
	fmt.Fprintf(b.stdout, "\nposts: %s, database: %s\n\n", megabytes(size), megabytes(info.Size()))
	return nil
}

func (b *bench) stage(name string, posts int, d time.Duration, processor, memory string) {
	b.row(name, rounded(d), fmt.Sprintf("%.0f", float64(posts)/d.Seconds()), processor, memory)
}

func (b *bench) measureLoad(ctx context.Context, name string, posts int) error {
	command := b.command(ctx, "load", "--content", b.posts(), "--db", b.database())
	start := time.Now()
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, output)
	}
	state := command.ProcessState
	b.stage(name, posts, time.Since(start), rounded(state.UserTime()+state.SystemTime()), megabytes(peakMemory(state)))
	return nil
}

// start starts a server and waits for its page at path. The function that it returns
// ends the server.
func (b *bench) start(ctx context.Context, command *exec.Cmd, address, path string) (stop func() error, err error) {
	var log bytes.Buffer
	command.Stdout, command.Stderr = &log, &log
	if err := command.Start(); err != nil {
		return nil, err
	}
	var failure error
	ended := make(chan struct{})
	go func() {
		failure = command.Wait()
		close(ended)
	}()
	stop = func() error {
		_ = command.Process.Signal(os.Interrupt) // it may have ended
		<-ended
		if failure != nil {
			return fmt.Errorf("%s: %w\n%s", command, failure, log.Bytes())
		}
		return nil
	}
	until := time.Now().Add(b.patience)
	for {
		response, err := b.get(ctx, address, path)
		if err == nil && response.StatusCode == http.StatusOK {
			return stop, response.Body.Close()
		}
		if err == nil {
			err = errors.Join(fmt.Errorf("answered %s", response.Status), response.Body.Close())
		}
		if time.Now().After(until) {
			return nil, errors.Join(fmt.Errorf("%s does not serve: %w", command, err), stop())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), stop())
		case <-ended:
			return nil, errors.Join(ctx.Err(), fmt.Errorf("%s ended before it served", command), stop())
		case <-time.After(time.Millisecond):
		}
	}
}

// get sends one request, on a connection of its own.
func (b *bench) get(ctx context.Context, address, path string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", benchCodings)
	request.Close = true
	client := http.Client{Timeout: b.patience}
	return client.Do(request)
}

// freeAddress returns an address that nobody listens on.
func freeAddress(ctx context.Context) (string, error) {
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// measureServing measures how fast the library is served.
func (b *bench) measureServing(ctx context.Context) (err error) {
	if b.address, err = freeAddress(ctx); err != nil {
		return err
	}
	popular := benchPath(0)
	command := b.command(ctx, "serve", "--content", b.posts(), "--db", b.database(), "--addr", b.address, "--searches", "off")
	start := time.Now()
	stop, err := b.start(ctx, command, b.address, popular)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	fmt.Fprintf(b.stdout, "first page after start: %s, resident memory then: %s\n\n", rounded(time.Since(start)), megabytes(residentMemory(command.Process.Pid)))
	if err := b.lists(ctx); err != nil {
		return err
	}
	b.row("traffic", "connections", "requests/s", "p50", "p99", "bytes a response")
	b.row("---", "---", "---", "---", "---", "---")
	// What matters least comes first: just after its start the server still looks for changes.
	posts := b.config.benchPosts
	anyPage := func(random *rand.Rand) string { return benchPath(random.IntN(posts)) }
	for _, t := range []traffic{
		{"mixed", b.address, hotConnections, func(random *rand.Rand) string {
			switch n := random.IntN(10); {
			case n < 7:
				return benchPath(random.IntN(min(posts, benchPopular)))
			case n < 9:
				return benchPath(random.IntN(posts))
			}
			return "/learn/" + benchSubjectSlug(benchSubject(random.IntN(posts)))
		}},
		{"pages at random", b.address, hotConnections, anyPage},
		{"pages at random", b.address, coldConnections, anyPage},
	} {
		if err := b.traffic(ctx, t); err != nil {
			return err
		}
	}
	hot := traffic{"hot page", b.address, hotConnections, func(*rand.Rand) string { return popular }}
	if _, err := measure(ctx, hot, time.Second); err != nil { // until the page has been compressed at its best
		return err
	}
	if err := b.traffic(ctx, hot); err != nil {
		return err
	}
	resident := residentMemory(command.Process.Pid)
	if err := b.peers(ctx, hot); err != nil {
		return err
	}
	_, err = fmt.Fprintf(b.stdout, "\nresident memory after that: %s\n", megabytes(resident))
	return err
}

// traffic measures a kind of traffic and writes its row.
func (b *bench) traffic(ctx context.Context, t traffic) error {
	m, err := measure(ctx, t, b.config.benchDuration)
	if err != nil {
		return err
	}
	b.row(t.name, strconv.Itoa(t.connections), fmt.Sprintf("%.0f", m.perSecond()), rounded(m.p50), rounded(m.p99), strconv.FormatInt(m.body, 10))
	return nil
}

// lists measures the first, middle and last pages of the largest subject.
func (b *bench) lists(ctx context.Context) error {
	count := 0
	for number := range b.config.benchPosts {
		if benchSubject(number) == 0 {
			count++
		}
	}
	pages := max((count+db.PageSize-1)/db.PageSize, 1)
	samples := min(benchListSamples, pages)
	b.row("pages of the largest subject", "median of "+strconv.Itoa(samples))
	b.row("---", "---")
	for _, list := range []struct {
		name  string
		first int
	}{{"first", 1}, {"middle", (pages-samples)/2 + 1}, {"last", pages - samples + 1}} {
		times := make([]time.Duration, samples)
		for i := range times {
			path := "/learn/" + benchSubjectSlug(0)
			if page := list.first + i; page > 1 {
				path += fmt.Sprintf("?page=%d", page)
			}
			start := time.Now()
			response, err := b.get(ctx, b.address, path)
			if err != nil {
				return err
			}
			times[i] = time.Since(start)
			if err := response.Body.Close(); err != nil {
				return err
			}
			if response.StatusCode != http.StatusOK {
				return fmt.Errorf("%s: %s", path, response.Status)
			}
		}
		slices.Sort(times)
		b.row(fmt.Sprintf("%s, from page %d", list.name, list.first), rounded(times[samples/2]))
	}
	fmt.Fprintln(b.stdout)
	return nil
}
