package icao_test

import (
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist/icao"
)

func TestLinksSayWhoseKeySigned(t *testing.T) {
	old := pki.NewCSCA("old", pki.CSCA())
	next := old.Renewed("next")
	link := old.Link(next)
	twin := old.Twin("forger")
	orphan := pki.NewCSCA("gone", pki.CSCA().Named(pki.Utopian("CSCA UT 0"))).Link(pki.NewCSCA("child", pki.CSCA().Named(pki.Utopian("CSCA UT 7"))))
	abroad := pki.NewCSCA("abroad", pki.CSCA().Named(pki.DN("XA", "Abroad", "CSCA")))
	across := abroad.Link(pki.NewCSCA("across", pki.CSCA().Named(pki.Utopian("CSCA UT 6"))))
	for name, c := range map[string]struct {
		of, by *pki.Credential
		self   bool
	}{
		"its own": {old, old, true}, "the next": {next, next, true}, "a link": {link, old, false}, "a twin": {twin, twin, true},
		"none listed": {orphan, nil, false}, "another country": {across, abroad, false}, "abroad": {abroad, abroad, true},
	} {
		all := []*pki.Credential{twin, link, old, next, orphan, abroad, across}
		for range 2 { // in whatever order
			var cas []*cert.Certificate
			for _, a := range all {
				cas = append(cas, parse(a.Cert))
			}
			links := icao.Links(cas)
			i := slices.IndexFunc(links, func(l icao.Link) bool { return slices.Equal(l.Certificate.Raw, c.of.Cert) })
			got := links[i]
			if got.SelfSigned != c.self || (got.Issuer == nil) != (c.by == nil) || c.by != nil && !slices.Equal(got.Issuer.Raw, c.by.Cert) {
				t.Errorf("%s: %+v", name, got)
			}
			slices.Reverse(all)
		}
	}
}

// A list of namesakes must not cost a signature for each pair.
func TestNamesakesAreNotAllTried(t *testing.T) {
	var cas []*cert.Certificate
	for i := range 40 {
		c := pki.NewCSCA("namesake", pki.CSCA()).Twin(string(rune('a' + i)))
		cas = append(cas, parse(c.Cert))
	}
	for _, l := range icao.Links(cas) {
		if !l.SelfSigned {
			t.Error("a certificate's own key is not tried first")
		}
	}
}
