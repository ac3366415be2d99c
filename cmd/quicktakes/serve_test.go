package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

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

// await checks again and again whether something has happened, and pauses in between to leave
// the processor to other processes. It ends the test with complaint after a minute.
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

// While the content folder is missing, the last good database answers even after a restart, and
// commands that read no posts work as usual.
func TestServeWhileItsFolderIsAway(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "posts")
	contenttest.Write(t, folder, contenttest.Post{Path: watchedA})
	flags := []string{"--content", folder, "--db", filepath.Join(t.TempDir(), "library.db")}
	if code, _, log := runCommand(t, append([]string{"load"}, flags...)...); code != 0 {
		t.Fatal(log)
	}
	move(t, folder, folder+"-away")
	r := serve(t, append(flags, "--watch")...)
	r.waitFor("the last good library stays")
	if status, _ := r.get(watchedA); status != 200 {
		t.Errorf("status %d", status)
	}
	for _, command := range []string{"health", "version"} {
		if code, _, log := runCommand(t, append([]string{command, "--addr", strings.TrimPrefix(r.base, "http://")}, flags...)...); code != 0 {
			t.Errorf("%s: exit %d: %s", command, code, log)
		}
	}
	move(t, folder+"-away", folder)
	contenttest.Write(t, folder, contenttest.Post{Path: watchedB})
	r.eventually(watchedB, 200, "")
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
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
	r.waitFor("the database is damaged and is being rebuilt")
	r.waitFor("summary=\"40 posts: ")
	for i := range 40 {
		if status, _ := r.get(fmt.Sprintf("/learn/biology/questions/q%d", i)); status != 200 {
			t.Errorf("q%d: %d", i, status)
		}
	}
	r.end()
}

// A response that is being sent when the program is stopped arrives whole.
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
