package db_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"quicktakes/content/contenttest"
	"quicktakes/db"
)

// With these variables set, the test program is a load that kills itself after a number of
// files.
const (
	killFolder   = "DB_TEST_KILL_FOLDER"
	killDatabase = "DB_TEST_KILL_DATABASE"
	killAfter    = "DB_TEST_KILL_AFTER"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(killFolder); folder != "" {
		fmt.Fprintln(os.Stderr, "the load was not killed:", loadAndDie(folder))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func loadAndDie(folder string) error {
	after, err := strconv.Atoi(os.Getenv(killAfter))
	if err != nil {
		return err
	}
	store, err := db.Open(context.Background(), os.Getenv(killDatabase))
	if err != nil {
		return err
	}
	_, err = store.Load(context.Background(), os.DirFS(folder), db.LoadOptions{
		Now: time.Now,
		Progress: func(done, _ int) {
			if done >= after {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {} // until the signal arrives
			}
		},
	})
	return err
}

// killedLoad runs a load of l that is killed after a number of files.
func (l *library) killedLoad(after int) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[0])
	command.Env = append(os.Environ(), killFolder+"="+l.folder, killDatabase+"="+l.file, killAfter+"="+strconv.Itoa(after))
	output, err := command.CombinedOutput()
	if ctx.Err() != nil || command.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		l.t.Fatalf("the load ended without being killed: %v\n%s", err, output)
	}
}

func manyPosts(n int, title string) []contenttest.Post {
	var posts []contenttest.Post
	for i := range n {
		posts = append(posts, contenttest.Post{Path: fmt.Sprintf("/learn/biology/questions/q%03d", i), ID: i, Title: fmt.Sprintf("%s %d?", title, i)})
	}
	return posts
}

func TestKilledLoadLeavesTheLastLibrary(t *testing.T) {
	const n = 50
	l := newLibrary(t, manyPosts(n, "Old")...)
	l.load()
	l.write(manyPosts(n, "New")...)
	for _, after := range []int{1, n / 2, n} {
		l.close()
		l.killedLoad(after)
		l.store = nil
		l.open()
		for i := range n {
			l.wantTitle(fmt.Sprintf("/learn/biology/questions/q%03d", i), fmt.Sprintf("Old %d?", i))
		}
	}
	l.wantResult(l.load(), db.LoadResult{Posts: n, Changed: n})
	l.wantTitle("/learn/biology/questions/q007", "New 7?")
}

func TestKilledFirstLoadLeavesNothingInTheWay(t *testing.T) {
	const n = 50
	l := newLibrary(t, manyPosts(n, "New")...)
	for _, after := range []int{1, n / 2, n} {
		l.killedLoad(after)
		l.open()
		if l.store.Ready() {
			t.Fatalf("a load killed after %d of %d files left a library", after, n)
		}
	}
	l.wantResult(l.load(), db.LoadResult{Posts: n, Added: n})
	l.wantTitle("/learn/biology/questions/q007", "New 7?")
}
