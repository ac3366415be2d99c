package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

// traffic is what a client asks for.
type traffic struct {
	name        string
	address     string // host and port
	connections int
	next        func(*rand.Rand) (path string)
}

// measured is how a server did under traffic.
type measured struct {
	requests int
	time     time.Duration
	p50, p99 time.Duration
	body     int64 // bytes a response, on average
}

func (m measured) perSecond() float64 { return float64(m.requests) / m.time.Seconds() }

// measure sends requests over all connections for duration: on each at least one, and each as
// soon as the last response is read. It does as little else as it can, because it shares the
// processors with the server. A request that is refused with 503, as happens on a slow machine,
// is repeated, and its time includes the refusals. Any other status but 200 is an error.
func measure(ctx context.Context, t traffic, duration time.Duration) (measured, error) {
	start := time.Now()
	until := start.Add(duration)
	clients := make([]client, t.connections)
	group, ctx := errgroup.WithContext(ctx)
	for i := range clients {
		group.Go(func() error {
			random := rand.New(rand.NewPCG(2, uint64(i))) //nolint:gosec // every run asks for the same
			return clients[i].run(ctx, t, random, until)
		})
	}
	if err := group.Wait(); err != nil {
		return measured{}, fmt.Errorf("%s: %w", t.name, err)
	}
	result := measured{time: time.Since(start)}
	var times []time.Duration
	for _, c := range clients {
		times = append(times, c.times...)
		result.body += c.bytes
	}
	slices.Sort(times)
	result.requests = len(times)
	result.body /= int64(len(times))
	result.p50, result.p99 = times[len(times)/2], times[len(times)*99/100]
	return result, nil
}

// client is one connection.
type client struct {
	times []time.Duration
	bytes int64
}

func (c *client) run(ctx context.Context, t traffic, random *rand.Rand, until time.Time) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", t.address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(until.Add(benchPatience)); err != nil {
		return err
	}
	reader := bufio.NewReaderSize(conn, 64<<10)
	var request []byte
	for now := time.Now(); ctx.Err() == nil && (now.Before(until) || len(c.times) == 0); {
		request = append(request[:0], "GET "...)
		request = append(request, t.next(random)...)
		request = append(request, " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: "+benchCodings+"\r\n\r\n"...)
		length, isRefused := int64(0), true
		for isRefused {
			if _, err := conn.Write(request); err != nil {
				return err
			}
			if length, isRefused, err = skipResponse(reader); err != nil {
				return fmt.Errorf("%q: %w", bytes.TrimRight(request, "\r\n"), err)
			}
		}
		c.bytes += length
		end := time.Now()
		c.times = append(c.times, end.Sub(now))
		now = end
	}
	return ctx.Err()
}

// skipResponse reads a response and returns the length of its body, and whether it refuses
// the request for now.
func skipResponse(reader *bufio.Reader) (length int64, isRefused bool, err error) {
	length = -1
	for first := true; ; first = false {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		line = bytes.TrimRight(line, "\r\n")
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case first && bytes.HasPrefix(line, []byte("HTTP/1.1 503 ")):
			isRefused = true
		case first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")):
			return 0, false, fmt.Errorf("answered %s", line)
		case len(line) == 0 && length < 0:
			return 0, false, errors.New("the response has no Content-Length")
		case len(line) == 0:
			_, err := reader.Discard(int(length))
			return length, isRefused, err
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.ParseInt(string(value), 10, 64); err != nil {
				return 0, false, err
			}
		}
	}
}
