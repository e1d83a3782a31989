package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// ErrAddress means that an address is not one that is asked.
var ErrAddress = errors.New("an address that is not asked")

// checkURL demands the one form of an address and gives its host. Two spellings of one address, or an address that two
// programs read differently, must not lead past the list: so there is no port, user, fragment, escape, dot segment or
// capital letter to begin with, and what is asked is what stands on the list, letter for letter.
func checkURL(text string) (host string, err error) {
	refuse := func(why string) (string, error) { return "", fmt.Errorf("%w: %s", ErrAddress, why) }
	u, err := url.Parse(text)
	if err != nil {
		return refuse("it cannot be read")
	}
	host = u.Host
	switch {
	case u.Scheme != "https" || !strings.HasPrefix(text, "https://"):
		return refuse("it does not begin with https://")
	case u.User != nil:
		return refuse("a user's name stands before the host")
	case u.Fragment != "" || strings.Contains(text, "#"):
		return refuse("it has a fragment")
	case strings.ContainsAny(host, ":[]"):
		return refuse("the host has a port, or is an address of IPv6")
	case !isHost(host):
		return refuse("the host is not a full name in small letters of ASCII (xn-- for others), without a dot at the end")
	case strings.ContainsAny(u.EscapedPath(), "%\\") || u.RawPath != "":
		return refuse("the path is escaped")
	case u.Path == "" || path.Clean(u.Path) != strings.TrimSuffix(u.Path, "/") && u.Path != "/":
		return refuse("the path is empty, or has dots or two slashes in a row")
	case u.String() != text || u.ForceQuery:
		return refuse("it can be written in another way: " + u.String())
	}
	return host, nil
}

// isHost reports whether a text is a name of at least two labels (RFC 1123 §2.1) and no number, which some resolvers read as
// an address of IPv4.
func isHost(host string) bool {
	labels := strings.Split(host, ".")
	if len(host) > 253 || len(labels) < 2 {
		return false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	last := labels[len(labels)-1]
	return strings.Trim(last, "0123456789") != "" && !strings.HasPrefix(last, "0x") && last != "localhost" && last != "local" && last != "internal"
}
