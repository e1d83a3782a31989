// Package opennet tells the addresses of the open network from those of this machine and of networks that are not open, for
// the few places of this project that connect to anything.
//
// It is asked where a connection is made, after every name has been looked up, so that no name can first mean one address
// and then another, and so that no proxy or redirect comes in between unseen.
package opennet

import (
	"context"
	"errors"
	"net/netip"
	"syscall"
)

// ErrClosed means that an address is not one of the open network.
var ErrClosed = errors.New("not an address of the open network")

// Only refuses a connection to any other address. It is a ControlContext of a net.Dialer.
func Only(_ context.Context, _, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil || !Has(a.Addr()) {
		return ErrClosed
	}
	return nil
}

// closed are the ranges that the IANA keeps for special purposes (RFC 6890 and its registries) beside those that package
// netip knows, and those of IPv6 in which an address of IPv4 can hide.
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("3fff::/20"), netip.MustParsePrefix("5f00::/16"), netip.MustParsePrefix("fec0::/10"),
}

// Has reports whether an address belongs to the open network.
func Has(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.Zone() != "" {
		return false
	}
	for _, p := range closed {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
