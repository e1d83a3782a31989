package icao_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/cms"
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
		if len(l.CAs()) != len(l.Entries) {
			t.Errorf("%s: %+v", c.ID, l.Dropped())
		}
		if got := linked(l.CAs()); got != links[c.ID] {
			t.Errorf("%s: self-signed, linked and alone are %d, want %d", c.ID, got, links[c.ID])
		}
		if got := codes(l.Deviations); !slices.Equal(got, deviations[c.ID]) {
			t.Errorf("%s: %s", c.ID, got)
		}
	}
}

// links are how many certificates of each list are signed by their own key, by another one of the list, and by none of it.
// The authorities of the last are on no current list any more: their key identifiers stand nowhere.
var links = map[string][3]int{
	"masterlist/DE_2022-06-23": {308, 146, 6}, "masterlist/DE_2024-08-07": {358, 176, 7}, "masterlist/DE_2026-05-28": {375, 201, 12},
	"masterlist/NL_2025-07-29": {394, 0, 0}, "masterlist/ICAO_2025-08": {356, 164, 0}, "masterlist/ICAO_2023-09": {276, 118, 0},
}

var deviations = map[string][]string{"masterlist/DE_2022-06-23": {cms.SHA1}, "masterlist/ICAO_2023-09": {cert.CodeNullOmitted}}

func linked(cas []*cert.Certificate) (n [3]int) {
	for _, l := range icao.Links(cas) {
		switch {
		case l.SelfSigned:
			n[0]++
		case l.Issuer != nil:
			n[1]++
		default:
			n[2]++
		}
	}
	return n
}

func codes(list []der.Deviation) (codes []string) {
	for _, d := range list {
		codes = append(codes, d.Code)
	}
	return codes
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
