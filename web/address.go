package web

import (
	"net/http"
	"net/netip"
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

// maxClients is how many clients are told apart.
const maxClients = 10_000

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
