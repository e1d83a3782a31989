package attacks_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// A trap counts what tries to reach the network while the tests run: it is the proxy for every request and the server
// for every name, and the attacks name its own address too.
type trap struct {
	address string
	sprung  atomic.Int64
}

var network trap

func TestMain(m *testing.M) {
	if err := network.set(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if n := network.sprung.Load(); n > 0 {
		fmt.Fprintf(os.Stderr, "the network was asked %d times\n", n)
		code = 1
	}
	os.Exit(code)
}

func (n *trap) set() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	n.address = l.Addr().String()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			n.sprung.Add(1)
			_ = c.Close()
		}
	}()
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		n.sprung.Add(1)
		return nil, errors.New("there is no network here")
	}}
	return errors.Join(os.Setenv("HTTP_PROXY", "http://"+n.address), os.Setenv("HTTPS_PROXY", "http://"+n.address))
}

// The labels of RFC 9360 §2 by which a COSE header carries certificates or says where they are.
const headerX5Chain, headerX5U = 33, 35

func TestA04_CertificateAndAddressInAHeader(t *testing.T) {
	url, forger := mint.Text("http://"+network.address+"/key"), mint.Fresh("forger")
	header := func(h mint.HCERT, key int, value mint.Item) mint.HCERT {
		h.Protected = mint.Set(h.Protected, value, key)
		return h
	}
	chain := func(h mint.HCERT, certificates ...mint.Item) mint.HCERT {
		return header(h, headerX5Chain, mint.Array(certificates))
	}
	noKID := changed(vaccination, func(h *mint.HCERT) { h.Protected = mint.Drop(h.Protected, mint.HeaderKID) })
	own, trusted := mint.Bytes(forger.Cert), mint.Bytes(ut.Vaccination.Cert)
	attack(t, utopia(t), vaccination,
		mutant{"own certificate", mint.Resign(chain(noKID, own), forger), untrusted(verify.SealSignerUnknown)},
		mutant{"own certificate and a trusted one", mint.Resign(chain(noKID, own, trusted), forger), untrusted(verify.SealSignerUnknown)},
		mutant{"own certificate, trusted kid", mint.Resign(chain(vaccination, own), forger), disproved(verify.SealMismatch)},
		mutant{"a trusted certificate", mint.Resign(chain(noKID, trusted), forger), disproved(verify.SealMismatch)},
		mutant{"own certificate beside a good seal", chain(vaccination, own), accepted},
		mutant{"nine certificates", chain(vaccination, slices.Repeat([]mint.Item{own}, 9)...), unreadable(formats.CodeEnvelope)},
		mutant{"own address", mint.Resign(header(noKID, headerX5U, url), forger), untrusted(verify.SealSignerUnknown)},
		mutant{"own address, trusted kid", mint.Resign(header(vaccination, headerX5U, url), forger), disproved(verify.SealMismatch)},
		mutant{"an address beside a good seal", header(vaccination, headerX5U, url), accepted},
		mutant{"an address for a kid", header(vaccination, mint.HeaderKID, mint.Bytes(url)), untrusted(verify.SealSignerUnknown)},
		mutant{"an address for the issuer", vaccination.SetClaim(url, mint.ClaimIssuer), untrusted(verify.SealCountry)},
		mutant{"an address for the identifier", vaccination.Set(url, "v", 0, "ci"), accepted},
	)
	if n := network.sprung.Load(); n != 0 {
		t.Fatalf("%d connections", n)
	}
	c, err := net.Dial("tcp", network.address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Read(make([]byte, 1)); err == nil || network.sprung.Add(-1) != 0 {
		t.Error("the trap does not count")
	}
}
