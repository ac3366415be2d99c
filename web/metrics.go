package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// metrics counts the site's requests and responses.
type metrics struct {
	requests  *prometheus.CounterVec   // by route and status
	durations *prometheus.HistogramVec // by route
	routes    map[string]*routeMetrics // by pattern
	hits      prometheus.Counter
	misses    prometheus.Counter
}

// routeMetrics are a route's metrics for pages from the cache. They are looked up in advance,
// because a page from the cache is sent in microseconds.
type routeMetrics struct {
	whole, unchanged prometheus.Counter
	duration         prometheus.Observer
}

// durationBuckets range from the time of a page from the cache to the longest time that a
// request can take, in seconds.
var durationBuckets = []float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// statusClientClosed is counted as the status when the client left before the response.
const statusClientClosed = 499

// noRoute is counted as the route of responses that are sent before routing: redirects to
// clean addresses, and refusals.
const noRoute = "none"

// newMetrics returns metrics that are registered with register, unless that is nil.
func newMetrics(register prometheus.Registerer, cache *cache) *metrics {
	factory := promauto.With(register)
	fromCache := factory.NewCounterVec(prometheus.CounterOpts{
		Name: "quicktakes_cache_requests_total",
		Help: "Pages that were in the cache (hit) or had to be rendered (miss).",
	}, []string{"result"})
	factory.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "quicktakes_cache_bytes",
		Help: "Memory used by finished pages and their validators, in bytes.",
	}, func() float64 { return float64(cache.replies.WeightedSize() + cache.validators.WeightedSize()) })
	factory.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "quicktakes_cache_pages",
		Help: "Finished pages in the cache; each content coding counts separately.",
	}, func() float64 { return float64(cache.replies.EstimatedSize()) })
	return &metrics{
		requests: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "quicktakes_requests_total",
			Help: "Requests by route pattern and response status; 499 means that the client left first.",
		}, []string{"route", "status"}),
		durations: factory.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "quicktakes_request_duration_seconds",
			Help:    "Time to answer requests in seconds, by route pattern.",
			Buckets: durationBuckets,
		}, []string{"route"}),
		routes: map[string]*routeMetrics{},
		hits:   fromCache.WithLabelValues("hit"),
		misses: fromCache.WithLabelValues("miss"),
	}
}

// add creates the metrics of a route.
func (m *metrics) add(route string) {
	m.routes[route] = &routeMetrics{
		whole:     m.requests.WithLabelValues(route, "200"),
		unchanged: m.requests.WithLabelValues(route, "304"),
		duration:  m.durations.WithLabelValues(route),
	}
}

// observe counts a response.
func (m *metrics) observe(route string, status int, took time.Duration) {
	if route == "" {
		route = noRoute
	}
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.durations.WithLabelValues(route).Observe(took.Seconds())
}

// observe counts a response from the cache.
func (r *routeMetrics) observe(isUnchanged bool, took time.Duration) {
	if isUnchanged {
		r.unchanged.Inc()
	} else {
		r.whole.Inc()
	}
	r.duration.Observe(took.Seconds())
}
