package web

import (
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// received returns the request as the client sent it, and whether it came by plain HTTP. The
// headers of trusted proxies count; those of anyone else do not, not even a request ID. Of
// several host names or protocols in a header the first counts, though a client can make it
// up
// (https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For).
func (s *Server) received(r *http.Request) (request *http.Request, isPlain bool) {
	if !s.trusts(clientAddress(r)) {
		return withoutRequestID(r), false
	}
	sent := *r
	if client := s.client(r.Header.Values("X-Forwarded-For")); client.IsValid() {
		sent.RemoteAddr = netip.AddrPortFrom(client, 0).String()
	}
	if host := firstOf(r.Header.Get("X-Forwarded-Host")); host != "" {
		sent.Host = host
	}
	return &sent, strings.EqualFold(firstOf(r.Header.Get("X-Forwarded-Proto")), "http")
}

// firstOf returns the first part of a header to which each proxy adds its own: what the proxy
// nearest to the client said.
func firstOf(chain string) string {
	first, _, _ := strings.Cut(chain, ",")
	return strings.TrimSpace(first)
}

// withoutRequestID returns a request without the ID that its sender gave it.
func withoutRequestID(r *http.Request) *http.Request {
	if r.Header.Get(headerRequestID) == "" {
		return r
	}
	stripped := *r
	stripped.Header = r.Header.Clone()
	stripped.Header.Del(headerRequestID)
	return &stripped
}

func (s *Server) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(s.TrustedProxies, func(network netip.Prefix) bool { return network.Contains(address) })
}

// client returns the last address of a chain that is not a trusted proxy's: the client may
// have made up those before it. If all that can be read are trusted, it is the first of them,
// and the zero address if there are none.
func (s *Server) client(chains []string) netip.Addr {
	var client netip.Addr
	for _, text := range slices.Backward(strings.Split(strings.Join(chains, ","), ",")) {
		text = strings.TrimSpace(text)
		address, err := netip.ParseAddr(text)
		if err != nil { // some proxies add the port
			var withPort netip.AddrPort
			withPort, err = netip.ParseAddrPort(text)
			address = withPort.Addr()
		}
		if err != nil {
			break
		}
		client = address.Unmap().WithZone("")
		if !s.trusts(client) {
			break
		}
	}
	return client
}

// isElsewhere reports whether a request must be redirected to the base URL: it came under
// another host name, or by plain HTTP although the base URL has HTTPS. IP addresses and
// localhost do not count as other names, because monitors may know the server only by them.
func (s *Server) isElsewhere(r *http.Request, isPlain bool) bool {
	if s.Host == "" || r.Host == s.Host && !isPlain || r.URL.Path == healthPath || r.URL.Path == readyPath {
		return false
	}
	if isPlain && strings.HasPrefix(s.Site.BaseURL, "https://") {
		return true
	}
	name := hostName(r.Host)
	if _, err := netip.ParseAddr(name); err == nil || name == "localhost" {
		return false
	}
	return name != hostName(s.Host)
}

// hostName returns a host without its port, in lower case.
func hostName(host string) string {
	name := host
	if without, _, err := net.SplitHostPort(host); err == nil {
		name = without
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
}

// redirectToBaseURL redirects to the same address under the base URL, in its clean form.
func (s *Server) redirectToBaseURL(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	maps.Copy(header, s.security.pages)
	allowPrograms(header, r)
	// Somebody may reach a shared cache under the site's own name and claim another in a
	// header: the cache must not send everybody else in circles.
	header.Set("Cache-Control", "private, max-age=3600")
	target := url.URL{Path: s.cleanPath(r.URL.Path), RawQuery: queryOf(r)}
	header.Set("Location", s.Site.BaseURL+target.String())
	w.WriteHeader(http.StatusPermanentRedirect)
}
