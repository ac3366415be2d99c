package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// noEnvironment is an environment in which nothing is set.
func noEnvironment(string) string { return "" }

// runCommand runs the program and returns its exit code and what it wrote.
func runCommand(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return runUntil(t.Context(), t, args...)
}

// runUntil is runCommand with a program that is stopped when ctx ends.
func runUntil(ctx context.Context, t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out bytes.Buffer
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	code = run(ctx, args, noEnvironment, &out, file)
	written, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return code, out.String(), string(written)
}

var seconds = regexp.MustCompile(`\(\d+\.\d\ds\)`)

func TestLoadCommand(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a"}, contenttest.Post{Path: "/learn/biology/questions/b"})
	database := filepath.Join(t.TempDir(), "new", "library.db")
	want := func(line, stderr string) {
		t.Helper()
		code, out, log := runCommand(t, "load", "--content", folder, "--db", database)
		if got := seconds.ReplaceAllString(out, "(0.00s)"); code != 0 || got != line+" (0.00s)\n" {
			t.Errorf("exit %d, %q, want 0, %q", code, got, line)
		}
		if stderr == "" && log != "" || !strings.Contains(log, stderr) {
			t.Errorf("stderr is %q, want %q", log, stderr)
		}
	}
	want("2 posts: 2 added, 0 changed, 0 removed, 0 unchanged, 0 skipped", "")
	want("2 posts: 0 added, 0 changed, 0 removed, 2 unchanged, 0 skipped", "")
	contenttest.WriteFile(t, folder, "learn/biology/bad.md", "---\ndate: never\n---\n")
	want("2 posts: 0 added, 0 changed, 0 removed, 2 unchanged, 1 skipped", "learn/biology/bad.md:2: date")
	contenttest.WriteFile(t, folder, "learn/biology/bad.md", contenttest.Post{Path: "/learn/biology/questions/c", Answer: `Bad: $\frac{a$ and $x$.`}.Text())
	want("3 posts: 1 added, 0 changed, 0 removed, 2 unchanged, 0 skipped", "formulas=1")
}

func TestCheckCommand(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/good", Title: "What is a good question?"})
	code, out, _ := runCommand(t, "check", "--content", folder)
	if code != 0 || out != "1 files: 0 errors, 0 warnings\n" {
		t.Errorf("exit %d, %q, want 0 and nothing wrong", code, out)
	}
	contenttest.WriteFile(t, folder, "learn/biology/bad.md", "hello")
	contenttest.Write(t, folder, contenttest.Post{Path: "/learn/biology/questions/short", Title: "Why?"})
	code, out, _ = runCommand(t, "check", "--content", folder)
	const want = "learn/biology/bad.md:1: error: no front matter: the first line is not ---\n" +
		"learn/biology/short.md:6: warning: title has 4 characters; 15 to 200 read well in a result list\n" +
		"3 files: 1 errors, 1 warnings\n"
	if code != 1 || out != want {
		t.Errorf("exit %d, %q, want 1, %q", code, out, want)
	}
}

func TestLoadWithoutItsFolder(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	database := filepath.Join(t.TempDir(), "library.db")
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	code, out, log := runCommand(t, "load", "--db", database)
	if code != 1 || out != "" || !strings.Contains(log, database) || !strings.Contains(log, "--content") || !strings.Contains(log, "--db") {
		t.Errorf("exit %d, %q, %q, want 1 and what to name", code, out, log)
	}
	r := serve(t, "--db", database)
	r.waitFor("the last good library stays")
	if status, _ := r.get(watchedA); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	r.end()
}

func TestVersionCommand(t *testing.T) {
	code, out, _ := runCommand(t, "version")
	for _, want := range []string{"quicktakes ", "commit ", runtime.Version(), "SQLite 3."} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("exit %d, %q, want %q in it", code, out, want)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"load", "-h"}} {
		code, out, _ := runCommand(t, args...)
		if code != 0 || !strings.Contains(out, "usage: quicktakes") || !strings.Contains(out, "-base-url") {
			t.Errorf("%v: exit %d, %q", args, code, out)
		}
	}
}

func TestUsageMistakes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	contenttest.WriteFile(t, filepath.Dir(file), "file", "")
	for _, test := range []struct {
		args []string
		want string // in the message
	}{
		{[]string{"dance"}, `unknown command "dance"`},
		{[]string{"load", "now"}, `unexpected argument "now"`},
		{[]string{"check", filepath.Dir(file)}, "--content " + filepath.Dir(file)},
		{[]string{"--colour", "red"}, "-colour"},
		{[]string{"--addr", "8080"}, "--addr"},
		{[]string{"--base-url", "example.org"}, "--base-url"},
		{[]string{"--base-url", "https://example.org/path"}, "--base-url"},
		{[]string{"--base-url", "ftp://example.org"}, "--base-url"},
		{[]string{"--replica", "--watch", "--content", "."}, "--replica"},
		{[]string{"--purge-url", "cache.example"}, "--purge-url"},
		{[]string{"--tls-cert", "cert.pem"}, "--tls-key"},
		{[]string{"--tls-cert", "cert.pem", "--tls-key", "key.pem", "--tls-domains", "example.org"}, "--tls-domains"},
		{[]string{"--tls-domains", "https://example.org"}, "--tls-domains"},
		{[]string{"--tls-domains", "*.example.org"}, "--tls-domains"},
		{[]string{"--tls-domains", "example.org", "--base-url", "http://example.org"}, "--base-url"},
		{[]string{"--tls-domains", "example.org", "--http-addr", "80"}, "--http-addr"},
		{[]string{"--http-addr", ":80"}, "--http-addr"},
		{[]string{"--trusted-proxies", "10.0.0.0/8, proxy.example"}, "--trusted-proxies"},
		{[]string{"--site-name", " "}, "--site-name"},
		{[]string{"--title-template", "QuickTakes"}, "--title-template"},
		{[]string{"export", "--format", "xml"}, "--format"},
		{[]string{"--report-to", "mistakes@example.org"}, "--report-to"},
		{[]string{"--report-to", "mailto:mistakes"}, "--report-to"},
		{[]string{"--report-to", "mailto:mistakes@example.org?cc=other@example.org"}, "--report-to"},
		{[]string{"--report-to", "http://example.org/report?page={url}"}, "--report-to"},
		{[]string{"--report-to", "https:///report?page={url}"}, "--report-to"},
		{[]string{"--report-to", "https://example.org/report"}, "{url}"},
		{[]string{"--canonical-duplicates=perhaps"}, "-canonical-duplicates"},
		{[]string{"--cache-size", "-1"}, "--cache-size"},
		{[]string{"--indexnow-key", "short", "--base-url", "https://example.org"}, "--indexnow-key"},
		{[]string{"--indexnow-key", "key_with_signs", "--base-url", "https://example.org"}, "--indexnow-key"},
		{[]string{"--indexnow-key", testKey}, "--base-url"},
		{[]string{"--indexnow-key", testKey, "--base-url", "http://localhost:8080"}, "--base-url"},
		{[]string{"--indexnow-key", testKey, "--base-url", "https://example.org", "--indexnow-endpoint", "example.com"}, "--indexnow-endpoint"},
		{[]string{"--cache-size", "lots"}, "-cache-size"},
		{[]string{"--content", filepath.Join(file, "nowhere")}, "--content"},
		{[]string{"--watch"}, "--watch needs --content"},
		{[]string{"--admin-addr", "9090"}, "--admin-addr"},
		{[]string{"--admin-addr", "localhost:8080"}, "--admin-addr"},
		{[]string{"--admin-addr", ":8080"}, "--admin-addr"},
		{[]string{"--addr", "0.0.0.0:80", "--admin-addr", "127.0.0.1:80"}, "--admin-addr"},
		{[]string{"--log-format", "xml"}, "--log-format"},
		{[]string{"--max-connections", "0"}, "--max-connections"},
		{[]string{"--search-rate", "-1"}, "--search-rate"},
		{[]string{"--content", file}, "--content"},
		{[]string{"--db", "x.db", "--searches", "x.db"}, "--searches"},
		{[]string{"--db", "x.db", "--searches", "./x.db"}, "--searches"},
	} {
		code, out, log := runCommand(t, test.args...)
		if code != 2 || out != "" || !strings.Contains(log, test.want) || strings.Count(log, "\n") != 1 {
			t.Errorf("%v: exit %d, %q, want 2 and one line with %s", test.args, code, log, test.want)
		}
	}
}

func TestFailures(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a"})
	empty := t.TempDir()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"load", "--content", empty, "--db", filepath.Join(t.TempDir(), "x.db")}, "holds no *.md file"},
		{[]string{"load", "--content", empty, "--db", filepath.Join(t.TempDir(), "x.db")}, "--content " + empty},
		{[]string{"load", "--content", folder, "--db", t.TempDir()}, "it is not a regular file"},
		{[]string{"serve", "--content", folder, "--db", filepath.Join(t.TempDir(), "x.db"), "--addr", "203.0.113.1:1"}, "--addr 203.0.113.1:1"},
		{[]string{"serve", "--content", folder, "--db", filepath.Join(t.TempDir(), "x.db"), "--addr", "127.0.0.1:0", "--tls-cert", "nowhere.pem", "--tls-key", "key.pem"}, "nowhere.pem"},
		{[]string{"health", "--addr", "localhost:1"}, "localhost:1"},
	} {
		code, _, log := runCommand(t, test.args...)
		if code != 1 || !strings.Contains(log, test.want) || strings.Contains(log, "goroutine") {
			t.Errorf("%v: exit %d, %q, want 1 with %s", test.args, code, log, test.want)
		}
	}
}

func TestConfig(t *testing.T) {
	environment := map[string]string{
		"QUICKTAKES_ADDR":                 ":9000",
		"QUICKTAKES_BASE_URL":             "https://example.org/",
		"QUICKTAKES_TRUSTED_PROXIES":      "10.1.2.3/8, ::1",
		"QUICKTAKES_SITE_NAME":            "Questions",
		"QUICKTAKES_REPORT_TO":            "https://example.org/report?page={url}&about={title}",
		"QUICKTAKES_CANONICAL_DUPLICATES": "false",
		"QUICKTAKES_DB":                   "from-environment.db",
	}
	got, err := readConfig([]string{"--db", "from-flag.db"}, func(name string) string { return environment[name] }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	want := config{
		address:          ":9000",
		logFormat:        "text",
		maxConnections:   4096,
		searchRate:       50,
		tlsDomains:       []string{},
		baseURL:          "https://example.org",
		host:             "example.org",
		trustedProxies:   []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")},
		siteName:         "Questions",
		reportTo:         "https://example.org/report?page={url}&about={title}",
		database:         "from-flag.db",
		searches:         "from-flag-searches.db",
		titleTemplate:    "{title} | {seo.title}",
		cacheSize:        64 << 20,
		indexNowEndpoint: defaultIndexNow,
		format:           "jsonl",
		benchPosts:       10_000,
		benchDuration:    5 * time.Second,
	}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
	environment["QUICKTAKES_CANONICAL_DUPLICATES"] = "perhaps"
	_, err = readConfig(nil, func(name string) string { return environment[name] }, io.Discard)
	if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), "QUICKTAKES_CANONICAL_DUPLICATES") {
		t.Errorf("a variable that is no boolean: %v", err)
	}
	if _, err := readConfig([]string{"--help"}, noEnvironment, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("--help: %v", err)
	}
}

func TestDefaultDatabaseIsNamedForTheFolder(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/cache")
	names := map[string]bool{}
	for _, folder := range []string{"", "/a/posts", "/b/posts"} {
		name, err := defaultDatabase(folder)
		if err != nil {
			t.Fatal(err)
		}
		names[name] = true
	}
	if len(names) != 3 || !names["/cache/quicktakes/library.db"] {
		t.Errorf("databases are %v", names)
	}
}

// running is the program while it serves.
type running struct {
	t    *testing.T
	base string
	stop func()
	code chan int
	logs *bufio.Scanner
}

// serve starts the program on a free port and waits until it listens.
func serve(t *testing.T, args ...string) *running {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := newRunning(t, reader, cancel)
	go func() {
		defer writer.Close()
		r.code <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), noEnvironment, io.Discard, writer)
	}()
	r.listening()
	return r
}

// newRunning returns a program that writes logs and ends some time after stop.
func newRunning(t *testing.T, logs io.Reader, stop func()) *running {
	t.Cleanup(stop)
	return &running{t: t, stop: stop, code: make(chan int, 1), logs: bufio.NewScanner(logs)}
}

// listening waits until the program listens.
func (r *running) listening() {
	r.t.Helper()
	line := r.waitFor("msg=serving")
	_, rest, _ := strings.Cut(line, "address=")
	address, _, _ := strings.Cut(rest, " ")
	r.base = "http://" + address
}

// waitFor reads the log up to a line that holds text.
func (r *running) waitFor(text string) string {
	r.t.Helper()
	var seen []string
	for r.logs.Scan() {
		if strings.Contains(r.logs.Text(), text) {
			return r.logs.Text()
		}
		seen = append(seen, r.logs.Text())
	}
	r.t.Fatalf("the log ended without %q:\n%s", text, strings.Join(seen, "\n"))
	return ""
}

func (r *running) get(path string) (status int, text string) {
	r.t.Helper()
	response, err := http.Get(r.base + path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

// eventually waits until an address answers with a status and a text.
func (r *running) eventually(path string, wantStatus int, wantText string) {
	r.t.Helper()
	await(r.t, fmt.Sprintf("%s is not answered %d with %q", path, wantStatus, wantText), func() bool {
		status, text := r.get(path)
		return status == wantStatus && strings.Contains(text, wantText)
	})
}

// await asks again and again whether something has happened, with a pause, as other
// processes tell of nothing and need the processor for it. The test ends with the complaint if that takes a minute.
func await(t *testing.T, complaint string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(complaint)
		}
	}
}

// end stops the program and returns its exit code.
func (r *running) end() int {
	r.t.Helper()
	r.stop()
	for r.logs.Scan() { // so that it can write its last lines
	}
	return <-r.code
}

func TestServe(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a", Title: "What is A?"})
	database := filepath.Join(t.TempDir(), "library.db")
	r := serve(t, "--content", folder, "--db", database)
	r.waitFor("1 added")
	if status, text := r.get("/learn/biology/questions/a"); status != 200 || !strings.Contains(text, "What is A?") || !strings.Contains(text, `href="`+r.base) {
		t.Errorf("%d: %s", status, text)
	}
	if code, _, log := runCommand(t, "health", "--addr", strings.TrimPrefix(r.base, "http://")); code != 0 {
		t.Errorf("health: exit %d: %s", code, log)
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d after a stop", code)
	}

	contenttest.Write(t, folder, contenttest.Post{Path: "/learn/biology/questions/b", Title: "What is B?"})
	r = serve(t, "--content", folder, "--db", database, "--base-url", "https://example.org")
	if status, _ := r.get("/learn/biology/questions/a"); status != 200 {
		t.Errorf("the last library does not answer at once: %d", status)
	}
	r.waitFor("2 posts: 1 added, 0 changed, 0 removed, 1 unchanged")
	if status, text := r.get("/learn/biology/questions/b"); status != 200 || !strings.Contains(text, `href="https://example.org/learn/biology/questions/b"`) {
		t.Errorf("%d: %s", status, text)
	}
	r.end()
}

func TestServeShowsWhatAnotherProcessLoads(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a", Title: "What is A?"})
	database := filepath.Join(t.TempDir(), "library.db")
	r := serve(t, "--content", folder, "--db", database)
	r.waitFor("1 added")
	r.get("/learn/biology/questions/a")
	contenttest.Write(t, folder, contenttest.Post{Path: "/learn/biology/questions/a", Title: "What is A now?"})
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	r.eventually("/learn/biology/questions/a", 200, "What is A now?")
	r.end()
}

func TestServeBuiltInLibrary(t *testing.T) {
	r := serve(t, "--db", filepath.Join(t.TempDir(), "library.db"))
	r.waitFor("0 skipped")
	if status, text := r.get("/"); status != 200 || !strings.Contains(text, "/learn/biology") {
		t.Errorf("%d: %s", status, text)
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d after a stop", code)
	}
}

func TestServeKeepsTheLastLibraryWhenALoadFails(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a"})
	database := filepath.Join(t.TempDir(), "library.db")
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	r := serve(t, "--content", t.TempDir(), "--db", database)
	r.waitFor("the last good library stays")
	if status, _ := r.get("/learn/biology/questions/a"); status != 200 {
		t.Errorf("status %d", status)
	}
	r.end()
}

func TestServeWithoutAnyLibraryFails(t *testing.T) {
	code, _, log := runCommand(t, "serve", "--addr", "127.0.0.1:0", "--content", t.TempDir(), "--db", filepath.Join(t.TempDir(), "x.db"))
	if code != 1 || !strings.Contains(log, "holds no *.md file") {
		t.Errorf("exit %d: %s", code, log)
	}
}

func TestServeMakesADamagedDatabaseAnew(t *testing.T) {
	folder := t.TempDir()
	for i := range 40 {
		contenttest.Write(t, folder, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%d", i), Answer: strings.Repeat("long ", 2000)})
	}
	database := filepath.Join(t.TempDir(), "library.db")
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	data, err := os.ReadFile(database)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 3; i < len(data)*2/3; i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(database, data, 0o644); err != nil {
		t.Fatal(err)
	}
	r := serve(t, "--content", folder, "--db", database)
	r.waitFor("the database is damaged and is made anew")
	r.waitFor("summary=\"40 posts: ")
	for i := range 40 {
		if status, _ := r.get(fmt.Sprintf("/learn/biology/questions/q%d", i)); status != 200 {
			t.Errorf("q%d: %d", i, status)
		}
	}
	r.end()
}

// An answer that is under way when the program is stopped arrives whole.
func TestServeFinishesAnswersOnStop(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/a", Answer: strings.Repeat("long ", 200_000)})
	r := serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"))
	r.waitFor("1 added")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.base+"/learn/biology/questions/a", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "identity")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	r.stop()
	r.waitFor("stopping")
	data, err := io.ReadAll(response.Body)
	if err != nil || int64(len(data)) != response.ContentLength {
		t.Errorf("%d of %d bytes, %v", len(data), response.ContentLength, err)
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
	if _, err := http.Get(r.base + "/healthz"); err == nil {
		t.Error("the program still answers after its stop")
	}
}
