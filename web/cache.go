package web

import (
	"bytes"
	"context"
	"maps"
	"math"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

// reply is a document in one coding, ready to be sent.
type reply struct {
	version  string
	metrics  *routeMetrics
	coding   coding
	modified time.Time
	etag     []string
	header   http.Header
	body     coded
	checked  atomic.Int64 // db.Store.Changed when the body was last current, in Unix nanoseconds
	uses     atomic.Int32 // by clients that accept a smaller coding, since the last attempt to improve it
}

// send answers a request, with 304 if the client has the body already, and reports
// whether that is so.
func (r *reply) send(w http.ResponseWriter, request *http.Request, security security) (unchanged bool) {
	header := w.Header()
	maps.Copy(header, security.of(request.URL.Path))
	maps.Copy(header, r.header)
	header["Etag"] = r.etag
	if isUnchanged(request.Header, r.etag[0], r.modified) {
		delete(header, "Content-Type")
		delete(header, "Content-Length")
		delete(header, "Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	w.WriteHeader(http.StatusOK)
	if request.Method != http.MethodHead {
		// A write fails only if the client has gone: nobody needs the response.
		_ = r.body.writeTo(w)
	}
	return false
}

// pageAddress identifies a page: its path, the part of the query that it depends on, and the
// form in which it is wanted.
type pageAddress struct {
	path, query string
	form        form
}

// replyKey is the address of a page in a coding.
type replyKey struct {
	pageAddress
	coding coding
}

// cache keeps replies, and the validators of still more replies. When it is full, those least
// asked for go first.
type cache struct {
	replies    *otter.Cache[replyKey, *reply]
	validators *otter.Cache[pageAddress, validator]
	improving  chan struct{} // holds one token for each improvement under way
}

// About how much memory a reply takes besides its body, and a validator besides its address,
// in bytes.
const (
	replyOverhead     = 1500
	validatorOverhead = 250
)

// newCache returns a cache of at most size bytes, a quarter of it for validators: crawlers
// visit all pages in turn, and mostly ask only whether they have changed.
func newCache(size int64) *cache {
	return &cache{
		validators: otter.Must(&otter.Options[pageAddress, validator]{
			MaximumWeight: uint64(max(size/4, 1)),
			Weigher: func(key pageAddress, _ validator) uint32 {
				return uint32(min(len(key.path)+len(key.query)+validatorOverhead, math.MaxUint32))
			},
		}),
		replies: otter.Must(&otter.Options[replyKey, *reply]{
			MaximumWeight: uint64(max(size-size/4, 1)),
			Weigher: func(key replyKey, a *reply) uint32 {
				return uint32(min(len(key.path)+len(key.query)+len(a.body.rest)+replyOverhead, math.MaxUint32))
			},
		}),
		improving: make(chan struct{}, 1),
	}
}

// unchanged returns the 304 for a client that has the page as it is in the state of the
// library at changed, nil if the client has another or the cache does not know.
func (c *cache) unchanged(r *http.Request, changed int64) *reply {
	if r.Header["If-None-Match"] == nil && r.Header["If-Modified-Since"] == nil {
		return nil
	}
	v, ok := c.validators.GetIfPresent(pageAddress{r.URL.Path, r.URL.RawQuery, wantedForm(r)})
	if !ok || v.changed != changed {
		return nil
	}
	return v.unchanged(r, codingsOf(r))
}

// current returns a reply to a request that is current for the state of the library at
// changed, nil if there is none. Only clean addresses have replies.
func (c *cache) current(r *http.Request, changed int64) *reply {
	accepted := codingsOf(r)
	target := pageAddress{r.URL.Path, r.URL.RawQuery, wantedForm(r)}
	for _, coding := range accepted {
		a, ok := c.replies.GetIfPresent(replyKey{target, coding})
		if ok && a.checked.Load() == changed {
			if coding != accepted[0] && a.header["Content-Encoding"] != nil && a.uses.Add(1) >= usesToImprove {
				a.uses.Store(0)
				c.improve(target, a, accepted[0])
			}
			return a
		}
	}
	return nil
}

// known returns a reply with the given version, nil if there is none.
func (c *cache) known(target pageAddress, accepted codings, version string) *reply {
	for _, coding := range accepted {
		a, ok := c.replies.GetIfPresent(replyKey{target, coding})
		if ok && a.version == version {
			return a
		}
	}
	return nil
}

// make gives a the body of d and caches it. Simultaneous requests for a body make it once.
func (c *cache) make(ctx context.Context, target pageAddress, a *reply, d document) (*reply, error) {
	key := replyKey{target, a.coding}
	if old, ok := c.replies.GetIfPresent(key); ok && old.version != a.version {
		c.replies.Invalidate(key)
	}
	// Others may be waiting for the body when this request is cancelled.
	ctx = context.WithoutCancel(ctx)
	load := func(ctx context.Context, _ replyKey) (*reply, error) {
		body := takeBuffer()
		defer buffers.Put(body)
		if err := d.write(ctx, body); err != nil {
			return nil, err
		}
		return a, a.setBody(body.Bytes(), d.effort)
	}
	made, err := c.replies.Get(ctx, key, otter.LoaderFunc[replyKey, *reply](load))
	if err != nil || made.version == a.version {
		return made, err
	}
	// The library was loaded in between: what another request was making is older.
	if made, err = load(ctx, key); err == nil {
		c.replies.Set(key, made)
	}
	return made, err
}

// setBody compresses body in the coding of r. A body that fits one packet anyway
// stays as it is.
func (r *reply) setBody(body []byte, effort effort) error {
	if len(body) >= minCompressed && r.coding != codingIdentity {
		compressed, err := r.coding.compress(body, effort)
		if err != nil {
			return err
		}
		r.body = compressed
		r.header["Content-Encoding"] = []string{string(r.coding)}
	} else {
		r.body = coded{rest: bytes.Clone(body)}
	}
	r.header["Content-Length"] = []string{strconv.Itoa(r.body.size())}
	return nil
}

// etag returns the ETag header of a body in a coding.
func etag(version string, coding coding) []string {
	if coding != codingIdentity {
		version += "-" + string(coding)
	}
	return []string{`"` + version + `"`}
}

// usesToImprove is how many uses make a reply worth better compression.
const usesToImprove = 3

// improvingPause is the time between two improvements, about ten times what one
// takes: waiting readers come first.
const improvingPause = 5 * time.Millisecond

// improve puts a better compressed form of a popular reply into the cache, in the
// background and one at a time.
func (c *cache) improve(target pageAddress, a *reply, better coding) {
	select {
	case c.improving <- struct{}{}:
	default:
		return // later uses try again
	}
	go func() {
		defer func() {
			time.Sleep(improvingPause)
			<-c.improving
		}()
		body, err := a.coding.decompress(a.body)
		if err != nil {
			return // the existing reply remains good
		}
		improved := &reply{version: a.version, metrics: a.metrics, coding: better, modified: a.modified, etag: etag(a.version, better), header: maps.Clone(a.header)}
		improved.checked.Store(a.checked.Load())
		if improved.setBody(body, thorough) == nil {
			c.replies.Set(replyKey{target, better}, improved)
		}
	}()
}
