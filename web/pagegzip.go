package web

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"sync"

	"github.com/klauspost/compress/flate"

	"quicktakes/assets"
	"quicktakes/views"
)

// The style sheet is more than half of a page and the same in all: for gzip it is
// compressed once, and what a page has before and behind it at each time. All that is
// the page's own stands behind it, where what repeats is found.
var (
	pageStyle         = []byte(assets.Style(views.SiteStyle).Text)
	deflatedPageStyle = deflatePart(pageStyle)
)

// deflatePart returns data as blocks of deflate that other blocks can follow.
func deflatePart(data []byte) []byte {
	var blocks bytes.Buffer
	deflate := made(flate.NewWriter(nil, flate.BestCompression))
	deflate.Reset(&blocks)
	_, err := deflate.Write(data)
	if err := errors.Join(err, deflate.Flush()); err != nil {
		panic(err) // a buffer takes all
	}
	return blocks.Bytes()
}

var deflates = sync.Pool{New: func() any { return made(flate.NewWriter(nil, quickGzip)) }}

// gzipHeader says that deflated data without a name or time follows
// (https://www.rfc-editor.org/rfc/rfc1952).
const gzipHeader = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// gzipPage writes a body that has pageStyle between two parts.
func gzipPage(into *bytes.Buffer, body, before, behind []byte) error {
	deflate, _ := deflates.Get().(*flate.Writer)
	defer deflates.Put(deflate)
	into.WriteString(gzipHeader)
	deflate.Reset(into)
	_, err := deflate.Write(before)
	err = errors.Join(err, deflate.Flush())
	into.Write(deflatedPageStyle)
	deflate.Reset(into)
	_, failure := deflate.Write(behind)
	err = errors.Join(err, failure, deflate.Close())
	trailer := binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(body))
	into.Write(binary.LittleEndian.AppendUint32(trailer, uint32(len(body)))) //nolint:gosec // the format has the size modulo 2^32
	return err
}
