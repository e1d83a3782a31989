package opennet_test

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/travelseal/travelseal/internal/opennet"
)

func TestOnlyTheOpenNetworkIsConnectedTo(t *testing.T) {
	for _, closed := range []string{
		"127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8",
		"198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "240.0.0.1",
		"::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1", "fe80::1%eth0",
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::1", "2001::1", "100::1",
	} {
		a := netip.MustParseAddr(closed)
		if opennet.Has(a) || !errors.Is(opennet.Only(t.Context(), "tcp", netip.AddrPortFrom(a, 443).String(), nil), opennet.ErrClosed) {
			t.Errorf("%s is connected to", closed)
		}
	}
	for _, open := range []string{"1.1.1.1", "93.184.216.34", "172.32.0.1", "::ffff:1.1.1.1", "2606:4700::1111", "2a00:1450::1"} {
		a := netip.MustParseAddr(open)
		if err := opennet.Only(t.Context(), "tcp", netip.AddrPortFrom(a, 443).String(), nil); err != nil || !opennet.Has(a) {
			t.Errorf("%s: %v", open, err)
		}
	}
	for _, other := range []string{"", "example.org:443", "1.1.1.1", "/var/run/socket"} {
		if opennet.Only(t.Context(), "tcp", other, nil) == nil {
			t.Errorf("%q is connected to", other)
		}
	}
}
