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

// All pages begin with the same style sheet, which is more than half of each. Quick gzip
// compresses and keeps that beginning once, and of each page only the rest.
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
		panic(err) // a write to a buffer cannot fail
	}
	style := []byte(assets.Style(views.SiteStyle).Text)
	before, _, found := bytes.Cut(body.Bytes(), style)
	if !found {
		panic("web: the error page does not contain " + views.SiteStyle)
	}
	return slices.Concat(before, style)
}

// deflatePart returns data as deflate blocks that other blocks can follow.
func deflatePart(data []byte) []byte {
	var blocks bytes.Buffer
	deflate := must(flate.NewWriter(&blocks, flate.BestCompression))
	_, err := deflate.Write(data)
	if err := errors.Join(err, deflate.Flush()); err != nil {
		panic(err) // a write to a buffer cannot fail
	}
	return blocks.Bytes()
}

var deflates = sync.Pool{New: func() any { return must(flate.NewWriter(nil, quickGzip)) }}

// gzipHeader begins a gzip file that has no name and no time
// (https://www.rfc-editor.org/rfc/rfc1952).
const gzipHeader = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// gzipRest writes what follows gzippedStart in the gzip file of a page that ends with rest.
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
