package web

import (
	"net/http"
	"net/netip"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"
)

// searchBurst is how many seconds' worth of searches a client may make at once after a quiet
// time: a whole school may share one address, and every letter typed may be a search.
const searchBurst = 60

// searchRate limits how often each client may search. A nil *searchRate sets no limit.
type searchRate struct {
	perSecond int
	clients   *otter.Cache[netip.Addr, *rate.Limiter]
}

// newSearchRate returns a limit of perSecond searches a second for each client, nil for 0.
func newSearchRate(perSecond int) *searchRate {
	if perSecond == 0 {
		return nil
	}
	return &searchRate{perSecond, otter.Must(&otter.Options[netip.Addr, *rate.Limiter]{MaximumSize: maxClients})}
}

// allows reports whether the sender of a request may search now, and counts the search.
func (s *searchRate) allows(r *http.Request) bool {
	if s == nil {
		return true
	}
	limiter, _ := s.clients.ComputeIfAbsent(clientNetwork(r), func() (*rate.Limiter, bool) {
		return rate.NewLimiter(rate.Limit(s.perSecond), s.perSecond*searchBurst), false
	})
	return limiter.Allow()
}
