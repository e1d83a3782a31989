package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/httpapi"
)

// A name that a stranger points at this machine reaches nothing.
func TestOnlyTheHostsThatAreServedAreServed(t *testing.T) {
	loopback := handler(t, nil)
	named := handler(t, func(c *httpapi.Config) { c.Hosts = []string{"Check.example.org", "192.0.2.7", "2001:DB8::7"} })
	for _, c := range []struct {
		h    http.Handler
		host string
		ok   bool
	}{
		{loopback, "localhost", true}, {loopback, "LOCALHOST:8080", true}, {loopback, "127.0.0.1:1", true}, {loopback, "[::1]:8080", true}, {loopback, "[::1]", true},
		{loopback, "[0:0:0:0:0:0:0:1]:8080", true},
		{loopback, "", false}, {loopback, "evil.example", false}, {loopback, "localhost.evil.example", false}, {loopback, "localhost.", false},
		{loopback, "127.0.0.1.evil.example:8080", false}, {loopback, "127.0.0.2", false}, {loopback, "0.0.0.0:8080", false}, {loopback, "2130706433", false},
		{loopback, "[::ffff:127.0.0.1]:8080", false}, {loopback, "localhost:80:80", false}, {loopback, "[localhost]", true}, {loopback, "192.0.2.7", false},
		{named, "check.example.org", true}, {named, "CHECK.example.org:443", true}, {named, "192.0.2.7:80", true}, {named, "[2001:db8::7]", true},
		{named, "localhost", false}, {named, "example.org", false}, {named, "a.check.example.org", false},
	} {
		for _, r := range []*http.Request{get("/v1/codes"), get("/"), get("/healthz"), post("text/plain", "x")} {
			r.Host = c.host
			w := serve(c.h, r)
			if c.ok && w.Code != http.StatusOK {
				t.Errorf("%q is refused: %d %s", c.host, w.Code, w.Body)
			}
			if !c.ok {
				refused(t, w.Result(), http.StatusMisdirectedRequest, "host")
			}
		}
	}
}

// A page of another origin cannot make a browser ask here, whatever content type it claims.
func TestPagesOfOtherOriginsCannotAsk(t *testing.T) {
	h := handler(t, func(c *httpapi.Config) { c.Origins = []string{"https://check.example.org"} })
	for _, c := range []struct {
		origin, site string
		ok           bool
	}{
		{"", "", true}, // no browser
		{"http://127.0.0.1:8080", "", true},
		{"http://127.0.0.1:8080", "same-origin", true},
		{"https://check.example.org", "cross-site", true},
		{"https://check.example.org", "", true},
		{"https://evil.example", "", false},
		{"https://evil.example", "cross-site", false},
		{"http://127.0.0.1:9999", "", false},
		{"http://127.0.0.1:9999", "same-site", false},
		{"http://localhost:8080", "same-site", false},
		{"null", "", false},
		{"null", "cross-site", false},
		{"http://check.example.org", "cross-site", false},
		{"https://check.example.org.evil.example", "", false},
		{"", "cross-site", false},
	} {
		for _, media := range []string{"text/plain", "application/json", "image/png"} {
			r := post(media, `{"mrz":"x"}`)
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			if c.site != "" {
				r.Header.Set("Sec-Fetch-Site", c.site)
			}
			w := serve(h, r)
			if c.ok && w.Code != http.StatusOK {
				t.Errorf("origin %q, site %q: %d %s", c.origin, c.site, w.Code, w.Body)
			}
			if !c.ok {
				refused(t, w.Result(), http.StatusForbidden, "origin")
			}
			for name := range w.Header() {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("the answer has %s", name)
				}
			}
		}
	}
}

func TestAPreflightPermitsNothing(t *testing.T) {
	r := get("/v1/verify")
	r.Method = http.MethodOptions
	r.Header.Set("Origin", "https://evil.example")
	r.Header.Set("Access-Control-Request-Method", "POST")
	w := serve(handler(t, nil), r)
	refused(t, w.Result(), http.StatusMethodNotAllowed, "method")
	for name := range w.Header() {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("the answer has %s", name)
		}
	}
}

// Every answer, good or bad, forbids storing, framing, guessing and loading.
func TestEveryAnswerCarriesTheSameProtection(t *testing.T) {
	h := handler(t, nil)
	evil := get("/")
	evil.Host = "evil.example"
	for _, r := range []*http.Request{
		get("/"), get("/page.js"), get("/v1/codes"), get("/openapi.json"), get("/healthz"), get("/nothing"), get("/v1/verify"), post("text/plain", "x"),
		post("text/html", "x"), evil,
	} {
		header := serve(h, r).Header()
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s %s: %s is %q, want %q", r.Method, r.URL, name, got, want)
			}
		}
		policy := header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
			t.Errorf("%s %s: Content-Security-Policy is %q", r.Method, r.URL, policy)
		}
		if !strings.Contains(header.Get("Permissions-Policy"), "camera=()") {
			t.Errorf("%s %s: Permissions-Policy is %q", r.Method, r.URL, header.Get("Permissions-Policy"))
		}
		if header.Get("Set-Cookie") != "" || header.Get("Server") != "" || header.Get("Content-Type") == "" {
			t.Errorf("%s %s: %v", r.Method, r.URL, header)
		}
	}
}

func TestAWrongConfigIsRefused(t *testing.T) {
	for name, change := range map[string]func(*httpapi.Config){
		"no verifier": func(c *httpapi.Config) { c.Verifier = nil },
		"no formats":  func(c *httpapi.Config) { c.Set = nil },
		"any host":    func(c *httpapi.Config) { c.Hosts = []string{"*"} },
		"no host":     func(c *httpapi.Config) { c.Hosts = []string{""} },
		"a port":      func(c *httpapi.Config) { c.Hosts = []string{"localhost:8080"} },
		"an address":  func(c *httpapi.Config) { c.Hosts = []string{"https://localhost"} },
		"any origin":  func(c *httpapi.Config) { c.Origins = []string{"*"} },
		"a path":      func(c *httpapi.Config) { c.Origins = []string{"https://example.org/page"} },
		"a rule with a code of verify": func(c *httpapi.Config) {
			c.Explain = append(c.Explain, explanation("seal.mismatch"))
		},
		"two rules with one code": func(c *httpapi.Config) {
			c.Explain = append(c.Explain, explanation("rule.x"), explanation("rule.x"))
		},
	} {
		c := httpapi.Config{Verifier: verifier(t, trust(t), now), Set: all.Set()}
		change(&c)
		if h, err := httpapi.New(c); err == nil || h != nil {
			t.Errorf("%s: taken", name)
		} else if !strings.HasPrefix(err.Error(), "httpapi: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
