package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"quicktakes/web"
)

// peers measures other servers that send the same header and body as the site does for a hot
// page.
func (b *bench) peers(ctx context.Context, hot traffic) error {
	response, err := b.get(ctx, b.address, hot.next(nil))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	dump, err := httputil.DumpResponse(response, true)
	if err != nil {
		return err
	}
	if err := b.peer(ctx, "bare Echo handler", hot, b.bareEcho(dump)); err != nil {
		return err
	}
	if _, err := exec.LookPath("nginx"); err != nil {
		b.row("nginx gzip_static", "it is not installed", "", "", "", "")
		return nil
	}
	return b.peer(ctx, "nginx gzip_static", hot, b.nginx(dump))
}

// peer measures the server that command returns for an address.
func (b *bench) peer(ctx context.Context, name string, hot traffic, command func(ctx context.Context, address string) (*exec.Cmd, error)) (err error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return err
	}
	server, err := command(ctx, address)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	stop, err := b.start(ctx, server, address, hot.next(nil))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer func() { err = errors.Join(err, stop()) }()
	hot.name, hot.address = name, address
	return b.traffic(ctx, hot)
}

// bareEcho returns a function that prepares benchEcho to send a response.
func (b *bench) bareEcho(dump []byte) func(context.Context, string) (*exec.Cmd, error) {
	return func(ctx context.Context, address string) (*exec.Cmd, error) {
		command := b.command(ctx, "bench-echo", "--addr", address)
		command.Stdin = bytes.NewReader(dump)
		return command, nil
	}
}

// benchEcho answers all requests with the response on stdin.
func (p *program) benchEcho(ctx context.Context) error {
	header, body, err := readResponse(os.Stdin)
	if err != nil {
		return fmt.Errorf("read the response on standard input: %w", err)
	}
	server := &http.Server{Addr: p.config.address, Handler: web.Bare(header, body), ReadHeaderTimeout: headerTime}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return server.Close()
	})
	return group.Wait()
}

// readResponse reads a response, without the headers that every server sets itself.
func readResponse(from io.Reader) (http.Header, []byte, error) {
	response, err := http.ReadResponse(bufio.NewReader(from), nil)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	response.Header.Del("Date")
	response.Header.Del("Connection")
	body, err := io.ReadAll(response.Body)
	return response.Header, body, err
}

// nginxConfig serves one file at every address.
const nginxConfig = `
daemon off;
%[1]s
pid nginx.pid;
error_log stderr;
worker_processes auto;
events { worker_connections 1024; }
http {
	access_log off;
	client_body_temp_path temp;
	proxy_temp_path temp;
	fastcgi_temp_path temp;
	uwsgi_temp_path temp;
	scgi_temp_path temp;
	default_type "text/html; charset=utf-8";
	keepalive_requests 1000000000;
	sendfile on;
	server {
		listen %[2]s;
		root .;
		location / {
			rewrite ^ /page break;
			gzip_static always;
			%[3]s
		}
	}
}
`

// nginx returns a function that prepares nginx to send a response.
func (b *bench) nginx(dump []byte) func(context.Context, string) (*exec.Cmd, error) {
	return func(ctx context.Context, address string) (*exec.Cmd, error) {
		header, body, err := readResponse(bytes.NewReader(dump))
		if err != nil {
			return nil, err
		}
		own := []string{"Content-Type", "Content-Length", "Content-Encoding", "Etag", "Last-Modified"}
		var headers strings.Builder
		for name, values := range header {
			if !slices.Contains(own, name) {
				fmt.Fprintf(&headers, "add_header %s %q;\n", name, values[0])
			}
		}
		user := ""
		if os.Geteuid() == 0 {
			user = "user root;" // no other user may read the folder
		}
		folder := filepath.Join(b.folder, "nginx")
		if err := os.Mkdir(folder, 0o700); err != nil {
			return nil, err
		}
		config := filepath.Join(folder, "nginx.conf")
		err = errors.Join(
			os.WriteFile(filepath.Join(folder, "page.gz"), body, 0o600),
			os.WriteFile(config, fmt.Appendf(nil, nginxConfig, user, address, headers.String()), 0o600),
		)
		return exec.CommandContext(ctx, "nginx", "-p", folder, "-c", config), err
	}
}
