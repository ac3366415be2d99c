package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"time"

	"quicktakes/db"
)

// defaultIndexNow is the address that passes announcements on to all participating search
// engines.
const defaultIndexNow = "https://api.indexnow.org/indexnow"

// The bounds of an announcement.
const (
	maxAnnounced = 10_000 // addresses in a request
	announceTime = 2 * time.Minute
	// announceRest is the shortest time until a failed announcement is tried again, if
	// nothing else has changed.
	announceRest = 10 * time.Minute
)

// announceFailed is logged when an announcement fails.
const announceFailed = "changes could not be announced yet"

// announcement is the body of a request (https://www.indexnow.org/documentation).
type announcement struct {
	Host      string   `json:"host"`
	Key       string   `json:"key"`
	Addresses []string `json:"urlList"`
}

// indexNowKey is the form of a key (https://www.indexnow.org/documentation).
var indexNowKey = regexp.MustCompile(`^[a-zA-Z0-9-]{8,128}$`)

// checkIndexNow refuses settings with which no search engine would accept announcements.
func (c *config) checkIndexNow() error {
	if c.indexNowKey == "" {
		return nil
	}
	if !indexNowKey.MatchString(c.indexNowKey) {
		return fmt.Errorf("--indexnow-key %q is not 8 to 128 letters, digits and hyphens", c.indexNowKey)
	}
	if !isHTTPAddress(c.indexNowEndpoint) {
		return fmt.Errorf("--indexnow-endpoint %q is not an address such as %s", c.indexNowEndpoint, defaultIndexNow)
	}
	base, err := url.Parse(c.baseURL)
	if err != nil || c.baseURL == "" {
		return errors.New("--indexnow-key needs --base-url, the origin of the addresses to announce")
	}
	isLocal := base.Hostname() == "localhost" || net.ParseIP(base.Hostname()).IsLoopback()
	if isLocal && c.indexNowEndpoint == defaultIndexNow {
		return fmt.Errorf("--indexnow-key: search engines cannot reach --base-url %s", c.baseURL)
	}
	return nil
}

// announce tells search engines which addresses changed, if there is a key. What they do not
// accept is announced again next time.
func (p *program) announce(ctx context.Context, store *db.Store) error {
	if p.config.indexNowKey == "" || !store.Ready() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, announceTime)
	defer cancel()
	for {
		paths, last, err := store.Unannounced(ctx, maxAnnounced)
		if err != nil || len(paths) == 0 {
			return err
		}
		if err := p.submit(ctx, paths); err != nil {
			return fmt.Errorf("announce %d addresses to %s: %w", len(paths), p.config.indexNowEndpoint, err)
		}
		if err := store.Announced(ctx, last); err != nil {
			return err
		}
		p.log.Info("announced", "addresses", len(paths), "endpoint", p.config.indexNowEndpoint)
	}
}

// announceChanges returns a function for every. It announces when it is first called and after
// each load that changed something, and repeats a failed announcement after announceRest.
func (p *program) announceChanges(store *db.Store, now func() time.Time) func(context.Context) error {
	var announced time.Time
	var failure error
	var failed time.Time
	return func(ctx context.Context) error {
		changed := store.Changed()
		if changed.Equal(announced) && (failure == nil || now().Sub(failed) < announceRest) {
			return failure
		}
		announced = changed
		if failure = p.announce(ctx, store); failure != nil {
			failed = now()
		}
		return failure
	}
}

// submit sends one announcement.
func (p *program) submit(ctx context.Context, paths []string) error {
	base, err := url.Parse(p.config.baseURL)
	if err != nil {
		return err
	}
	a := announcement{Host: base.Host, Key: p.config.indexNowKey}
	for _, path := range paths {
		a.Addresses = append(a.Addresses, p.config.baseURL+path)
	}
	return postJSON(ctx, p.config.indexNowEndpoint, "", a)
}
