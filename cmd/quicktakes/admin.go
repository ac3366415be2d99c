package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"os"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"quicktakes/db"
)

// profileTime bounds a response to an operator, who may ask for a profile of some minutes.
const profileTime = 5 * time.Minute

// checkAdminAddress refuses an address on which readers would find metrics and profiles.
func (c *config) checkAdminAddress() error {
	if c.adminAddress == "" {
		return nil
	}
	if err := checkHostPort("--admin-addr", c.adminAddress); err != nil {
		return err
	}
	host, port, _ := net.SplitHostPort(c.adminAddress)
	publicHost, publicPort, _ := net.SplitHostPort(c.address) // check has refused others
	isSameHost := host == publicHost || isWildcard(host) || isWildcard(publicHost)
	if port == publicPort && port != "0" && isSameHost {
		return fmt.Errorf("--admin-addr %s is also the public address (--addr): name another", c.adminAddress)
	}
	return nil
}

// isWildcard reports whether a listener on host listens on all addresses.
func isWildcard(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || ip != nil && ip.IsUnspecified()
}

// newRegistry returns the metrics of the program, its library and its searches.
func (p *program) newRegistry(ctx context.Context, store *db.Store, searches *db.Searches) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	release, commit := buildInfo()
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name:        "quicktakes_build_info",
		Help:        "Always 1; the labels say what the program was built from.",
		ConstLabels: prometheus.Labels{"version": release, "commit": commit, "goversion": runtime.Version()},
	})
	build.Set(1)
	registry.MustRegister(
		build,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "quicktakes_searches_total",
			Help: "Searches.",
		}, func() float64 { all, _ := searches.Totals(); return float64(all) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "quicktakes_searches_without_results_total",
			Help: "Searches that found nothing.",
		}, func() float64 { _, failed := searches.Totals(); return float64(failed) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "quicktakes_posts",
			Help: "Posts in the library; 0 before it is loaded.",
		}, func() float64 {
			posts, err := store.Posts(ctx)
			if err != nil && !errors.Is(err, db.ErrNotReady) && ctx.Err() == nil {
				p.log.Error("could not count the posts", "error", err)
			}
			return float64(posts)
		}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "quicktakes_library_changed_timestamp_seconds",
			Help: "When the library last changed, by the clock of the machine that loads; 0 before the first load.",
		}, func() float64 {
			changed := store.Changed()
			if changed.IsZero() {
				return 0
			}
			return float64(changed.UnixMilli()) / 1000
		}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "quicktakes_database_bytes",
			Help: "Size of the database with its write-ahead log.",
		}, func() float64 { return float64(p.databaseSize()) }),
	)
	return registry
}

// databaseSize returns the size of the database with its write-ahead log, in bytes.
func (p *program) databaseSize() (size int64) {
	for _, file := range []string{p.config.database, p.config.database + "-wal"} {
		if info, err := os.Stat(file); err == nil { // a missing file takes no space
			size += info.Size()
		}
	}
	return size
}

// admin serves metrics, profiles and the state of the program to operators, on
// --admin-addr if it is given.
func (p *program) admin(ctx context.Context, handler http.Handler) error {
	if p.config.adminAddress == "" {
		return nil
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", p.config.adminAddress)
	if err != nil {
		return fmt.Errorf("listen on --admin-addr %s: %w", p.config.adminAddress, err)
	}
	server := p.newHTTPServer(p.config.forOperators(handler), nil)
	server.WriteTimeout = profileTime
	p.log.Info("serving metrics and profiles", "address", listener.Addr().String())
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on --admin-addr: %w", err)
	}
	return nil
}

// forOperators refuses requests that a page of another site makes in an operator's browser.
// Such a page could even read the response, if its host name has come to resolve to this
// machine (DNS rebinding).
func (c *config) forOperators(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !c.isAdminHost(r.Host):
			http.Error(w, "This host name is not allowed: use the one in --admin-addr, an IP address or localhost.", http.StatusMisdirectedRequest)
		case r.Header.Get("Sec-Fetch-Site") == "cross-site":
			http.Error(w, "Requests from pages of other sites are refused: open this address directly.", http.StatusForbidden)
		default:
			handler.ServeHTTP(w, r)
		}
	})
}

// isAdminHost reports whether operators may use host, with or without a port: an IP address,
// or a name that nobody else can point at this machine. Where --admin-addr names no host, any
// name is allowed, as a cluster may have its own for this machine.
func (c *config) isAdminHost(host string) bool {
	adminHost, _, _ := net.SplitHostPort(c.adminAddress) // readConfig has refused others
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	isAddress := err == nil
	return isWildcard(adminHost) || isAddress || host == "" || strings.EqualFold(host, "localhost") || strings.EqualFold(host, adminHost)
}

// adminHandler returns the handler of --admin-addr.
func (p *program) adminHandler(registry *prometheus.Registry, loads *loads, started time.Time) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		release, commit := buildInfo()
		library := "none yet"
		if changed := loads.store.Changed(); !changed.IsZero() {
			library = "changed " + changed.Format(time.RFC3339)
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, row := range [][2]string{
			{"program", "quicktakes " + release + ", commit " + commit + ", " + runtime.Version()},
			{"running", "since " + started.UTC().Format(time.RFC3339)},
			{"database", fmt.Sprintf("%s, %d bytes", p.config.database, p.databaseSize())},
			{"ready", strconv.FormatBool(loads.store.Ready())},
			{"library", library},
			{"last load", loads.last()},
			{"metrics", "/metrics"},
			{"profiles", "/debug/pprof/"},
		} {
			fmt.Fprintf(table, "%s\t%s\n", row[0], row[1])
		}
		table.Flush()
	})
	return mux
}
