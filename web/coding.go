package web

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// coding is a content coding (https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1).
type coding string

const identity coding = ""

// codings are what the site offers, best first.
var codings = []coding{"br", "zstd", "gzip"}

// minCompressed is the size in bytes below which compressing does not pay: it
// fits into one packet anyway.
const minCompressed = 1000

// suffix tells the ETags of the codings of one body apart.
func (c coding) suffix() string {
	if c == identity {
		return ""
	}
	return "-" + string(c)
}

// chooseCoding returns the coding that an Accept-Encoding header wants most for a
// body of some size in bytes; of equals the site's best.
func chooseCoding(accept string, size int) coding {
	if size < minCompressed {
		return identity
	}
	best, bestWeight := identity, 0.0
	for _, offered := range codings {
		if weight := acceptWeight(accept, offered); weight > bestWeight {
			best, bestWeight = offered, weight
		}
	}
	return best
}

// acceptWeight returns the weight that an Accept-Encoding header gives a coding,
// from 0 for one that it does not want to 1.
func acceptWeight(accept string, offered coding) float64 {
	anything := 0.0
	for part := range strings.SplitSeq(accept, ",") {
		name, parameter, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		weight := 1.0
		if value, ok := strings.CutPrefix(strings.TrimSpace(parameter), "q="); ok {
			weight, _ = strconv.ParseFloat(value, 64) // what is no number is not wanted
		}
		switch name {
		case string(offered):
			return weight
		case "*":
			anything = weight
		}
	}
	return anything
}

// compressor writes one body at a time.
type compressor interface {
	io.WriteCloser
	Reset(w io.Writer)
}

// compressors are kept: making one costs more than a page.
var compressors = map[coding]*sync.Pool{
	"br":   {New: func() any { return brotli.NewWriterLevel(nil, 5) }},
	"gzip": {New: func() any { return gzip.NewWriter(nil) }},
	"zstd": {New: func() any {
		encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
		if err != nil {
			panic(err) // the options are constants
		}
		return encoder
	}},
}

// compress returns body in the coding.
func (c coding) compress(body []byte) ([]byte, error) {
	pool := compressors[c]
	writer, _ := pool.Get().(compressor)
	defer pool.Put(writer)
	var buffer bytes.Buffer
	writer.Reset(&buffer)
	if _, err := writer.Write(body); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}
