package httpapi

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// Config is what the handler needs. Verifier and Set are required.
type Config struct {
	Verifier *verify.Verifier
	// Set is the Verifier's own set of formats. It joins the parts of documents and is listed under /v1/formats.
	Set *formats.Set
	// Explain lists the codes of the Verifier's rules, beside those of package verify.
	Explain []verify.Explanation
	Limits  Limits
	// Hosts are the names and addresses, without ports, that requests may be made for; none means those of the machine
	// itself: localhost, 127.0.0.1 and ::1.
	Hosts []string
	// Origins are origins ("https://check.example.org") whose pages may POST beside this handler's own, as when a proxy
	// serves the page under another name. They are sent no CORS headers, so their scripts read no answer.
	Origins []string
	// Ready says what else must be in order before /readyz says yes; nil is nothing. Its error is logged, not shown.
	Ready func() error
	// Logger gets one line a request; nil is none. See the package comment for what it never gets.
	Logger *slog.Logger
}

// Limits bound the work that requests can cause. A field that is not positive means the default.
type Limits struct {
	Body int64         // bytes of one body; default 10 MiB
	Time time.Duration // for one request, from the first byte of its body to its verdict; default 10 s
	// Concurrent is how many requests are checked at one time; default 4, and twice the number of processors is
	// sensible. Eight times as many may be underway, being received or waiting; more are told to come again.
	Concurrent int
	Documents  int // documents in one request, without the MRZ; default 16
	Symbols    int // codes in one picture; default that of package scan
	Pixels     int // pixels of one picture, each of which takes up to 16 bytes of memory; default that of package scan
}

// DefaultLimits are the limits that a zero Limits means. Symbols and Pixels are left to package scan.
var DefaultLimits = Limits{Body: 10 << 20, Time: 10 * time.Second, Concurrent: 4, Documents: 16}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	if l.Body > 0 {
		d.Body = l.Body
	}
	if l.Time > 0 {
		d.Time = l.Time
	}
	if l.Concurrent > 0 {
		d.Concurrent = l.Concurrent
	}
	if l.Documents > 0 {
		d.Documents = l.Documents
	}
	d.Symbols, d.Pixels = max(l.Symbols, 0), max(l.Pixels, 0)
	return d
}

// hostSet checks the configured hosts and gives them in the spelling that requests are compared in.
func hostSet(hosts []string) (map[string]bool, error) {
	if len(hosts) == 0 {
		hosts = []string{"localhost", "127.0.0.1", "::1"}
	}
	set := make(map[string]bool, len(hosts))
	for _, h := range hosts {
		if addr, err := netip.ParseAddr(h); err == nil {
			set[addr.String()] = true
			continue
		}
		if h == "" || strings.Trim(strings.ToLower(h), "abcdefghijklmnopqrstuvwxyz0123456789-._") != "" {
			return nil, fmt.Errorf("httpapi: Config.Hosts: %q is not a name or address without a port", h)
		}
		set[strings.ToLower(h)] = true
	}
	return set, nil
}

// originCheck is the standard library's protection against forged requests of other pages, with the configured origins.
func originCheck(origins []string) (*http.CrossOriginProtection, error) {
	check := http.NewCrossOriginProtection()
	for _, o := range origins {
		if err := check.AddTrustedOrigin(o); err != nil {
			return nil, fmt.Errorf("httpapi: Config.Origins: %w", err)
		}
	}
	return check, nil
}

func (c *Config) check() error {
	if c.Verifier == nil {
		return errors.New("httpapi: Config.Verifier is needed")
	}
	if c.Set == nil {
		return errors.New("httpapi: Config.Set is needed")
	}
	seen := make(map[verify.Code]bool)
	for _, e := range c.Explain {
		if verify.Known(e.Code) || seen[e.Code] {
			return fmt.Errorf("httpapi: Config.Explain: the code %q is explained twice", e.Code)
		}
		seen[e.Code] = true
	}
	return nil
}
