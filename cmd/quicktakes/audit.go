package main

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/sync/errgroup"

	"quicktakes/content"
)

// The limits of an audit.
const (
	auditRequests = 8 // at a time
	auditTimeout  = 30 * time.Second
	maxAuditBody  = 50 << 20 // in bytes; the protocol allows sitemaps of this size
)

// audit crawls a site from its sitemap, as a search engine would, and reports what would hurt
// its search ranking.
type audit struct {
	site     string // origin that requests go to
	origin   string // origin in its own links and sitemaps
	client   *http.Client
	out      io.Writer
	progress *progress
	robots   *robotstxt.Group // the rules of robots.txt

	mutex        sync.Mutex
	pages        []string // paths and queries, from the sitemaps
	done         int
	errors       int
	warnings     int
	seed         maphash.Seed
	titles       map[uint64]string  // by hash, the first page that has it
	descriptions map[uint64]string  // by hash, the first page that has it
	links        map[string]*linked // by path and query
}

// linked is an address that pages link to.
type linked struct {
	page  string // the first one that links to it
	pages int    // how many link to it
}

// audit audits the site that the command line names, or else the one on --addr. It returns
// an error if it finds errors.
func (p *program) audit(ctx context.Context) error {
	start := time.Now()
	transport := &http.Transport{MaxIdleConnsPerHost: auditRequests, Proxy: http.ProxyFromEnvironment}
	site := p.config.scheme() + publicAddress(p.config.address, nil)
	if p.site == "" {
		transport.TLSClientConfig = p.config.ownTLS()
	} else {
		var err error
		if site, err = parseOrigin(p.site); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
	}
	defer transport.CloseIdleConnections()
	a := &audit{
		site:   site,
		origin: site,
		client: &http.Client{
			Transport:     transport,
			Timeout:       auditTimeout,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		out:          p.stdout,
		progress:     newProgress(p.stderr, p.log, "audit"),
		seed:         maphash.MakeSeed(),
		titles:       map[uint64]string{},
		descriptions: map[uint64]string{},
		links:        map[string]*linked{},
	}
	if p.config.baseURL != "" {
		a.origin = p.config.baseURL
	}
	err := a.walk(ctx)
	a.progress.end()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s: %s, %s (%.1fs)\n",
		count(len(a.pages), "page"), count(a.errors, "error"), count(a.warnings, "warning"), time.Since(start).Seconds())
	if a.errors > 0 {
		err = errors.Join(err, fmt.Errorf("%s in the pages of %s", count(a.errors, "error"), site))
	}
	return err
}

// walk reads the sitemaps, then the pages in them, then requests what else these link to, as
// far as robots.txt allows.
func (a *audit) walk(ctx context.Context) error {
	if err := a.readSitemaps(ctx); err != nil {
		return err
	}
	if err := a.each(ctx, a.pages, a.auditPage); err != nil {
		return err
	}
	for _, page := range a.pages {
		delete(a.links, page)
	}
	maps.DeleteFunc(a.links, func(address string, _ *linked) bool { return !a.robots.Test(address) })
	return a.each(ctx, slices.Sorted(maps.Keys(a.links)), a.auditLink)
}

// each calls visit for each address, several at a time, until ctx ends.
func (a *audit) each(ctx context.Context, addresses []string, visit func(ctx context.Context, address string)) error {
	var group errgroup.Group
	group.SetLimit(auditRequests)
	for _, address := range addresses {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			visit(ctx, address)
			a.mutex.Lock()
			defer a.mutex.Unlock()
			a.done++
			a.progress.set(a.done, len(a.pages)+len(a.links))
			return nil
		})
	}
	_ = group.Wait() // visits return no errors
	return ctx.Err()
}

// report writes a finding about a page.
func (a *audit) report(page string, level content.Level, format string, args ...any) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if level == content.LevelError {
		a.errors++
	} else {
		a.warnings++
	}
	fmt.Fprintf(a.out, "%s%s: %s: %s\n", a.site, page, level, fmt.Sprintf(format, args...))
}

// reply is a response of the site.
type reply struct {
	status   int
	header   http.Header
	body     []byte
	duration time.Duration // until the whole body was read
}

// ask requests an address of the site.
func (a *audit) ask(ctx context.Context, method, address string) (*reply, error) {
	start := time.Now()
	request, err := http.NewRequestWithContext(ctx, method, a.site+address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "quicktakes-audit")
	response, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAuditBody+1))
	if err == nil && len(body) > maxAuditBody {
		err = fmt.Errorf("%s is longer than %d bytes", address, maxAuditBody)
	}
	return &reply{response.StatusCode, response.Header, body, time.Since(start)}, err
}

// own returns the path and query of an address found on the page at base, and false if the
// address is on another site.
func (a *audit) own(base, address string) (string, bool) {
	page, err := url.Parse(a.origin + base)
	if err != nil {
		return "", false
	}
	target, err := page.Parse(strings.TrimSpace(address))
	if err != nil || target.Scheme+"://"+target.Host != a.origin {
		return "", false
	}
	return target.RequestURI(), true
}

// auditLink requests an address that is in no sitemap.
func (a *audit) auditLink(ctx context.Context, address string) {
	link := a.links[address]
	others := ""
	if link.pages > 1 {
		others = " (also on " + count(link.pages-1, "other page") + ")"
	}
	reply, err := a.ask(ctx, http.MethodHead, address)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		a.report(link.page, content.LevelError, "links to %s%s: %v", address, others, err)
	case reply.status >= http.StatusBadRequest:
		a.report(link.page, content.LevelError, "links to %s%s, which answers %d", address, others, reply.status)
	case reply.status >= http.StatusMultipleChoices:
		a.report(link.page, content.LevelWarning, "links to %s%s, which redirects to %s", address, others, reply.header.Get("Location"))
	}
}
