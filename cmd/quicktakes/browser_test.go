//go:build browser

package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"quicktakes/content/contenttest"
)

// These tests drive Debian's chromium over the real program: they run only with
// -tags browser, so that go test ./... passes where there is no browser.

// chromium is the browser's program.
const chromium = "/usr/bin/chromium"

// The times after which a test gives up: on a start of the program, on one step in
// the browser, on everything that one browser does.
const (
	startTime = time.Minute
	stepTime  = 20 * time.Second
	visitTime = 2 * time.Minute
)

// The pages that the tests look at. Those about numbers fill the lists: enough for
// a second page of mathematics, where the oldest are.
const (
	numberPosts   = 120
	programPosts  = 115
	mathsSubject  = "/learn/mathematics"
	codeSubject   = "/learn/computer-science"
	formulaPage   = mathsSubject + "/questions/rotation"
	codePage      = codeSubject + "/questions/long-lines"
	formulaTitle  = "How does a $3 \\times 3$ matrix turn a point?"
	formulaAnswer = `### In words\n\nA rotation about the third axis keeps $z$ and turns the others by $\theta$.\n\n### As a matrix\n\n` +
		`$$\begin{pmatrix} x' \\ y' \\ z' \end{pmatrix} = ` +
		`\begin{pmatrix} \cos\theta & -\sin\theta & 0 \\ \sin\theta & \cos\theta & 0 \\ 0 & 0 & 1 \end{pmatrix} ` +
		`\begin{pmatrix} x \\ y \\ z \end{pmatrix}$$\n\n` +
		`### Written out\n\nRow by row, as in [mathematics](/learn/mathematics): $$x' + y' + z' = x\cos\theta - y\sin\theta + x\sin\theta + y\cos\theta + z = ` +
		`(\cos\theta + \sin\theta) x + (\cos\theta - \sin\theta) y + z + 0 + 0 + 0 + 0 + 0 + 0 + 0 + 0$$`
	codeAnswer = "A line of code is as long as it is, and so is `AnIdentifierThatNobodyWouldWriteButSomebodyDid`.\\n\\n" +
		"```go\\nfunc main() { fmt.Println(\"a line that is much wider than any telephone\", \"so that it has to scroll in a box of its own\") }\\n```\\n\\n" +
		`| Column | Another column | A third column | A fourth column |\n| --- | --- | --- | --- |\n` +
		`| Supercalifragilistic | Expialidocious | Antidisestablishmentarianism | Floccinaucinihilipilification |\n` +
		`| $n$ | $2n$ | even | yes |`
)

// library makes a folder of posts in two subjects.
func library(t *testing.T) string {
	var posts []contenttest.Post
	add := func(path, subject, title, answer string, related ...string) {
		post := contenttest.Post{
			Path:    path,
			ID:      len(posts) + 1,
			Date:    time.Date(2024, 1, 1+len(posts), 0, 0, 0, 0, time.UTC).Format(time.DateOnly),
			Title:   title,
			Subject: subject,
			Answer:  answer,
		}
		for i, other := range related {
			post.Fields = append(post.Fields, contenttest.Related(i+1, other))
		}
		posts = append(posts, post)
	}
	add(formulaPage, "Mathematics", formulaTitle, formulaAnswer, squarePath(1), squarePath(2), codePage)
	for n := 1; n <= numberPosts; n++ {
		add(squarePath(n), "Mathematics", squareTitle(n), squareAnswer(n), squarePath(n%numberPosts+1), formulaPage)
	}
	add(codePage, "Computer Science", "How are long lines of code read on a telephone?", codeAnswer, formulaPage)
	for n := 1; n <= programPosts; n++ {
		add(fmt.Sprintf("%s/questions/print-%d", codeSubject, n), "Computer Science", fmt.Sprintf("How does a program print %d?", n),
			fmt.Sprintf("In Go:\\n\\n```go\\nfmt.Println(%d)\\n```", n), codePage)
	}
	return contenttest.Folder(t, posts...)
}

func squarePath(n int) string { return fmt.Sprintf("%s/questions/square-of-%d", mathsSubject, n) }

func squareTitle(n int) string { return fmt.Sprintf("What is the square of the number %d?", n) }

func squareAnswer(n int) string {
	return fmt.Sprintf(`It is **%d times itself**.\n\n$$%d^2 = %d$$`, n, n, n*n)
}

func TestBrowser(t *testing.T) {
	site := startSite(t, library(t))

	for _, script := range []bool{false, true} {
		t.Run(fmt.Sprintf("reads with script %t", script), func(t *testing.T) {
			visit(t, site, func(b *browser) {
				b.allowScript(script)
				readThrough(b)
			})
		})
	}

	t.Run("stretches a matrix's parentheses", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.open(formulaPage)
			if !evaluate[bool](b, `document.fonts.ready.then(() => [...document.fonts].some(
				font => /stix two math/i.test(font.family) && font.status == "loaded"))`) {
				b.t.Error("the math font is not loaded")
			}
			line := evaluate[float64](b, `parseFloat(getComputedStyle(document.querySelector("article p math")).fontSize)`)
			type parenthesis struct{ Height, Table float64 }
			parentheses := evaluate[[]parenthesis](b, `[...document.querySelectorAll("article mtable")].flatMap(
				table => [table.previousElementSibling, table.nextElementSibling].map(parenthesis => ({
					Height: parenthesis.getBoundingClientRect().height,
					Table: table.getBoundingClientRect().height,
				})))`)
			if len(parentheses) != 6 {
				b.t.Errorf("%d parentheses around three rows, want 6", len(parentheses))
			}
			for _, p := range parentheses {
				if p.Height < 2.5*line || p.Height < .9*p.Table {
					b.t.Errorf("a parenthesis is %g px tall, in letters of %g px, around rows of %g px: it is not stretched", p.Height, line, p.Table)
				}
			}
		})
	})

	t.Run("fits on a telephone", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			b.do(chromedp.EmulateViewport(320, 640, chromedp.EmulatePortrait))
			for _, path := range []string{"/", "/learn", mathsSubject, mathsSubject + "?page=2", squarePath(7), formulaPage, codePage} {
				b.open(path)
				width := evaluate[float64](b, `document.documentElement.scrollWidth`)
				moved := evaluate[float64](b, `(scrollTo(1000, 0), scrollX)`)
				if width > 320 || moved != 0 {
					b.t.Errorf("%s is %g px wide and scrolls sideways by %g", path, width, moved)
				}
			}
			b.key("/")
			b.key("square")
			b.wait(`!!document.querySelector("[role=option]")`)
			if width := evaluate[float64](b, `document.documentElement.scrollWidth`); width > 320 {
				b.t.Errorf("with completions, a page is %g px wide", width)
			}
			// The search button is visible while it has the focus.
			b.key("\t")
			b.wait(`document.activeElement.matches("header .search button") && document.activeElement.offsetWidth > 24`)
			if width := evaluate[float64](b, `document.documentElement.scrollWidth`); width > 320 {
				b.t.Errorf("with the button to search, a page is %g px wide", width)
			}
		})
	})

	t.Run("is light or dark as the reader's system", func(t *testing.T) {
		visit(t, site, func(b *browser) {
			for _, path := range []string{"/", mathsSubject, formulaPage, codePage} {
				for _, test := range []struct {
					scheme      string
					least, most float64
				}{{"light", .9, 1}, {"dark", 0, .2}} {
					b.prefer(test.scheme)
					b.open(path)
					if got := b.background(); got < test.least || got > test.most {
						b.t.Errorf("%s has a background of brightness %.2f in the %s scheme", path, got, test.scheme)
					}
				}
			}
		})
	})

	t.Run("notices what goes wrong", func(t *testing.T) {
		broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Security-Policy", "style-src 'none'")
			w.Header().Set("Set-Cookie", "reader=1")
			fmt.Fprint(w, `<!DOCTYPE html><title>Broken</title><p style="color: red">Text<img src="/missing.png"><img src="//other.invalid/x.png">
				<script>console.error("said so"); undefined.thrown</script>`)
		}))
		defer broken.Close()
		b := launch(t, broken.URL)
		b.open("/")
		problems := strings.Join(b.close(), "\n")
		for _, want := range []string{"console error: said so", "exception:", "404", "policy", "style-src", "a cookie is set", "request to another site"} {
			if !strings.Contains(problems, want) {
				t.Errorf("no problem tells of %q:\n%s", want, problems)
			}
		}
	})
}

// readThrough goes from the home page to a related question, by its links alone,
// and reads what is there.
func readThrough(b *browser) {
	const asked, next = 5, 6 // among the oldest, on page 2

	b.open("/")
	b.wantAddress("/")
	if b.text("h1") == "" {
		b.t.Error("the home page has no heading")
	}

	b.click(`main a[href="` + mathsSubject + `"]`)
	b.wantAddress(mathsSubject)
	b.wantText("h1", "Mathematics")
	b.wantCount(`main a[href^="`+mathsSubject+`/questions/"]`, 100)

	b.click(`main a[href="` + mathsSubject + `?page=2"]`)
	b.wantAddress(mathsSubject + "?page=2")
	b.wantText("h1", "Mathematics")
	b.wantCount(`main a[href^="`+mathsSubject+`/questions/"]`, numberPosts+1-100)

	b.click(`main a[href="` + squarePath(asked) + `"]`)
	b.wantAddress(squarePath(asked))
	b.wantText("h1", squareTitle(asked))
	b.wantText("article", "Posted on Jan 06, 2024")
	b.wantText("article", "It is 5 times itself.")
	b.wantCount("article math", 1)
	b.wantCount("#related a", 5)

	b.click("#related a")
	b.wantAddress(squarePath(next))
	b.wantText("h1", squareTitle(next))
	b.wantText("article", "It is 6 times itself.")

	b.click(`#related a[href="` + formulaPage + `"]`)
	b.wantAddress(formulaPage)
	b.wantText("article", "keeps")
	b.click(`#related a[href="` + codePage + `"]`)
	b.wantAddress(codePage)
	b.wantText("article pre", `fmt.Println("a line`)
}

// startSite builds the program, starts it over a content folder, waits until all
// posts are loaded and returns its origin. At the end of the test the program must
// stop when asked to, without having logged anything wrong.
func startSite(t *testing.T, folder string) (origin string) {
	t.Helper()
	directory := t.TempDir()
	binary := filepath.Join(directory, "quicktakes")
	if output, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	program := exec.Command(binary, "serve", "--content", folder, "--db", filepath.Join(directory, "library.db"), "--addr", "127.0.0.1:0")
	dieWithTests(program)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "QUICKTAKES_") {
			program.Env = append(program.Env, variable)
		}
	}
	stderr, err := program.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	var complaints []string
	address, loaded, ended := make(chan string, 1), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		serving := regexp.MustCompile(`msg=serving address=(\S+)`)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			line := lines.Text()
			if match := serving.FindStringSubmatch(line); match != nil {
				address <- match[1]
			} else if strings.Contains(line, "msg=loaded") {
				close(loaded)
			} else if !strings.Contains(line, "level=INFO") {
				complaints = append(complaints, line)
			}
		}
	}()
	t.Cleanup(func() {
		if err := program.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		late := time.AfterFunc(startTime, func() { _ = program.Process.Kill() })
		defer late.Stop()
		<-ended
		if err := program.Wait(); err != nil {
			t.Errorf("the program stopped with: %v", err)
		}
		for _, line := range complaints {
			t.Errorf("the program said: %s", line)
		}
	})
	patience := time.After(startTime)
	for origin == "" || loaded != nil {
		select {
		case host := <-address:
			origin = "http://" + host
		case <-loaded:
			loaded = nil
		case <-ended:
			t.Fatal("the program ended before it served")
		case <-patience:
			t.Fatal("the program does not serve")
		}
	}
	return origin
}
