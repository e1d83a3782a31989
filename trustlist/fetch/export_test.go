package fetch

import (
	"context"
	"crypto/x509"
	"net"
	"time"
)

// ForTestsOnLoopback makes a Fetcher that may connect to this machine, and to nothing else, and trusts the certificate of a
// test's server. Nothing outside the tests of this package can make one.
func ForTestsOnLoopback(now func() time.Time, roots *x509.CertPool, address string) *Fetcher {
	f := New(now)
	f.transport.TLSClientConfig.RootCAs = roots
	f.transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	return f
}

// Trusting is the Fetcher of New with the certificate of a test's server trusted, which still connects only to the open
// network.
func Trusting(now func() time.Time, roots *x509.CertPool) *Fetcher {
	f := New(now)
	f.transport.TLSClientConfig.RootCAs = roots
	return f
}

// Ask fetches a source without checking its address first.
func (f *Fetcher) Ask(ctx context.Context, s Source, folder string) (Result, error) {
	r, err := f.ask(ctx, s, folder)
	if err != nil {
		return Result{}, plainly(err)
	}
	return r, nil
}

// Check and Known are for tests of the forms alone.
func (f Form) Check(data []byte) error { return f.check(data) }
func (f Form) Known() bool             { return f.known() }
