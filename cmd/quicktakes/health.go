package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// healthTime bounds the wait for a server's answer.
const healthTime = 3 * time.Second

// health asks the server on --addr whether it is ready, for containers that have
// no other program to ask with.
func (p *program) health(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	address := p.config.scheme() + publicAddress(p.config.address, nil) + "/readyz"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{TLSClientConfig: p.config.ownTLS()}}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, response.Status)
	}
	return nil
}

// ownTLS returns the TLS settings for requests to the server on --addr. Its certificate is for
// the name of the site or another of --tls-domains, not for that address, and nothing secret is
// sent to it.
func (c *config) ownTLS() *tls.Config {
	name := c.hostName()
	if len(c.tlsDomains) > 0 && !slices.Contains(c.tlsDomains, name) {
		name = c.tlsDomains[0] // the server has no certificate for the base URL, as behind a CDN
	}
	return &tls.Config{ServerName: name, InsecureSkipVerify: true, MinVersion: tls.VersionTLS12} //nolint:gosec // asks this machine
}
