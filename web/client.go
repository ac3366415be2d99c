package web

import (
	"net/http"
	"net/netip"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"
)

// clientAddress returns the address of whoever sent a request, the zero address if
// the connection does not tell.
func clientAddress(r *http.Request) netip.Addr {
	connection, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{} // a Unix socket: all clients count as one
	}
	return connection.Addr().Unmap().WithZone("")
}

// networkBits is how much of an IPv6 address tells clients apart: one household has
// all addresses of a /64 (https://www.rfc-editor.org/rfc/rfc6177).
const networkBits = 64

// clientNetwork returns what a client cannot choose of its address.
func clientNetwork(r *http.Request) netip.Addr {
	address := clientAddress(r)
	if !address.Is6() {
		return address
	}
	return netip.PrefixFrom(address, networkBits).Masked().Addr()
}

// The parts of an address that are logged: they tell networks apart, not computers.
const (
	loggedBits4 = 24
	loggedBits6 = 48
)

// loggedNetwork returns the network of whoever sent a request, empty if the connection
// does not tell.
func loggedNetwork(r *http.Request) string {
	address := clientAddress(r)
	bits := loggedBits4
	if address.Is6() {
		bits = loggedBits6
	}
	network, err := address.Prefix(bits)
	if err != nil || !network.IsValid() {
		return ""
	}
	return network.String()
}

// The bounds of searching.
const (
	maxClients = 10_000 // that are told apart
	// searchBurst is for how many seconds a client that was quiet may search ahead: a
	// school shares one address, and every letter typed may be a search.
	searchBurst = 60
)

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
