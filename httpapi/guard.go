package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"path"
	"strings"

	"github.com/travelseal/travelseal/httpapi/page"
)

// A guard stands before the routes and refuses what no route may see.
type guard struct {
	hosts  map[string]bool
	origin *http.CrossOriginProtection
	routes http.Handler
}

func (g *guard) serve(w http.ResponseWriter, r *http.Request) error {
	setHeaders(w.Header())
	switch {
	case !g.hosts[hostName(r.Host)]:
		return wrongHost.refused()
	// An address has one spelling. The mux would redirect others, and repeat the address in its answer.
	case !strings.HasPrefix(r.URL.Path, "/") || path.Clean(r.URL.Path) != r.URL.Path:
		return notFound.refused()
	case g.origin.Check(r) != nil:
		return wrongOrigin.refused()
	}
	g.routes.ServeHTTP(w, r)
	return nil
}

// hostName is the Host of a request without its port, in the spelling of hostSet.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.String()
	}
	return host
}

// quiet are the powers of a browser that the page gives up.
const quiet = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(), " +
	"display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), " +
	"local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), " +
	"publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"

// setHeaders sets what every answer carries: nobody stores it, frames it, guesses its type or learns of it from a
// Referer, and it may load nothing but the page's own files.
func setHeaders(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", page.SecurityPolicy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", quiet)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}
