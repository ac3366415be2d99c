package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

// Bad posts among good ones take nothing away from these, and do not flood the log.
func TestManyBadPosts(t *testing.T) {
	const bad = 10_000
	folder := contenttest.Folder(t, edition(1)...)
	for i := range bad {
		contenttest.WriteFile(t, folder, fmt.Sprintf("learn/bad/%d.md", i), fmt.Sprintf("---\ndate: 2025-01-31\ntitle: Bad %d\n---\n", i))
	}
	contenttest.WriteFile(t, folder, "learn/huge.md", contenttest.Post{Path: "/learn/biology/questions/huge", Answer: strings.Repeat("long ", 4<<20)}.Text())
	contenttest.WriteFile(t, folder, "learn/deep.md", "---\nurl: "+strings.Repeat("[", 1_000_000)+"\n---\n")
	contenttest.WriteFile(t, folder, "learn/noise.md", strings.Repeat("\xff\x00", 1000))
	database := filepath.Join(t.TempDir(), "library.db")
	code, out, log := runCommand(t, "load", "--content", folder, "--db", database)
	if code != 0 || !strings.HasPrefix(out, "20 posts: 20 added, 0 changed, 0 removed, 0 unchanged, 10003 skipped") {
		t.Errorf("exit %d, %q", code, out)
	}
	if lines := strings.Count(log, "\n"); lines > 110 || len(log) > 50_000 || !strings.Contains(log, "more=9903") {
		t.Errorf("%d lines with %d bytes of log, want at most 110 of which one counts what is not told", lines, len(log))
	}
	code, out, _ = runCommand(t, "check", "--content", folder)
	for _, want := range []string{"learn/bad/0.md:1: error: no url", "learn/bad/9999.md:1: error: no url", "learn/huge.md: error: more than", "learn/deep.md:2: error: bad YAML", "learn/noise.md:1: error: not UTF-8"} {
		if code != 1 || !strings.Contains(out, want) {
			t.Errorf("check: exit %d without %q", code, want)
		}
	}
}
