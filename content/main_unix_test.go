//go:build unix

package content_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"quicktakes/content"
)

// isWatcher is an environment variable that has the test program watch the folder that it
// names, unable to open any more files, and print what it is told. It takes a process of
// its own, as such a limit holds for a whole process.
const isWatcher = "RUN_AS_WATCHER"

func TestMain(m *testing.M) {
	folder := os.Getenv(isWatcher)
	if folder == "" {
		os.Exit(m.Run())
	}
	reader, writer, err := os.Pipe() // makes the runtime open what it needs to wait for files
	err = errors.Join(err, reader.Close(), writer.Close(), syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 3, Max: 3}))
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	changes := 0
	changed := func([]string) {
		fmt.Println("changed")
		if changes++; changes == 3 {
			cancel()
		}
	}
	content.Watch(ctx, folder, func() time.Duration { return time.Millisecond }, changed, func(err error) { fmt.Println(err) })
}

// If the system cannot watch, that is reported once, and changed is still called at each
// interval.
func TestWatchWithoutTheSystem(t *testing.T) {
	folder := t.TempDir()
	watcher := exec.CommandContext(t.Context(), os.Args[0])
	watcher.Env = append(os.Environ(), isWatcher+"="+folder)
	output, err := watcher.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	text := string(output)
	if strings.Count(text, "changed\n") != 3 || strings.Count(text, "watch "+folder) != 1 || !strings.Contains(text, "max_user_instances") {
		t.Errorf("told %s", text)
	}
}
