package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// The bounds of a request to another server.
const (
	postTimeout  = 30 * time.Second
	postAttempts = 5
	maxReply     = 300 // bytes of the text of an error
)

// postJSON sends body to another server, with a token if it is not empty. It is sent
// again after a while when that server is busy or fails.
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
	client := retryablehttp.NewClient()
	client.Logger = nil
	client.RetryMax = postAttempts - 1
	client.HTTPClient.Timeout = postTimeout
	client.ErrorHandler = retryablehttp.PassthroughErrorHandler
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode < 200 || response.StatusCode > 299 {
		text, _ := io.ReadAll(io.LimitReader(response.Body, maxReply)) // what there is of it
		return fmt.Errorf("answered %s, %q", response.Status, text)
	}
	return nil
}
