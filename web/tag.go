package web

import (
	"net/http"
	"time"
	"unique"
)

// tag is what a client needs to hear that has a page already. It is small, and kept
// longer than the page.
type tag struct {
	version string
	changed int64 // db.Store.Changed when the version was right, in Unix nanoseconds
	header  unique.Handle[tagHeader]
}

// tagHeader is the header of a 304, but for its ETag. Most pages have the same.
type tagHeader struct {
	metrics                                    *routeMetrics
	modified                                   time.Time
	cacheControl, resourcePolicy, robots, vary string
}

// newTag returns the tag of a page that is right for the state of the library at
// changed.
func newTag(a *reply, changed int64) tag {
	return tag{a.version, changed, unique.Make(tagHeader{
		metrics:        a.metrics,
		modified:       a.modified,
		cacheControl:   a.header.Get("Cache-Control"),
		resourcePolicy: a.header.Get("Cross-Origin-Resource-Policy"),
		robots:         a.header.Get("X-Robots-Tag"),
		vary:           a.header.Get("Vary"),
	})}
}

// unchanged returns the reply to a client that has the body in one of the codings
// that it accepts, nil to any other.
func (t tag) unchanged(r *http.Request, accepted codings) *reply {
	known := t.header.Value()
	for _, coding := range accepted {
		a := &reply{metrics: known.metrics, etag: etag(t.version, coding), modified: known.modified}
		if !isUnchanged(r.Header, a.etag[0], a.modified) {
			continue
		}
		a.header = http.Header{"Last-Modified": {known.modified.Format(http.TimeFormat)}}
		for name, value := range map[string]string{
			"Cache-Control":                known.cacheControl,
			"Cross-Origin-Resource-Policy": known.resourcePolicy,
			"X-Robots-Tag":                 known.robots,
			"Vary":                         known.vary,
		} {
			if value != "" {
				a.header.Set(name, value)
			}
		}
		return a
	}
	return nil
}
