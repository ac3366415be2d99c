package main

import (
	"context"
	"path/filepath"
	"testing"

	"quicktakes/content/contenttest"
)

// A load that is stopped says that it changed nothing.
func TestStoppedLoad(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	database := filepath.Join(t.TempDir(), "library.db")
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	contenttest.Write(t, folder, edition(2)...)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	code, _, log := runUntil(ctx, t, "load", "--content", folder, "--db", database)
	if code != 1 || log != "quicktakes load: stopped; the library is unchanged\n" {
		t.Errorf("exit %d, %q", code, log)
	}
	if got := shownEdition(t, database); got != 1 {
		t.Errorf("edition %d, want that of the last load", got)
	}
}

// A check that is stopped cannot be mistaken for a finished one.
func TestStoppedCheck(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	code, out, log := runUntil(ctx, t, "check", "--content", contenttest.Folder(t, edition(1)...))
	if code != 1 || out != "" || log != "quicktakes check: stopped\n" {
		t.Errorf("exit %d, %q, %q", code, out, log)
	}
}
