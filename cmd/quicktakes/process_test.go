package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
)

// With isProgram set, the test binary runs as the program, for tests that kill it or limit what
// it may do and so need a process of their own. The other variables set these limits.
const (
	isProgram   = "RUN_AS_QUICKTAKES"
	asNobody    = "QUICKTAKES_TEST_AS_NOBODY"     // root may write everywhere
	maxFileSize = "QUICKTAKES_TEST_MAX_FILE_SIZE" // in bytes; more is answered like a full disk
	maxFiles    = "QUICKTAKES_TEST_MAX_FILES"     // that are open at once
)

// nobody is the user without rights.
const nobody = 65534

func TestMain(m *testing.M) {
	if os.Getenv(isProgram) == "" {
		os.Exit(m.Run())
	}
	if os.Getenv("LISTEN_FDS") != "" { // systemd sets it once it knows the process ID
		os.Setenv("LISTEN_PID", strconv.Itoa(os.Getpid()))
	}
	if err := bindProcess(); err != nil {
		panic(err)
	}
	main()
}

// bindProcess sets the bounds that the environment asks for.
func bindProcess() error {
	if size := os.Getenv(maxFileSize); size != "" {
		limit, err := strconv.ParseUint(size, 10, 64)
		if err != nil {
			return err
		}
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return err
		}
	}
	if number := os.Getenv(maxFiles); number != "" {
		limit, err := strconv.ParseUint(number, 10, 64)
		if err != nil {
			return err
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return err
		}
	}
	if os.Getenv(asNobody) != "" && os.Geteuid() == 0 {
		return errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody))
	}
	return nil
}

// command returns the program as a process, with variables in its environment.
func command(t *testing.T, environment []string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	dieWithTests(c)
	if slices.Contains(environment, asNobody+"=yes") {
		c.Path = publicProgram(t)
	}
	// The tests name a folder in QUICKTAKES_POSTS, which is a number to the program (--posts).
	c.Env = append(append(os.Environ(), isProgram+"=yes", "QUICKTAKES_POSTS="), environment...)
	return c
}

// publicProgram returns a copy of the program that every user may run.
func publicProgram(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "quicktakes")
	data, err := os.ReadFile(os.Args[0])
	if err = errors.Join(err, os.WriteFile(file, data, 0o755), os.Chmod(filepath.Dir(folder), 0o755)); err != nil {
		t.Fatal(err)
	}
	return file
}

// runProcess runs the program as a process and returns its exit code and what it
// wrote.
func runProcess(t *testing.T, environment []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	c := command(t, environment, args...)
	var out, log bytes.Buffer
	c.Stdout, c.Stderr = &out, &log
	if err := c.Run(); err != nil {
		if _, ended := errors.AsType[*exec.ExitError](err); !ended {
			t.Fatal(err)
		}
	}
	return c.ProcessState.ExitCode(), out.String(), log.String()
}

// serveProcess starts the program as a process on a free port and waits until it
// listens.
func serveProcess(t *testing.T, environment []string, args ...string) (*running, *os.Process) {
	t.Helper()
	return startServing(t, command(t, environment, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...))
}

// startServing starts a program that serves and waits until it listens.
func startServing(t *testing.T, c *exec.Cmd) (*running, *os.Process) {
	t.Helper()
	reader, writer := io.Pipe()
	c.Stderr = writer
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	r := newRunning(t, reader, sync.OnceFunc(func() { _ = c.Process.Signal(syscall.SIGTERM) })) // it may have ended by itself; a second signal would kill it
	go func() {
		_ = c.Wait() // its exit code says enough
		writer.Close()
		r.code <- c.ProcessState.ExitCode()
	}()
	r.listening()
	return r, c.Process
}
