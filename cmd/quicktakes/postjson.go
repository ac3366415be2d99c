package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// The bounds of a request to another server.
const (
	postTimeout  = 30 * time.Second
	postAttempts = 5
	maxReply     = 300      // bytes of a response to show in an error
	maxUnread    = 64 << 10 // bytes of the rest to read and drop
)

// poster sends requests, and keeps its connections for later ones.
var poster = newPoster()

func newPoster() *retryablehttp.Client {
	client := retryablehttp.NewClient()
	client.Logger = nil
	client.RetryMax = postAttempts - 1
	client.HTTPClient.Timeout = postTimeout
	client.ErrorHandler = retryablehttp.PassthroughErrorHandler
	// Most redirects would turn the POST into a GET, whose answer says nothing of what was sent.
	client.HTTPClient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client
}

// isHTTPAddress reports whether address is an absolute http or https URL.
func isHTTPAddress(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && parsed.Host != "" && (parsed.Scheme == "http" || parsed.Scheme == "https")
}

// postJSON sends body to another server as JSON, with token as the bearer token unless it is
// empty. While that server is busy or fails, it retries, up to postAttempts times in all.
func postJSON(ctx context.Context, address, token string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := poster.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(response.Body, maxReply))
	// A connection can be reused only if its response was read to the end.
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, maxUnread))
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return fmt.Errorf("answered %s, %q", response.Status, text)
	}
	return nil
}
