package scan

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/travelseal/travelseal/internal/opennet"
)

const (
	resolveTimeout = 30 * time.Second // of a client that has none
	maxRedirects   = 3
)

// client copies the caller's client and takes from it what could carry a request elsewhere.
func (o ResolveOptions) client(given *http.Client) (*http.Client, error) {
	if given == nil {
		return nil, errors.New("a client is needed: nothing reaches the network by itself")
	}
	c := &http.Client{Transport: given.Transport, Timeout: given.Timeout, CheckRedirect: o.redirect} // no cookies
	if c.Timeout == 0 {
		c.Timeout = resolveTimeout
	}
	if o.Private {
		return c, nil
	}
	if c.Transport == nil {
		c.Transport = http.DefaultTransport
	}
	t, ok := c.Transport.(*http.Transport)
	if !ok {
		return nil, errors.New("the client's transport is no *http.Transport, so that addresses could not be checked")
	}
	t = t.Clone()
	// Behind a proxy, or a dialer of the caller's, nobody would see which address is asked in the end.
	t.Proxy, t.DialTLSContext = nil, nil
	t.DialTLS = nil //lint:ignore SA1019 it would be called in place of DialContext
	t.DialContext = (&net.Dialer{Timeout: resolveTimeout, ControlContext: openNetworkOnly}).DialContext
	t.ForceAttemptHTTP2 = true
	c.Transport = t
	return c, nil
}

// redirect follows redirects within one host, over https.
func (o ResolveOptions) redirect(next *http.Request, before []*http.Request) error {
	switch {
	case len(before) > maxRedirects:
		return fmt.Errorf("%w: more than %d redirects", ErrAddress, maxRedirects)
	case next.URL.Host != before[0].URL.Host:
		return fmt.Errorf("%w: a redirect to another host", ErrAddress)
	}
	return o.check(next.URL)
}

// check demands an address over https, without a user's name. Private permits http to this machine.
func (o ResolveOptions) check(u *url.URL) error {
	if u.User != nil || u.Hostname() == "" {
		return fmt.Errorf("%w: without a host, or with a user's name", ErrAddress)
	}
	if u.Scheme == "https" || o.Private && u.Scheme == "http" && isLoopback(u.Hostname()) {
		return nil
	}
	return fmt.Errorf("%w: not https", ErrAddress)
}

func isLoopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.Unmap().IsLoopback()
}

// openNetworkOnly refuses a connection by the address that it is made to, after every name has been looked up, so that no
// name can first mean one address and then another.
func openNetworkOnly(ctx context.Context, network, address string, c syscall.RawConn) error {
	if opennet.Only(ctx, network, address, c) != nil {
		return fmt.Errorf("%w: not of the open network", ErrAddress)
	}
	return nil
}
