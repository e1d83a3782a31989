package attacks_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync/atomic"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
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

// The labels of RFC 9360 §2 by which a COSE header can name a certificate.
const headerX5Chain, headerX5U = 33, 35

func TestNoDocumentAndNoCertificateOpensAConnection(t *testing.T) {
	url := mint.Text("http://" + network.address + "/key")
	header := func(key int, value mint.Item) mint.HCERT {
		return changed(vaccination, func(h *mint.HCERT) { h.Protected = mint.Set(h.Protected, value, key) })
	}
	attack(t, utopia(t), vaccination,
		mutant{"x5u", header(headerX5U, url), accepted},
		mutant{"x5u, unknown signer", mint.Resign(header(headerX5U, url).Set(mint.Text("D"), "nam", "fn"), mint.Fresh("online")), disproved("seal.mismatch")},
		mutant{"kid", header(mint.HeaderKID, mint.Bytes(url)), untrusted("seal.signer_unknown")},
		mutant{"issuer", vaccination.SetClaim(url, mint.ClaimIssuer), untrusted("seal.country")},
		mutant{"identifier", vaccination.Set(url, "v", 0, "ci"), accepted},
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
