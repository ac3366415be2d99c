package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"quicktakes/db"
	"quicktakes/views"
	"quicktakes/web"
)

// The times after which the server gives up on a client.
const (
	headerTime   = 5 * time.Second
	readTime     = 10 * time.Second
	writeTime    = 30 * time.Second
	idleTime     = 2 * time.Minute
	shutdownTime = 20 * time.Second
)

// maxHeader bounds the header of a request, in bytes.
const maxHeader = 32 << 10

// serve answers from the last good database at once, brings it up to date in the
// background, and stops when ctx ends, once requests in progress are answered.
func (p *program) serve(ctx context.Context) (err error) {
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if !p.config.replica && !store.Ready() {
		if err := p.config.checkContent(); err != nil {
			return err
		}
	}
	searches := p.openSearches(ctx)
	defer func() { err = errors.Join(err, searches.Write(context.WithoutCancel(ctx)), searches.Close()) }()
	listener, plainListener, err := p.listen(ctx)
	if err != nil {
		return err
	}
	build, err := programHash()
	if err != nil {
		return err
	}
	baseURL := p.config.origin(listener.Addr())
	started := time.Now()
	registry := p.newRegistry(ctx, store, searches)
	settings, plain, err := p.secure(baseURL)
	if err != nil {
		return err
	}
	siteConfig := p.siteConfig(store, baseURL)
	siteConfig.Searches, siteConfig.Metrics = searches, registry
	siteConfig.Started, siteConfig.Build = started, build
	site := p.newHTTPServer(web.NewServer(siteConfig), settings)
	loads := p.newLoads(store, registry)
	p.log.Info("serving", "address", listener.Addr().String(), "url", baseURL, "database", p.config.database, "ready", store.Ready())
	tuneForServing(p.config.cacheSize)
	group, ctx := errgroup.WithContext(ctx)
	p.serveUntil(ctx, group, site, listener)
	if plainListener != nil {
		p.log.Info("sending plain HTTP to HTTPS", "address", plainListener.Addr().String())
		p.serveUntil(ctx, group, p.newHTTPServer(plain, nil), plainListener)
	}
	group.Go(func() error { return p.admin(ctx, p.adminHandler(registry, loads, started)) })
	refresh := store.Refresh
	if p.config.replica {
		refresh = p.refreshReplica(store)
		group.Go(func() error { return loads.follow(ctx) })
	} else {
		group.Go(func() error { return loads.run(ctx) })
		group.Go(func() error { loads.watch(ctx); return nil })
		group.Go(func() error { return p.every(ctx, refreshInterval, announceFailed, p.announceChanges(store, time.Now)) })
	}
	group.Go(func() error { return p.every(ctx, refreshInterval, "refresh failed", refresh) })
	group.Go(func() error { return p.every(ctx, searchInterval, "searches could not be written yet", searches.Write) })
	return group.Wait()
}

// siteConfig returns the settings of the site whose library is in store and whose origin is
// baseURL.
func (p *program) siteConfig(store *db.Store, baseURL string) web.Config {
	return web.Config{
		Store:               store,
		Site:                views.Site{Name: p.config.siteName, BaseURL: baseURL, TitleTemplate: p.config.titleTemplate, ReportTo: p.config.reportTo},
		Host:                p.config.host,
		CacheTags:           p.config.purgeURL != "",
		TrustedProxies:      p.config.trustedProxies,
		CanonicalDuplicates: p.config.canonicalDuplicates,
		Log:                 p.log,
		AccessLog:           p.config.accessLog,
		CacheSize:           p.config.cacheSize,
		IndexNowKey:         p.config.indexNowKey,
		SearchRate:          p.config.searchRate,
	}
}

// open opens the database, as a replica with --replica.
func (p *program) open(ctx context.Context) (*db.Store, error) {
	if p.config.replica {
		return db.OpenReplica(ctx, p.config.database)
	}
	return db.Open(ctx, p.config.database)
}

// newHTTPServer returns a server that limits what its clients may use, with HTTPS unless
// settings is nil. Without HTTPS it speaks HTTP/2 too, because some proxies do.
func (p *program) newHTTPServer(handler http.Handler, settings *tls.Config) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(settings != nil)
	protocols.SetUnencryptedHTTP2(settings == nil)
	return &http.Server{
		Handler:           handler,
		TLSConfig:         settings,
		Protocols:         protocols,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(withoutHandshakes{p.log.Handler()}, slog.LevelWarn),
	}
}

// serveUntil serves on listener, in goroutines of group, until ctx ends.
func (p *program) serveUntil(ctx context.Context, group *errgroup.Group, server *http.Server, listener *queueListener) {
	connections := newConnections(server, p.config.maxConnections)
	drain := newDrain(server, connections)
	group.Go(func() error {
		serve := server.Serve
		if server.TLSConfig != nil {
			serve = func(listener net.Listener) error { return server.ServeTLS(listener, "", "") }
		}
		err := serve(boundedListener{listener, connections})
		close(drain.served)
		if !errors.Is(err, net.ErrClosed) && !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		p.log.Info("stopping", "address", listener.Addr().String())
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
		defer cancel()
		err := drain.stop(stopping, listener)
		if errors.Is(err, context.DeadlineExceeded) {
			p.log.Warn("closed connections whose requests took too long")
			return server.Close()
		}
		return err
	})
}

// refreshInterval is the longest time until readers see what another process loaded into
// the database.
const refreshInterval = time.Second

// every calls do at intervals until ctx ends. Of several failures in a row it logs only the
// first, with failure as the message.
func (p *program) every(ctx context.Context, interval time.Duration, failure string, do func(context.Context) error) error {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		err := do(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			p.log.Error(failure, "error", err)
		}
		failing = err != nil
	}
}

// programHash returns a hash of the program's own file: another build may render the same
// post differently.
func programHash() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the program's own file: %w", err)
	}
	file, err := os.Open(name)
	if err != nil {
		return "", fmt.Errorf("read the program's own file: %w", err)
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", fmt.Errorf("read the program's own file: %w", err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// publicAddress returns the host and port at which programs on this machine reach the
// server: those of --addr, but localhost in place of a wildcard address and, if listening is
// not nil, its port: --addr may have port 0, and a socket from systemd any other.
func publicAddress(address string, listening net.Addr) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address // readConfig has refused such addresses
	}
	if isWildcard(host) {
		host = "localhost"
	}
	if tcp, ok := listening.(*net.TCPAddr); ok {
		port = strconv.Itoa(tcp.Port)
	}
	return net.JoinHostPort(host, port)
}
