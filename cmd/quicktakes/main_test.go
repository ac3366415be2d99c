package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
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

// runUntil is runCommand for a program that is stopped when ctx ends.
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
	contenttest.WriteFile(t, folder, "learn/biology/bad.md", "---\nscore: high\nurl: /learn/biology/questions/c\ndate: 2025-01-31\nquestion: Why?\n---\n")
	want("3 posts: 0 added, 1 changed, 0 removed, 2 unchanged, 0 skipped", `msg="left out a field" reason="learn/biology/bad.md:2: score`)
}

func TestCheckCommand(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: "/learn/biology/questions/good", Title: "What is a good question?"})
	code, out, _ := runCommand(t, "check", "--content", folder)
	if code != 0 || out != "1 file: 0 errors, 0 warnings\n" {
		t.Errorf("exit %d, %q, want 0 and nothing wrong", code, out)
	}
	contenttest.WriteFile(t, folder, "learn/biology/bad.md", "hello")
	contenttest.Write(t, folder, contenttest.Post{Path: "/learn/biology/questions/short", Title: "Why?"})
	code, out, _ = runCommand(t, "check", "--content", folder)
	const want = "learn/biology/bad.md:1: error: no front matter: the first line is not ---\n" +
		"learn/biology/short.md:6: warning: title has 4 characters; 15 to 200 read well in a result list\n" +
		"3 files: 1 error, 1 warning\n"
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
		if code != 0 || !strings.Contains(out, "usage: quicktakes") || !strings.Contains(out, "\n  --base-url origin\n") {
			t.Errorf("%v: exit %d, %q", args, code, out)
		}
		if unlike := regexp.MustCompile(`(?m)^  -\w.*| string$`).FindString(out); unlike != "" {
			t.Errorf("%v: %q is unlike other flags", args, unlike)
		}
	}
}

func TestUsageMistakes(t *testing.T) {
	// If a mistake is not refused, the program would serve without end.
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
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
		{[]string{"load", "--replica", "--db", file + ".db"}, "--replica"},
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
		{[]string{"--title-template", "{subject} | {site}"}, "it needs one of {title}, {question}, {article_title}, or many pages would share a title"},
		{[]string{"--title-template", "{title} | {seo_title}"}, "unknown field {seo_title}: want one of {title}, {question}, {article_title}, {seo.title}, {subject}, {site}"},
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
		{[]string{"--content", filepath.Join(file, "nowhere"), "--db", file + ".db"}, "--content"},
		{[]string{"load", "--content", filepath.Join(file, "nowhere")}, "--content"},
		{[]string{"check", "--content", filepath.Join(file, "nowhere")}, "--content"},
		{[]string{"export", "--content", filepath.Join(file, "nowhere"), "--db", file + ".db"}, "--content"},
		{[]string{"--watch"}, "--watch needs --content"},
		{[]string{"--admin-addr", "9090"}, "--admin-addr"},
		{[]string{"--admin-addr", "localhost:8080"}, "--admin-addr"},
		{[]string{"--admin-addr", ":8080"}, "--admin-addr"},
		{[]string{"--addr", "0.0.0.0:80", "--admin-addr", "127.0.0.1:80"}, "--admin-addr"},
		{[]string{"--log-format", "xml"}, "--log-format"},
		{[]string{"--max-connections", "0"}, "--max-connections"},
		{[]string{"--search-rate", "-1"}, "--search-rate"},
		{[]string{"--content", file, "--db", file + ".db"}, "--content"},
		{[]string{"--db", "x.db", "--searches", "x.db"}, "--searches"},
		{[]string{"--db", "x.db", "--searches", "./x.db"}, "--searches"},
	} {
		code, out, log := runUntil(ctx, t, test.args...)
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
		{[]string{"check", "--content", empty}, "--content " + empty + ": the content folder gives no posts: it holds no *.md file"},
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
