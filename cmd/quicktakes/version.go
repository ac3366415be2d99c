package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"quicktakes/db"
)

// version prints the version, the commit, and the versions of Go and SQLite.
func (p *program) version(ctx context.Context) error {
	sqlite, err := db.SQLiteVersion(ctx)
	if err != nil {
		return fmt.Errorf("ask SQLite for its version: %w", err)
	}
	release, commit := buildInfo()
	_, err = fmt.Fprintf(p.stdout, "quicktakes %s\ncommit %s\n%s\nSQLite %s\n", release, commit, runtime.Version(), sqlite)
	return err
}

// buildInfo returns the version and commit that the program was built from, each
// "unknown" where the build did not record it.
func buildInfo() (release, commit string) {
	release, commit = "unknown", "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release, commit
	}
	if info.Main.Version != "" {
		release = info.Main.Version
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			commit = setting.Value
		}
	}
	return release, commit
}
