// Command quicktakes serves a library of questions and answers from a folder of
// Markdown files.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// program is what a command works with.
type program struct {
	config *config
	site   string // for audit, from the command line; empty means the one on --addr
	stdout io.Writer
	stderr *os.File
	log    *slog.Logger
}

// commands maps the name of each command to its function.
var commands = map[string]func(*program, context.Context) error{
	"serve":    (*program).serve,
	"load":     (*program).load,
	"check":    (*program).check,
	"audit":    (*program).audit,
	"searches": (*program).searches,
	"export":   (*program).export,
	"health":   (*program).health,
	"version":  (*program).version,
	"bench":    (*program).bench,
	// Not for users: bench starts it.
	"bench-echo": (*program).benchEcho,
}

// run runs the program and returns its exit code.
func run(ctx context.Context, args []string, environment func(string) string, stdout io.Writer, stderr *os.File) int {
	name := "serve"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	command, ok := commands[name]
	if !ok {
		fmt.Fprintf(stderr, "quicktakes: unknown command %q; quicktakes --help lists them\n", name)
		return exitUsage
	}
	site := ""
	if name == "audit" && len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		site, args = args[0], args[1:]
	}
	config, err := readConfig(args, environment, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case err != nil:
		return refuse(stderr, err)
	}
	p := &program{config: config, site: site, stdout: stdout, stderr: stderr, log: newLog(stderr, config.logFormat)}
	err = command(p, ctx)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errors.New("stopped")
	}
	switch {
	case errors.Is(err, errUsage):
		return refuse(stderr, err)
	case err != nil:
		fmt.Fprintf(stderr, "quicktakes %s: %v\n", name, err)
		return exitFailed
	}
	return exitDone
}

// refuse reports a mistake in the command line or the environment, and returns the exit
// code.
func refuse(stderr io.Writer, mistake error) int {
	fmt.Fprintf(stderr, "quicktakes: %v; quicktakes --help lists the flags\n", mistake)
	return exitUsage
}

// The formats of log lines.
const (
	logText = "text"
	logJSON = "json"
)

func newLog(out io.Writer, format string) *slog.Logger {
	if format == logJSON {
		return slog.New(slog.NewJSONHandler(out, nil))
	}
	return slog.New(slog.NewTextHandler(out, nil))
}
