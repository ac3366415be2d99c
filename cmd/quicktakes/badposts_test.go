package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

// writeBadPosts writes 10,000 posts without an address into learn/bad.
func writeBadPosts(t *testing.T, folder string) {
	t.Helper()
	for i := range 10_000 {
		contenttest.WriteFile(t, folder, fmt.Sprintf("learn/bad/%d.md", i), fmt.Sprintf("---\ndate: 2025-01-31\ntitle: Bad %d\n---\n", i))
	}
}

// Bad posts do not affect the good ones around them, and do not flood the log.
func TestManyBadPosts(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	writeBadPosts(t, folder)
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
	for _, want := range []string{"learn/bad/0.md:1: error: no url", "learn/bad/9999.md:1: error: no url", "learn/huge.md:1: error: larger than", "learn/deep.md:2: error: bad YAML", "learn/noise.md:1: error: not UTF-8"} {
		if code != 1 || !strings.Contains(out, want) {
			t.Errorf("check: exit %d without %q", code, want)
		}
	}
}

// The same holds when they arrive while posts are watched, at every load from then on.
func TestManyBadPostsArrive(t *testing.T) {
	r, folder := serveWatching(t)
	elsewhere := t.TempDir()
	writeBadPosts(t, elsewhere)
	contenttest.WriteFile(t, elsewhere, "learn/bad/good.md", contenttest.Post{Path: "/learn/art/questions/good"}.Text())
	move(t, filepath.Join(elsewhere, "learn/bad"), filepath.Join(folder, "learn/bad"))
	r.waitFor("learn/bad/0.md:1: no url")
	r.eventually("/learn/art/questions/good", 200, "")
	contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: "What is A now?"})
	r.eventually(watchedA, 200, "What is A now?")
	r.stop()
	lines := 0
	for r.logs.Scan() {
		lines++
	}
	if lines < 99 || lines > 110 {
		t.Errorf("%d more lines of log, want 99 on bad posts, each told once, and few others", lines)
	}
}
