package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/net/http/httpguts"
)

// isTLS reports whether the site is served over HTTPS.
func (c *config) isTLS() bool { return c.tlsCertificate != "" || len(c.tlsDomains) > 0 }

// hostName returns the host of the base URL without its port, "" if there is no base URL.
func (c *config) hostName() string {
	base, err := url.Parse(c.baseURL)
	if err != nil {
		return "" // check has refused such addresses
	}
	return base.Hostname()
}

// checkTLS refuses HTTPS settings that make no sense, and sets those that follow from others.
func (c *config) checkTLS() error {
	if (c.tlsCertificate == "") != (c.tlsKey == "") {
		return errors.New("--tls-cert and --tls-key belong together")
	}
	if c.tlsCertificate != "" && len(c.tlsDomains) > 0 {
		return errors.New("--tls-domains fetches certificates and --tls-cert names one: use one or the other")
	}
	for i, domain := range c.tlsDomains {
		name, err := domainNames.ToASCII(domain)
		if err != nil || !httpguts.ValidHostHeader(name) || !strings.Contains(name, ".") || strings.ContainsAny(name, "*:/") {
			return fmt.Errorf("--tls-domains: %q is not a domain such as example.org", domain)
		}
		c.tlsDomains[i] = name
	}
	if !c.isTLS() {
		if c.plainAddress != "" {
			return errors.New("--http-addr is for plain HTTP beside HTTPS: it needs --tls-domains or --tls-cert")
		}
		return nil
	}
	if c.plainAddress != "" {
		if err := checkHostPort("--http-addr", c.plainAddress); err != nil {
			return err
		}
	}
	if c.baseURL == "" && len(c.tlsDomains) > 0 {
		c.baseURL, c.host = "https://"+c.tlsDomains[0], c.tlsDomains[0]
	}
	if c.baseURL != "" && !strings.HasPrefix(c.baseURL, "https://") {
		return fmt.Errorf("--base-url %s must begin with https://, as the site is served over HTTPS", c.baseURL)
	}
	if c.tlsCache == "" && len(c.tlsDomains) > 0 {
		cache, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("--tls-cache: the user's cache folder is not known, name a folder: %w", err)
		}
		c.tlsCache = filepath.Join(cache, "quicktakes", "certificates")
	}
	return nil
}

// secure returns the TLS settings of the site, nil without HTTPS, and the handler of plain
// HTTP beside it, which answers the challenges of Let's Encrypt and redirects everybody else
// to baseURL.
func (p *program) secure(baseURL string) (*tls.Config, http.Handler, error) {
	home := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, baseURL+"/"+strings.TrimPrefix(r.URL.RequestURI(), "/"), http.StatusPermanentRedirect) //nolint:gosec // always below baseURL
	})
	if len(p.config.tlsDomains) > 0 {
		manager := &autocert.Manager{
			Prompt:     autocert.AcceptTOS,
			HostPolicy: autocert.HostWhitelist(p.config.tlsDomains...),
			Cache:      autocert.DirCache(p.config.tlsCache),
		}
		settings := manager.TLSConfig()
		var missing sync.Map // domains whose missing certificate was logged
		settings.GetCertificate = func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			certificate, err := manager.GetCertificate(hello)
			domain := hello.ServerName
			switch {
			case !slices.Contains(p.config.tlsDomains, domain), slices.Contains(hello.SupportedProtos, acme.ALPNProto):
			case err == nil:
				missing.Delete(domain)
			default:
				if _, isKnown := missing.LoadOrStore(domain, true); !isKnown {
					p.log.Error("could not get a certificate", "domain", domain, "error", err)
				}
			}
			return certificate, err
		}
		settings.MinVersion = tls.VersionTLS12
		return settings, manager.HTTPHandler(home), nil
	}
	if p.config.tlsCertificate == "" {
		return nil, nil, nil
	}
	files := &certificateFiles{certificate: p.config.tlsCertificate, key: p.config.tlsKey, log: p.log}
	if err := files.read(); err != nil {
		return nil, nil, err
	}
	return &tls.Config{GetCertificate: files.current, MinVersion: tls.VersionTLS12}, home, nil
}

// withoutHandshakes drops what an HTTP server logs about failed handshakes: they come from
// programs that scan the whole internet.
type withoutHandshakes struct{ slog.Handler }

// Handle implements slog.Handler.
func (h withoutHandshakes) Handle(ctx context.Context, record slog.Record) error {
	if strings.HasPrefix(record.Message, "http: TLS handshake error") {
		return nil
	}
	return h.Handler.Handle(ctx, record)
}

// certificateFiles is a certificate in files that another program renews.
type certificateFiles struct {
	certificate, key string
	log              *slog.Logger

	mutex    sync.Mutex
	modified [2]time.Time // of the files when last was read
	last     *tls.Certificate
	problem  string // logged last; empty when there is none
}

// current returns the certificate, read again if the files have changed. While they cannot
// be read, it is the last good one.
func (f *certificateFiles) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	problem := ""
	if err := f.read(); err != nil {
		problem = err.Error()
	}
	if problem != "" && problem != f.problem {
		f.log.Error("cannot read the certificate; the last good certificate stays", "error", problem)
	}
	f.problem = problem
	return f.last, nil
}

func (f *certificateFiles) read() error {
	var modified [2]time.Time // zero for a missing file
	for i, name := range []string{f.certificate, f.key} {
		if info, err := os.Stat(name); err == nil {
			modified[i] = info.ModTime()
		}
	}
	if f.last != nil && modified == f.modified {
		return nil
	}
	certificate, err := tls.LoadX509KeyPair(f.certificate, f.key)
	if err != nil {
		return fmt.Errorf("read certificate %s with key %s: %w", f.certificate, f.key, err)
	}
	f.last, f.modified = &certificate, modified
	return nil
}
