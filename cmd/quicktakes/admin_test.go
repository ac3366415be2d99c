package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"quicktakes/content/contenttest"
)

// operators returns what the program serves on --admin-addr.
func (r *running) operators() *running {
	r.t.Helper()
	line := r.waitFor("metrics and profiles")
	return &running{t: r.t, base: "http://" + line[strings.LastIndex(line, "address=")+len("address="):]}
}

func TestAdmin(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	r := serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--admin-addr", "127.0.0.1:0")
	operators := r.operators()
	operators.eventually("/metrics", 200, "quicktakes_posts 1")
	for range 2 {
		r.get(watchedA)
	}
	r.get("/nowhere")
	r.get("/search?q=a")
	r.get("/search?q=xylophone")
	// A response is counted only once it has been sent.
	operators.eventually("/metrics", 200, `quicktakes_request_duration_seconds_count{route="/search"} 2`)

	_, text := operators.get("/metrics")
	for _, want := range []string{
		`quicktakes_requests_total\{route="/learn/:subject/questions/:question",status="200"\} 2`,
		`quicktakes_requests_total\{route="/\*",status="404"\} 1`,
		`quicktakes_cache_requests_total\{result="hit"\} 1`,
		`quicktakes_cache_requests_total\{result="miss"\} 1`,
		`quicktakes_cache_bytes [1-9]`,
		`quicktakes_cache_pages 1`,
		`quicktakes_loads_total\{result="done"\} 1`,
		`quicktakes_loads_total\{result="failed"\} 0`,
		`quicktakes_load_failed 0`,
		`quicktakes_load_duration_seconds 0\.`,
		`quicktakes_skipped_files 0`,
		`quicktakes_searches_total 2`,
		`quicktakes_searches_without_results_total 1`,
		`quicktakes_library_changed_timestamp_seconds [1-9]`,
		`quicktakes_database_bytes [1-9]`,
		`quicktakes_build_info\{.*\} 1`,
		`go_goroutines [1-9]`,
		`process_resident_memory_bytes [1-9]`,
	} {
		if !regexp.MustCompile(`(?m)^` + want).MatchString(text) {
			t.Errorf("metrics lack %s", want)
		}
	}
	for _, name := range []string{"alerts.yml", "grafana-dashboard.json"} {
		data, err := os.ReadFile(filepath.Join("../../docs", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, metric := range regexp.MustCompile(`\b(quicktakes|process|go)_\w+`).FindAllString(string(data), -1) {
			if !strings.Contains(text, "# TYPE "+strings.TrimSuffix(metric, "_bucket")+" ") {
				t.Errorf("%s asks for %s, which is no metric", name, metric)
			}
		}
		for _, selected := range regexp.MustCompile(`(\w+)\{([^}]*)\}`).FindAllStringSubmatch(string(data), -1) {
			for _, label := range regexp.MustCompile(`(\w+)[=!][=~]?\\?"`).FindAllStringSubmatch(selected[2], -1) {
				isOfScraping := label[1] == "instance" || label[1] == "job"
				if !isOfScraping && !regexp.MustCompile(`(?m)^`+selected[1]+`\{(.*,)?`+label[1]+`=`).MatchString(text) {
					t.Errorf("%s asks for the label %s of %s, which has none", name, label[1], selected[1])
				}
			}
		}
	}
	operators.eventually("/", 200, "1 posts: 1 added")
	operators.eventually("/debug/pprof/goroutine?debug=1", 200, "goroutine profile")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, operators.base+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "evil.example"
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("asked for another host: %s", response.Status)
	}
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		if status, _ := r.get(path); status != http.StatusNotFound {
			t.Errorf("%s on the public listener: %d", path, status)
		}
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
}

// A page of another site gets nothing through an operator's browser, not even under a name that
// resolves to this machine; monitoring is not affected.
func TestAdminIsForOperators(t *testing.T) {
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	for _, test := range []struct {
		address, host, site string
		want                int
	}{
		{"127.0.0.1:9090", "127.0.0.1:9090", "", 200},
		{"127.0.0.1:9090", "localhost:9090", "none", 200},
		{"127.0.0.1:9090", "LOCALHOST", "same-origin", 200},
		{"127.0.0.1:9090", "[::1]:9090", "", 200},
		{"127.0.0.1:9090", "[::1]", "", 200},
		{"127.0.0.1:9090", "", "", 200}, // HTTP/1.0, as some health checks speak it
		{"127.0.0.1:9090", "evil.example:9090", "", 421},
		{"127.0.0.1:9090", "localhost.evil.example", "", 421},
		{"127.0.0.1:9090", "127.0.0.1.evil.example:9090", "same-origin", 421},
		{"127.0.0.1:9090", "localhost:9090", "cross-site", 403},
		{"admin.example.org:9090", "admin.example.org:9090", "", 200},
		{"admin.example.org:9090", "10.0.0.7:9090", "", 200},
		{"admin.example.org:9090", "example.org:9090", "", 421},
		{":9090", "quicktakes-admin:9090", "", 200},
		{"0.0.0.0:9090", "quicktakes-admin.default.svc:9090", "", 200},
		{":9090", "quicktakes-admin:9090", "cross-site", 403},
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
		request.Host = test.host
		if test.site != "" {
			request.Header.Set("Sec-Fetch-Site", test.site)
		}
		recorder := httptest.NewRecorder()
		(&config{adminAddress: test.address}).forOperators(handler).ServeHTTP(recorder, request)
		if recorder.Code != test.want {
			t.Errorf("--admin-addr %s, asked for %q by %q: %d, want %d", test.address, test.host, test.site, recorder.Code, test.want)
		}
	}
}

func TestAdminAddressThatIsTaken(t *testing.T) {
	r := serve(t, "--db", filepath.Join(t.TempDir(), "library.db"))
	taken := strings.TrimPrefix(r.base, "http://")
	code, _, log := runCommand(t, "serve", "--addr", "127.0.0.1:0", "--admin-addr", taken, "--db", filepath.Join(t.TempDir(), "x.db"))
	if code != 1 || !strings.Contains(log, "--admin-addr "+taken) {
		t.Errorf("exit %d: %s", code, log)
	}
	r.end()
}

// Operators see that a load failed until one succeeds.
func TestMetricOfAFailedLoad(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	database := filepath.Join(t.TempDir(), "library.db")
	if code, _, log := runCommand(t, "load", "--content", folder, "--db", database); code != 0 {
		t.Fatal(log)
	}
	posts := t.TempDir()
	r := serve(t, "--content", posts, "--db", database, "--admin-addr", "127.0.0.1:0")
	operators := r.operators()
	operators.eventually("/metrics", 200, "\nquicktakes_load_failed 1\n")
	contenttest.Write(t, posts, contenttest.Post{Path: watchedB})
	hangUp(t)
	operators.eventually("/metrics", 200, "\nquicktakes_load_failed 0\n")
	r.end()
}

func TestLogLinesAsJSON(t *testing.T) {
	folder := contenttest.Folder(t, contenttest.Post{Path: watchedA})
	contenttest.WriteFile(t, folder, "bad.md", "hello")
	code, _, log := runCommand(t, "load", "--content", folder, "--db", filepath.Join(t.TempDir(), "x.db"), "--log-format", "json")
	var line struct{ Level, Msg, Reason string }
	if err := json.Unmarshal([]byte(log), &line); err != nil || code != 0 || line.Level != "WARN" || !strings.HasPrefix(line.Reason, "bad.md:1: ") {
		t.Errorf("exit %d, %v: %s", code, err, log)
	}
}
