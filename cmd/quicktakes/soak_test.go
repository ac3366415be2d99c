package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// value returns what a metric of the program says now.
func (r *running) value(metric string) float64 {
	r.t.Helper()
	_, text := r.get("/metrics")
	found := regexp.MustCompile(`(?m)^` + metric + ` (\S+)$`).FindStringSubmatch(text)
	if found == nil {
		r.t.Fatalf("there is no metric %s", metric)
	}
	value, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		r.t.Fatal(err)
	}
	return value
}

// However often pages are asked for and posts change, nothing is left behind: a server
// runs for years.
func TestNothingPilesUp(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA}, contenttest.Post{Path: watchedB})
	r := serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--watch", "--admin-addr", "127.0.0.1:0")
	operators := r.operators()
	operators.eventually("/metrics", 200, "quicktakes_posts 2")
	round := func(number int) {
		title := fmt.Sprintf("What is A in round %d?", number)
		contenttest.Write(t, folder, contenttest.Post{Path: watchedA, Title: title})
		r.eventually(watchedA, 200, title)
		for range 5 {
			for _, path := range []string{"/", "/learn/biology", watchedA, watchedB + ".md", "/search?q=what", "/search/suggest?q=w", "/nowhere", "/sitemap.xml", "/feed.xml", "/learn/biology/anki.txt"} {
				r.get(path)
			}
		}
	}
	left := func() (goroutines, files float64) {
		http.DefaultClient.CloseIdleConnections()
		return operators.value("go_goroutines"), operators.value("process_open_fds")
	}
	round(0)
	goroutines, files := left()
	const rounds = 10
	for i := range rounds {
		round(i + 1)
	}
	for deadline := time.Now().Add(time.Minute); ; {
		nowGoroutines, nowFiles := left()
		if nowGoroutines < goroutines+rounds && nowFiles < files+rounds {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%v goroutines and %v files after %d rounds, %v and %v after one", nowGoroutines, nowFiles, rounds, goroutines, files)
		}
	}
	r.end()
}
