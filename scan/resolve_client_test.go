package scan_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/scan"
)

var open = scan.ResolveOptions{Recipient: "Border post 7"}

// No link makes this program ask an address that is not of the open network, however it is written.
func TestA98_AddressesOfThisMachineAndOfPrivateNetworksAreNotAsked(t *testing.T) {
	nameServer(t)
	s := newSharer(t)
	s.serve("/f", encrypted(cardFile))
	port := strings.TrimPrefix(s.URL[strings.LastIndexByte(s.URL, ':'):], ":")
	if inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/f"), private); err != nil || lone(inputs[0]) != cardFile || len(s.asked()) != 1 {
		t.Fatalf("the sibling: %v, %v", inputs, err)
	}
	for _, address := range []string{
		"https://127.0.0.1:" + port + "/f", "https://localhost:" + port + "/f", "https://LOCALHOST:" + port + "/f", "https://localhost.:" + port + "/f",
		"https://127.1:" + port + "/f", "https://2130706433:" + port + "/f", "https://0x7f000001:" + port + "/f", "https://[::1]:" + port + "/f",
		"https://[::ffff:127.0.0.1]:" + port + "/f", "https://[::ffff:7f00:1]:" + port + "/f", "https://0.0.0.0:" + port + "/f", "https://[::]:" + port + "/f",
		"https://169.254.169.254/latest/meta-data", "https://10.0.0.1/f", "https://192.168.0.1/f", "https://172.16.0.1/f", "https://100.64.0.1/f",
		"https://[fe80::1]/f", "https://[fd00::1]/f", "https://[64:ff9b::7f00:1]/f", "https://[2002:7f00:1::]/f",
		"http://links.utopia.example/f", "ftp://links.utopia.example/f", "file:///etc/passwd", "https://me@127.0.0.1:" + port + "/f", "https://links.utopia.example@127.0.0.1:" + port + "/f",
		"gopher://127.0.0.1:" + port + "/f", "http://127.0.0.1:" + port + "/f",
	} {
		inputs, err := resolve(t, s, mint.LinkDirect(address), open)
		if err == nil || inputs != nil {
			t.Errorf("%s: %v, %v", address, inputs, err)
		}
	}
	if asked := s.asked(); len(asked) != 0 {
		t.Errorf("asked %q", asked)
	}
}

// nameServer leaves the tests the names of this machine and no others, so that none of them asks the network.
func nameServer(t *testing.T) {
	t.Helper()
	before := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = before })
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("there is no network here")
	}}
}

// The address is looked at where the connection is made: a name that means one address when it is checked and another when
// it is used is refused all the same.
func TestA98_TheAddressIsCheckedWhereTheConnectionIsMade(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "1.1.1.1": true, "2606:4700::1111": true, "93.184.216.34": true,
		"127.0.0.1": false, "127.255.255.254": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:8.8.8.8": true, "::127.0.0.1": false, "0.0.0.0": false, "::": false,
		"10.1.2.3": false, "172.31.255.255": false, "172.32.0.1": true, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.128.0.1": true,
		"192.0.0.8": false, "192.0.2.1": false, "198.18.0.1": false, "198.51.100.1": false, "203.0.113.1": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"fe80::1": false, "fe80::1%eth0": false, "2606:4700::1111%eth0": false, "fec0::1": false, "fc00::1": false, "fdff::1": false, "ff02::1": false,
		"64:ff9b::808:808": false, "64:ff9b:1::1": false, "2001::1": false, "2001:db8::1": false, "2002:808:808::": false, "100::1": false,
	} {
		if got := scan.IsOpen(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestA98_RedirectsStayWithinOneHost(t *testing.T) {
	s, other := newSharer(t), newSharer(t)
	s.serve("/f", encrypted(cardFile))
	other.serve("/f", encrypted(cardFile))
	to := func(address string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, address, http.StatusTemporaryRedirect)
		}
	}
	hops := 0
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		ok     bool
	}{
		"one within the host": {to("/f"), true},
		"three": {func(w http.ResponseWriter, r *http.Request) {
			hops++
			to(map[bool]string{true: "/start", false: "/f"}[hops%3 != 0])(w, r)
		}, true},
		"without end":          {to("/start"), false},
		"to another host":      {to(other.URL + "/f"), false},
		"to another name":      {to(strings.Replace(s.URL, "127.0.0.1", "localhost", 1) + "/f"), false},
		"to http":              {to("http://" + host(s) + "/f"), false},
		"to a file":            {to("file:///etc/passwd"), false},
		"to ftp":               {to("ftp://" + host(s) + "/f"), false},
		"to a user":            {to("https://me@" + host(s) + "/f"), false},
		"to a private network": {to("https://10.0.0.1/f"), false},
	} {
		s.answers["/start"] = c.answer
		inputs, err := resolve(t, s, mint.LinkDirect(s.URL+"/start"), private)
		if (err == nil) != c.ok || c.ok && lone(inputs[0]) != cardFile || !c.ok && !errors.Is(err, scan.ErrAddress) && name != "to http" {
			t.Errorf("%s: %v, %v", name, inputs, err)
		}
	}
	if asked := other.asked(); len(asked) != 0 {
		t.Errorf("the other host was asked %q", asked)
	}
}

func TestTheCallersClientIsNotChangedAndItsProxyIsNotAsked(t *testing.T) {
	asked := false
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer proxy.Close()
	address, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{Proxy: http.ProxyURL(address)}
	client := &http.Client{Transport: transport, Jar: jar}
	if _, err := scan.Resolve(t.Context(), client, []byte(mint.LinkDirect("https://10.0.0.1/f")), open); !errors.Is(err, scan.ErrAddress) || asked {
		t.Errorf("%v; the proxy was asked: %v", err, asked)
	}
	if client.Transport != http.RoundTripper(transport) || transport.Proxy == nil || transport.DialContext != nil || client.CheckRedirect != nil || client.Timeout != 0 || client.Jar == nil {
		t.Error("the caller's client was changed")
	}
	other := &http.Client{Transport: roundTripper{}}
	if _, err := scan.Resolve(t.Context(), other, []byte(mint.LinkDirect("https://links.utopia.example/f")), open); err == nil || !strings.Contains(err.Error(), "transport") {
		t.Errorf("a transport of another kind: %v", err)
	}
	if _, err := scan.Resolve(t.Context(), other, []byte(mint.LinkDirect("https://links.utopia.example/f")), private); !errors.Is(err, errRoundTripper) {
		t.Errorf("the same, permitted: %v", err)
	}
	if _, err := scan.Resolve(t.Context(), &http.Client{}, []byte(mint.LinkDirect("https://127.0.0.1:1/f")), open); !errors.Is(err, scan.ErrAddress) {
		t.Errorf("the default transport: %v", err)
	}
}

var errRoundTripper = errors.New("not sent")

type roundTripper struct{}

func (roundTripper) RoundTrip(*http.Request) (*http.Response, error) { return nil, errRoundTripper }
