package web

import (
	"net/http"
	"time"
	"unique"
)

// validator answers a client that has a page already: it says whether that copy is still
// current (https://www.rfc-editor.org/rfc/rfc9110#section-8.8). It is small, and kept longer
// than the page.
type validator struct {
	version string
	changed int64 // db.Store.Changed when the version was current, in Unix nanoseconds
	header  unique.Handle[validatorHeader]
}

// validatorHeader is the header of a 304 except for its ETag. Most pages share one.
type validatorHeader struct {
	metrics                                                 *routeMetrics
	modified                                                time.Time
	allowOrigin, cacheControl, resourcePolicy, robots, vary string
}

// newValidator returns the validator of a page that is current for the state of the library
// at changed.
func newValidator(a *reply, changed int64) validator {
	return validator{a.version, changed, unique.Make(validatorHeader{
		metrics:        a.metrics,
		modified:       a.modified,
		allowOrigin:    a.header.Get("Access-Control-Allow-Origin"),
		cacheControl:   a.header.Get("Cache-Control"),
		resourcePolicy: a.header.Get("Cross-Origin-Resource-Policy"),
		robots:         a.header.Get("X-Robots-Tag"),
		vary:           a.header.Get("Vary"),
	})}
}

// unchanged returns the 304 for a client that has the body in one of the codings that it
// accepts, nil for any other client.
func (v validator) unchanged(r *http.Request, accepted codings) *reply {
	known := v.header.Value()
	for _, coding := range accepted {
		a := &reply{metrics: known.metrics, etag: etag(v.version, coding), modified: known.modified}
		if !isUnchanged(r.Header, a.etag[0], a.modified) {
			continue
		}
		a.header = http.Header{"Last-Modified": {known.modified.Format(http.TimeFormat)}}
		for name, value := range map[string]string{
			"Access-Control-Allow-Origin":  known.allowOrigin,
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
