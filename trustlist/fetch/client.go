package fetch

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/travelseal/travelseal/internal/opennet"
)

// The limits of a connection.
const (
	connectTimeout = 15 * time.Second
	headerTimeout  = 30 * time.Second
	// Timeout bounds the fetching of one source, redirects and all.
	Timeout      = 5 * time.Minute
	maxRedirects = 3
	maxHeader    = 64 << 10
)

// ErrRedirect means that a server redirects to an address that the list does not have for the source.
var ErrRedirect = errors.New("a redirect to an address that is not on the list for this source")

// transport connects to addresses of the open network only. It has no proxy and no cookies, and asks for no compression: what
// is counted against the limit is what comes.
func transport() *http.Transport {
	dialer := &net.Dialer{Timeout: connectTimeout, ControlContext: opennet.Only}
	return &http.Transport{
		DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, TLSHandshakeTimeout: connectTimeout,
		ResponseHeaderTimeout: headerTimeout, MaxResponseHeaderBytes: maxHeader, DisableCompression: true, DisableKeepAlives: true, ForceAttemptHTTP2: true,
	}
}

// client is for one source.
func (f *Fetcher) client(s Source) *http.Client {
	return &http.Client{Transport: f.transport, Timeout: Timeout, CheckRedirect: func(next *http.Request, before []*http.Request) error {
		switch {
		case len(before) > maxRedirects:
			return fmt.Errorf("%w: more than %d redirects", ErrRedirect, maxRedirects)
		case next.URL.Host != before[0].URL.Host:
			return fmt.Errorf("%w: to another host", ErrRedirect)
		case !slices.Contains(s.Redirects, next.URL.String()):
			return ErrRedirect
		}
		return nil
	}}
}
