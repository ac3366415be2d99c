package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// metrics count what the site is asked for and how it answers.
type metrics struct {
	requests  *prometheus.CounterVec   // by route and status
	durations *prometheus.HistogramVec // by route
	routes    map[string]*routeMetrics // by pattern
	hits      prometheus.Counter
	misses    prometheus.Counter
}

// routeMetrics are those of a route whose pages come from the cache, found before they
// are needed: a page from the cache is sent in microseconds.
type routeMetrics struct {
	whole, unchanged prometheus.Counter
	duration         prometheus.Observer
}

// durationBuckets reach from a page in the cache to the longest time that a request
// can take, in seconds.
var durationBuckets = []float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// statusClientClosed stands for the status of an answer that the client did not wait for.
const statusClientClosed = 499

// noRoute stands for the route of what is answered before one is found: redirects to
// clean addresses, refusals.
const noRoute = "none"

// newMetrics returns metrics that register knows, if it is not nil.
func newMetrics(register prometheus.Registerer, cache *cache) *metrics {
	factory := promauto.With(register)
	fromCache := factory.NewCounterVec(prometheus.CounterOpts{
		Name: "quicktakes_cache_requests_total",
		Help: "Pages that were found in the cache (hit) or had to be made (miss).",
	}, []string{"result"})
	factory.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "quicktakes_cache_bytes",
		Help: "Memory that finished pages and their validators take.",
	}, func() float64 { return float64(cache.replies.WeightedSize() + cache.validators.WeightedSize()) })
	factory.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "quicktakes_cache_pages",
		Help: "Finished pages in the cache, each of their codings for itself.",
	}, func() float64 { return float64(cache.replies.EstimatedSize()) })
	return &metrics{
		requests: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "quicktakes_requests_total",
			Help: "Requests by the pattern of their address and the status of their answer; 499 for clients that did not wait.",
		}, []string{"route", "status"}),
		durations: factory.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "quicktakes_request_duration_seconds",
			Help:    "Time to answer requests, by the pattern of their address.",
			Buckets: durationBuckets,
		}, []string{"route"}),
		routes: map[string]*routeMetrics{},
		hits:   fromCache.WithLabelValues("hit"),
		misses: fromCache.WithLabelValues("miss"),
	}
}

// add makes the metrics of a route.
func (m *metrics) add(route string) {
	m.routes[route] = &routeMetrics{
		whole:     m.requests.WithLabelValues(route, "200"),
		unchanged: m.requests.WithLabelValues(route, "304"),
		duration:  m.durations.WithLabelValues(route),
	}
}

// observe counts an answer.
func (m *metrics) observe(route string, status int, took time.Duration) {
	if route == "" {
		route = noRoute
	}
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.durations.WithLabelValues(route).Observe(took.Seconds())
}

// observe counts an answer from the cache.
func (r *routeMetrics) observe(isUnchanged bool, took time.Duration) {
	if isUnchanged {
		r.unchanged.Inc()
	} else {
		r.whole.Inc()
	}
	r.duration.Observe(took.Seconds())
}
