package web

import (
	"net/http"
	"net/netip"
)

// clientAddress returns the IP address of whoever sent a request, or the zero address if the
// connection has none.
func clientAddress(r *http.Request) netip.Addr {
	connection, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{} // a Unix socket: all clients count as one
	}
	return connection.Addr().Unmap().WithZone("")
}

// maxClients is how many clients each limit keeps track of.
const maxClients = 10_000

// networkBits is the length of the IPv6 prefix that identifies a client: one household has
// a whole /64 (https://www.rfc-editor.org/rfc/rfc6177).
const networkBits = 64

// clientNetwork returns the part of a client's address that the client cannot choose.
func clientNetwork(r *http.Request) netip.Addr {
	address := clientAddress(r)
	if !address.Is6() {
		return address
	}
	return netip.PrefixFrom(address, networkBits).Masked().Addr()
}

// The prefix lengths of logged addresses, in bits: they identify networks, not computers.
const (
	loggedBits4 = 24
	loggedBits6 = 48
)

// loggedNetwork returns the network of whoever sent a request as the log names it, empty if
// the connection has no address.
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
