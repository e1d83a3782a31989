package icao_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/vectors"
	"github.com/travelseal/travelseal/trustlist/icao"
)

// roots are the certificates that a case trusts.
func roots(t testing.TB, c vectors.TravelCase) (list []*cert.Certificate) {
	t.Helper()
	for _, name := range c.Trust.Files {
		entries, err := icao.ReadCertificates(name, c.File(t, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			list = append(list, e.Certificate)
		}
	}
	return list
}

// Every published list has as many certificates as others have counted, under the authority that its publisher names.
func TestPublishedMasterLists(t *testing.T) {
	for _, c := range vectors.Travel(t, "masterlist") {
		trust := icao.Trust{Unauthenticated: true}
		if c.Trust != nil {
			trust = icao.Trust{Publisher: roots(t, c)}
		}
		l, err := icao.ReadMasterList(c.ID, c.File(t, c.Input.File), trust)
		switch {
		case !*c.Expect.Decode:
			refused(t, c.ID, err, icao.ErrFormat)
			continue
		case c.Expect.Chain != nil && !*c.Expect.Chain:
			refused(t, c.ID, err, icao.ErrSigner)
			continue
		case c.Expect.Signature != nil && !*c.Expect.Signature:
			refused(t, c.ID, err, icao.ErrSignature)
			continue
		case err != nil:
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		if len(l.Entries) != *c.Expect.Count || !l.Authenticated {
			t.Errorf("%s: %d certificates, want %d; authenticated %t", c.ID, len(l.Entries), *c.Expect.Count, l.Authenticated)
		}
		explicit := 0
		for _, e := range l.Entries {
			if e.Certificate != nil && slices.ContainsFunc(e.Certificate.Deviations, func(d der.Deviation) bool { return d.Code == cert.CodeExplicitCurve }) {
				explicit++
			}
		}
		if want := string(c.Expect.Fields["explicit_ec_params"]); want != asJSON(t, explicit) {
			t.Errorf("%s: %d curves are spelled out, want %s", c.ID, explicit, want)
		}
		t.Logf("%s: %d usable, signed %s, %v", c.ID, len(l.CAs()), l.SigningTime, l.Deviations)
		for _, d := range l.Dropped() {
			t.Logf("  %s: %s", d.Item, d.Reason)
		}
	}
}

func asJSON(t *testing.T, n int) string {
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPublishedAuthorities(t *testing.T) {
	for _, c := range vectors.Travel(t, "x509-issued-by") {
		if c.Suite != "csca-idn" {
			continue
		}
		entries, err := icao.ReadCertificates(c.ID, c.File(t, c.Input.File))
		if err != nil || len(entries) != 1 {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		by := roots(t, c)[0]
		if err := entries[0].Certificate.CheckSignature(by); (err == nil) != *c.Expect.Signature {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}

func TestPublishedRevocationLists(t *testing.T) {
	for _, c := range vectors.Travel(t, "crl") {
		lists, err := icao.ReadRevocationLists(c.ID, c.File(t, c.Input.File))
		if err != nil || len(lists) != 1 || lists[0].Len() != *c.Expect.Count {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		if err := lists[0].CheckSignature(roots(t, c)[0]); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
	}
}
