package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quicktakes/content/contenttest"
)

// newCertificate returns a certificate for example.org and its key as PEM.
func newCertificate(t *testing.T, serial int64) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{"example.org"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour)}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded})
}

// getSecure asks for a page over a connection of its own, as example.org.
func getSecure(t *testing.T, address string) *http.Response {
	t.Helper()
	client := http.Client{Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{ServerName: "example.org", InsecureSkipVerify: true},
		ForceAttemptHTTP2: true,
		DisableKeepAlives: true,
	}}
	response, err := client.Get("https://" + address + "/learn")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response
}

func TestServeHTTPS(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	files := t.TempDir()
	write := func(serial int64) {
		certificate, key := newCertificate(t, serial)
		contenttest.WriteFile(t, files, "cert.pem", string(certificate))
		contenttest.WriteFile(t, files, "key.pem", string(key))
	}
	write(1)
	r := serve(t, "--content", folder, "--db", filepath.Join(t.TempDir(), "library.db"), "--base-url", "https://example.org",
		"--tls-cert", filepath.Join(files, "cert.pem"), "--tls-key", filepath.Join(files, "key.pem"), "--http-addr", "127.0.0.1:0")
	line := r.waitFor("plain HTTP")
	plain := strings.TrimSpace(line[strings.Index(line, "address=")+len("address="):])
	r.waitFor("loaded")
	address := strings.TrimPrefix(r.base, "http://")
	response := getSecure(t, address)
	if response.StatusCode != 200 || response.Proto != "HTTP/2.0" || response.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s %s, header %v", response.Proto, response.Status, response.Header)
	}
	if code, _, log := runCommand(t, "health", "--addr", address, "--base-url", "https://example.org", "--tls-cert", "x", "--tls-key", "x"); code != 0 {
		t.Errorf("health: exit %d: %s", code, log)
	}
	code, out, log := runCommand(t, "audit", "--addr", address, "--base-url", "https://example.org", "--tls-cert", "x", "--tls-key", "x")
	if code != 0 || !strings.Contains(out, ": 0 errors") {
		t.Errorf("audit: exit %d, %s: %s", code, out, log)
	}

	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	redirect, err := client.Get("http://" + plain + "/learn?page=2")
	if err != nil {
		t.Fatal(err)
	}
	redirect.Body.Close()
	if to := redirect.Header.Get("Location"); redirect.StatusCode != 308 || to != "https://example.org/learn?page=2" {
		t.Errorf("plain HTTP: %d to %s", redirect.StatusCode, to)
	}

	contenttest.WriteFile(t, files, "cert.pem", "half written")
	if serial := getSecure(t, address).TLS.PeerCertificates[0].SerialNumber.Int64(); serial != 1 {
		t.Errorf("a certificate that cannot be read: serial %d", serial)
	}
	write(2)
	if serial := getSecure(t, address).TLS.PeerCertificates[0].SerialNumber.Int64(); serial != 2 {
		t.Errorf("a renewed certificate is not taken: serial %d", serial)
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
}

// A certificate is used as soon as it can be read, even if its files are no newer by then, as
// after a change of their permissions. That it cannot be read is logged once.
func TestServeCertificateThatCouldNotBeRead(t *testing.T) {
	files := t.TempDir()
	renewal := time.Now().Add(time.Hour)
	write := func(certificate, key []byte) {
		for name, data := range map[string][]byte{"cert.pem": certificate, "key.pem": key} {
			contenttest.WriteFile(t, files, name, string(data))
			if err := os.Chtimes(filepath.Join(files, name), renewal, renewal); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(newCertificate(t, 1))
	r := serve(t, "--content", contenttest.Folder(t, edition(1)...), "--db", filepath.Join(t.TempDir(), "library.db"),
		"--tls-cert", filepath.Join(files, "cert.pem"), "--tls-key", filepath.Join(files, "key.pem"))
	r.waitFor("loaded")
	address := strings.TrimPrefix(r.base, "http://")
	serial := func() int64 { return getSecure(t, address).TLS.PeerCertificates[0].SerialNumber.Int64() }
	renewal = renewal.Add(time.Hour)
	write([]byte("half written"), []byte("half written"))
	if first, second := serial(), serial(); first != 1 || second != 1 {
		t.Errorf("serials %d and %d while no other can be read", first, second)
	}
	write(newCertificate(t, 2))
	if got := serial(); got != 2 {
		t.Errorf("serial %d, want that of the renewed certificate", got)
	}
	r.stop()
	told := 0
	for r.logs.Scan() {
		if strings.Contains(r.logs.Text(), "the last good certificate stays") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told of it %d times", told)
	}
	r.end()
}

// A certificate fetched earlier is served from its folder, for the domains named and no others.
// The program finds its own server, even if the base URL is another domain, such as that of a
// CDN.
func TestServeFetchedCertificate(t *testing.T) {
	folder := contenttest.Folder(t, edition(1)...)
	cache := t.TempDir()
	certificate, key := newCertificate(t, 7)
	contenttest.WriteFile(t, cache, "example.org", string(bytes.Join([][]byte{key, certificate}, nil)))
	secure := []string{"--tls-domains", "example.org,www.example.org", "--tls-cache", cache, "--base-url", "https://cdn.example"}
	r := serve(t, append([]string{"--content", folder, "--db", filepath.Join(t.TempDir(), "library.db")}, secure...)...)
	address := strings.TrimPrefix(r.base, "http://")
	r.waitFor("loaded")
	if serial := getSecure(t, address).TLS.PeerCertificates[0].SerialNumber.Int64(); serial != 7 {
		t.Errorf("serial %d, want that of the cache", serial)
	}
	if _, err := tls.Dial("tcp", address, &tls.Config{ServerName: "evil.example", InsecureSkipVerify: true}); err == nil {
		t.Error("a certificate for a domain that nobody named")
	}
	for _, command := range []string{"health", "audit"} {
		if code, out, log := runCommand(t, append([]string{command, "--addr", address}, secure...)...); code != 0 {
			t.Errorf("%s: exit %d, %s: %s", command, code, out, log)
		}
	}
	r.stop()
	for r.logs.Scan() {
		if line := r.logs.Text(); !strings.Contains(line, "level=INFO") {
			t.Errorf("what strangers try is logged: %s", line)
		}
	}
	r.end()
}

// Proxies speak HTTP/2 to the program without HTTPS.
func TestServeUnencryptedHTTP2(t *testing.T) {
	r := serve(t, "--content", contenttest.Folder(t, edition(1)...), "--db", filepath.Join(t.TempDir(), "library.db"))
	r.waitFor("loaded")
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	client := http.Client{Transport: &http.Transport{Protocols: protocols}}
	response, err := client.Get(r.base + "/learn")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != 200 || response.Proto != "HTTP/2.0" {
		t.Errorf("%s %s", response.Proto, response.Status)
	}
	if code := r.end(); code != 0 {
		t.Errorf("exit %d", code)
	}
}
