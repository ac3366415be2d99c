package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// coding is a content coding (https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1).
type coding string

const (
	codingIdentity coding = ""
	codingBrotli   coding = "br"
	codingGzip     coding = "gzip"
	codingZstd     coding = "zstd"
)

// smallest are the codings that the site offers, the one with the smallest results first.
var smallest = []coding{codingBrotli, codingZstd, codingGzip}

// fastest are the same codings, the fastest first.
var fastest = []coding{codingGzip, codingZstd, codingBrotli}

// minCompressed is the size in bytes below which compression does not pay:
// the body fits into one packet anyway.
const minCompressed = 1000

// codings are the codings that a client wants most, the one with the smallest results first:
// identity alone if it wants that more than any of the others.
type codings []coding

// quickest returns the coding that takes the least time.
func (c codings) quickest() coding {
	for _, coding := range fastest {
		if slices.Contains(c, coding) {
			return coding
		}
	}
	return codingIdentity
}

// codingsOf returns the codings in which a request may be answered. Pictures are
// compressed already.
func codingsOf(r *http.Request) codings {
	if strings.HasPrefix(r.URL.Path, picturePrefix) {
		return codings{codingIdentity}
	}
	return acceptedCodings(r.Header.Get("Accept-Encoding"))
}

// acceptedCodings reads an Accept-Encoding header.
func acceptedCodings(accept string) codings {
	best := make(codings, 0, len(smallest))
	bestWeight := acceptWeight(accept, "identity")
	for _, offered := range smallest {
		switch weight := acceptWeight(accept, string(offered)); {
		case weight > bestWeight:
			best, bestWeight = append(best[:0], offered), weight
		case weight == bestWeight && weight > 0:
			best = append(best, offered)
		}
	}
	if len(best) == 0 {
		return codings{codingIdentity}
	}
	return best
}

// effort is how much time compression may take.
type effort int

const (
	quick    effort = iota // for a reader who waits
	thorough               // for many readers
)

// compressor writes one body at a time.
type compressor interface {
	io.WriteCloser
	Reset(w io.Writer)
}

// compressors are pooled: making one costs more than compressing a page. The quick levels
// were chosen by measurement on question pages of 20 KB: gzip 5 takes 0.08 ms, for a result a
// tenth smaller than that of gzip 3, which takes 0.06 ms; default zstd takes 0.08 ms, and
// brotli 3 takes 0.14 ms. Thorough brotli 5 takes 0.45 ms, for a result a seventh smaller.
var compressors = map[effort]map[coding]*sync.Pool{
	quick: {
		codingBrotli: {New: func() any { return brotli.NewWriterV2(nil, 3) }},
		codingGzip:   {New: func() any { return must(gzip.NewWriterLevel(nil, quickGzip)) }},
		codingZstd:   {New: func() any { return newZstd(zstd.SpeedDefault) }},
	},
	thorough: {
		codingBrotli: {New: func() any { return brotli.NewWriterLevel(nil, 5) }},
		codingGzip:   {New: func() any { return must(gzip.NewWriterLevel(nil, gzip.BestCompression)) }},
		codingZstd:   {New: func() any { return newZstd(zstd.SpeedBetterCompression) }},
	},
}

// quickGzip is the gzip level of quick compression.
const quickGzip = 5

func newZstd(level zstd.EncoderLevel) *zstd.Encoder {
	return must(zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20)))
}

// must returns a compressor, and panics on an error: all levels and options are constants.
func must[C any](compressor C, err error) C {
	if err != nil {
		panic(err)
	}
	return compressor
}

// buffers are pooled: growing one for a page allocates four times the size of the page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// takeBuffer returns an empty buffer, which the caller must put back into buffers.
func takeBuffer() *bytes.Buffer {
	buffer, _ := buffers.Get().(*bytes.Buffer)
	buffer.Reset()
	return buffer
}

// coded is a body in a coding. A start that many bodies share may be kept apart
// from the rest, so that it is in memory only once. Only quick gzip does that.
type coded struct{ start, rest []byte }

func (c coded) size() int { return len(c.start) + len(c.rest) }

// joined are buffers for compressed pages that are about to be sent. They are not shared with
// buffers, whose uncompressed pages are several times as long.
var joined = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// writeTo writes the body in one call, because each write to a client takes a system call.
func (c coded) writeTo(w io.Writer) error {
	if len(c.start) == 0 {
		_, err := w.Write(c.rest)
		return err
	}
	buffer, _ := joined.Get().(*bytes.Buffer)
	buffer.Reset()
	buffer.Write(c.start)
	buffer.Write(c.rest)
	_, err := w.Write(buffer.Bytes())
	if err == nil { // else HTTP/2 may still read it
		joined.Put(buffer)
	}
	return err
}

func (c coded) reader() io.Reader {
	return io.MultiReader(bytes.NewReader(c.start), bytes.NewReader(c.rest))
}

// compress returns body in the coding. Under identity the result shares body's memory.
func (c coding) compress(body []byte, effort effort) (coded, error) {
	if c == codingIdentity {
		return coded{rest: body}, nil
	}
	buffer := takeBuffer()
	defer buffers.Put(buffer)
	if rest, ok := bytes.CutPrefix(body, pageStart); ok && c == codingGzip && effort == quick {
		err := gzipRest(buffer, rest)
		return coded{gzippedStart, bytes.Clone(buffer.Bytes())}, err
	}
	err := c.stream(buffer, effort, func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	})
	return coded{rest: bytes.Clone(buffer.Bytes())}, err
}

// stream compresses what write writes, and passes it on to w as it comes.
func (c coding) stream(w io.Writer, effort effort, write func(w io.Writer) error) error {
	if c == codingIdentity {
		return write(w)
	}
	pool := compressors[effort][c]
	writer, _ := pool.Get().(compressor)
	defer pool.Put(writer)
	writer.Reset(w)
	return errors.Join(write(writer), writer.Close())
}

// decompress returns what was compressed.
func (c coding) decompress(body coded) ([]byte, error) {
	switch c {
	case codingIdentity:
		return body.rest, nil
	case codingGzip:
		reader, err := gzip.NewReader(body.reader())
		if err != nil {
			return nil, err
		}
		return io.ReadAll(reader)
	case codingZstd:
		reader, err := zstd.NewReader(body.reader(), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		defer reader.Close()
		return io.ReadAll(reader)
	case codingBrotli:
		return io.ReadAll(brotli.NewReader(body.reader()))
	}
	return nil, fmt.Errorf("decompress: unknown coding %q", c)
}
