package web

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"net/http"
	"slices"
	"sync"

	"github.com/klauspost/compress/flate"

	"quicktakes/assets"
	"quicktakes/views"
)

// The style sheet of all pages is more than half of each, and stands where they begin:
// for quick gzip that is compressed once, and kept once, and of each page what follows.
var (
	pageStart    = startOfPages()
	gzippedStart = slices.Concat([]byte(gzipHeader), deflatePart(pageStart))
	startSum     = crc32.ChecksumIEEE(pageStart)
)

// startOfPages returns what all pages begin with, up to the end of their style sheet.
func startOfPages() []byte {
	page := views.ErrorPage{Status: http.StatusNotFound}
	var body bytes.Buffer
	if err := views.Document(views.Site{}, page).Render(context.Background(), &body); err != nil {
		panic(err) // a buffer takes all
	}
	style := []byte(assets.Style(views.SiteStyle).Text)
	before, _, found := bytes.Cut(body.Bytes(), style)
	if !found {
		panic("web: a page without " + views.SiteStyle)
	}
	return slices.Concat(before, style)
}

// deflatePart returns data as blocks of deflate that other blocks can follow.
func deflatePart(data []byte) []byte {
	var blocks bytes.Buffer
	deflate := must(flate.NewWriter(&blocks, flate.BestCompression))
	_, err := deflate.Write(data)
	if err := errors.Join(err, deflate.Flush()); err != nil {
		panic(err) // a buffer takes all
	}
	return blocks.Bytes()
}

var deflates = sync.Pool{New: func() any { return must(flate.NewWriter(nil, quickGzip)) }}

// gzipHeader says that deflated data without a name or time follows
// (https://www.rfc-editor.org/rfc/rfc1952).
const gzipHeader = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// gzipRest writes what follows gzippedStart in a page that goes on with rest.
func gzipRest(into *bytes.Buffer, rest []byte) error {
	deflate, _ := deflates.Get().(*flate.Writer)
	defer deflates.Put(deflate)
	deflate.Reset(into)
	_, err := deflate.Write(rest)
	err = errors.Join(err, deflate.Close())
	trailer := binary.LittleEndian.AppendUint32(nil, crc32.Update(startSum, crc32.IEEETable, rest))
	into.Write(binary.LittleEndian.AppendUint32(trailer, uint32(len(pageStart)+len(rest)))) //nolint:gosec // the format has the size modulo 2^32
	return err
}
