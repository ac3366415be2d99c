package web

import (
	"net/http"
	"net/netip"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"
)

// searchBurst is for how many seconds a client that was quiet may search ahead: a school
// shares one address, and every letter typed may be a search.
const searchBurst = 60

// searchRate bounds how often each client searches. A nil *searchRate bounds nothing.
type searchRate struct {
	perSecond int
	clients   *otter.Cache[netip.Addr, *rate.Limiter]
}

// newSearchRate returns a bound of searches a second and client, nil for 0.
func newSearchRate(perSecond int) *searchRate {
	if perSecond == 0 {
		return nil
	}
	return &searchRate{perSecond, otter.Must(&otter.Options[netip.Addr, *rate.Limiter]{MaximumSize: maxClients})}
}

// allows reports whether the sender of a request may search now, and counts that.
func (s *searchRate) allows(r *http.Request) bool {
	if s == nil {
		return true
	}
	limiter, _ := s.clients.ComputeIfAbsent(clientNetwork(r), func() (*rate.Limiter, bool) {
		return rate.NewLimiter(rate.Limit(s.perSecond), s.perSecond*searchBurst), false
	})
	return limiter.Allow()
}
