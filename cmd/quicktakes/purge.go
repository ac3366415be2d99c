package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"quicktakes/web"
)

// The bounds of a purge.
const (
	maxTags   = 30    // in a request
	maxPurged = 3_000 // tags after a load; with more, everything is purged
	purgeTime = time.Minute
	stopTime  = 5 * time.Second // for a purge in progress when the program is stopped
)

// purgeDelay is the time after a load until all servers show it: a cache purged earlier could
// fetch the old page again.
const purgeDelay = 2 * refreshInterval

// checkPurge refuses addresses that nothing can be sent to.
func (c *config) checkPurge() error {
	if c.purgeURL != "" && !isHTTPAddress(c.purgeURL) {
		return fmt.Errorf("--purge-url %q is not an address such as https://cache.example/purge", c.purgeURL)
	}
	return nil
}

// purge makes a shared cache forget what a load changed. A nil *purge does nothing.
type purge struct {
	address, token string
	tags           map[string]bool
}

// newPurge returns the purge after a load, nil without --purge-url.
func (c *config) newPurge() *purge {
	if c.purgeURL == "" {
		return nil
	}
	return &purge{c.purgeURL, c.purgeToken, map[string]bool{}}
}

// touch notes the tags of the pages that show the post at path.
func (p *purge) touch(path string) {
	if p == nil {
		return
	}
	for _, tag := range web.TagsOfPost(path) {
		p.tags[tag] = true
	}
}

// purgeRequest is the body of a request, in Cloudflare's format
// (https://developers.cloudflare.com/api/resources/cache/methods/purge/).
type purgeRequest struct {
	Tags       []string `json:"tags,omitempty"`
	Everything bool     `json:"purge_everything,omitempty"`
}

// send sends the tags noted, even if ctx ends meanwhile: no later load would send them.
func (p *purge) send(ctx context.Context) (err error) {
	if p == nil || len(p.tags) == 0 {
		return nil
	}
	// The time is bounded even then: a busy cache must not keep the program from stopping.
	sending, cancel := context.WithTimeout(context.WithoutCancel(ctx), purgeTime)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(stopTime, cancel) })
	defer stop()
	time.Sleep(purgeDelay)
	requests := []purgeRequest{{Everything: true}}
	if len(p.tags) <= maxPurged {
		requests = nil
		for tags := range slices.Chunk(slices.Sorted(maps.Keys(p.tags)), maxTags) {
			requests = append(requests, purgeRequest{Tags: tags})
		}
	}
	failed := 0
	for _, request := range requests {
		if failure := postJSON(sending, p.address, p.token, request); failure != nil {
			failed++
			err = cmp.Or(err, failure)
		}
	}
	if failed == 0 {
		return nil
	}
	err = fmt.Errorf("%d of %s failed, the first with: %w", failed, count(len(requests), "request"), err)
	if ctx.Err() != nil {
		err = fmt.Errorf("the program was stopped: %w", err)
	}
	return err
}

// sendPurge sends a purge, and logs it if that fails: the old pages expire from the cache anyway.
func (p *program) sendPurge(ctx context.Context, purge *purge) {
	if err := purge.send(ctx); err != nil {
		p.log.Error("the cache at --purge-url was not told of all changes: check that address and QUICKTAKES_PURGE_TOKEN, and purge by hand what cannot wait", "error", err)
	}
}
