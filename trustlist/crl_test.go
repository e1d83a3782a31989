package trustlist_test

import (
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/trustlist"
)

// withLists is a list of csca and of revocation lists.
func withLists(t testing.TB, lists ...[]byte) *trustlist.Snapshot {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "ca.pem", csca.PEM())
	for i, l := range lists {
		write(t, dir, string(rune('a'+i))+".crl", l)
	}
	return load(t, dir)
}

var checked = pki.ListedAt.Add(24 * time.Hour)

func TestARevocationListAnswersForACertificate(t *testing.T) {
	revokes, clear := csca.Revoke(pki.List(7, dsc)), csca.Revoke(pki.List(7))
	late := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		list   *trustlist.Snapshot
		at     time.Time
		want   trustlist.RevocationState
		detail string
	}{
		"revoked":                          {withLists(t, revokes), checked, trustlist.Revoked, "authority"},
		"not revoked":                      {withLists(t, clear), checked, trustlist.Good, ""},
		"no list":                          {withLists(t), checked, trustlist.NotConfigured, "no list"},
		"out of date":                      {withLists(t, clear), late, trustlist.Unavailable, "150 days old"},
		"out of date, and revoked":         {withLists(t, revokes), late, trustlist.Revoked, ""},
		"of the future":                    {withLists(t, clear), pki.ListedAt.Add(-time.Hour), trustlist.Unavailable, "later"},
		"before it was revoked":            {withLists(t, revokes), pki.ListedAt.AddDate(0, -2, 0), trustlist.Unavailable, "later"},
		"without an end":                   {withLists(t, csca.Revoke(pki.List(7).Dated(pki.ListedAt, time.Time{}))), late, trustlist.Good, ""},
		"of another authority of the name": {withLists(t, csca.Twin("forger").Revoke(pki.List(9, dsc))), checked, trustlist.NotConfigured, ""},
		"a later one that clears":          {withLists(t, revokes, csca.Revoke(pki.List(8))), checked, trustlist.Good, ""},
		"an earlier one that clears":       {withLists(t, revokes, csca.Revoke(pki.List(6))), checked, trustlist.Revoked, ""},
		"the later one first":              {withLists(t, csca.Revoke(pki.List(300)), revokes), checked, trustlist.Good, ""},
		"changes since another":            {withLists(t, csca.Revoke(pki.List(7).With(pki.DeltaIndicator(4)))), checked, trustlist.Unavailable, "cannot be used"},
		"changes since this one":           {withLists(t, clear, csca.Revoke(pki.List(8).With(pki.DeltaIndicator(7)))), checked, trustlist.Good, ""},
		"the authority itself":             {withLists(t, csca.Revoke(pki.List(7, csca))), checked, trustlist.Revoked, "of its authority"},
		"the authority, before":            {withLists(t, csca.Revoke(pki.List(7, csca))), pki.ListedAt.AddDate(0, -2, 0), trustlist.Unavailable, "later"},
		"an indirect one":                  {withLists(t, csca.Revoke(pki.List(7).With(pki.IssuingPoint(false, false, true)))), checked, trustlist.Unavailable, "cannot be used"},
		"with an unknown critical member":  {withLists(t, csca.Revoke(pki.List(7).With(pki.UnknownCritical()))), checked, trustlist.Unavailable, "cannot be used"},
	} {
		a := lead(t, name, c.list, brought(dsc))
		got := c.list.RevokedCertificates(a, c.at)
		if got.State != c.want || !strings.Contains(got.Detail, c.detail) {
			t.Errorf("%s: %v (%s), want %v", name, got.State, got.Detail, c.want)
		}
	}
}

// A list that cannot be used is named; it never counts as one that names nobody.
func TestARevocationListThatCannotBeUsedIsDropped(t *testing.T) {
	for name, c := range map[string]struct{ list, reason string }{
		"of nobody known": {string(pki.NewCSCA("stranger", pki.CSCA().Named(pki.Utopian("CSCA elsewhere"))).Revoke(pki.List(1))), "no certificate authority"},
		"of a twin":       {string(csca.Twin("forger").Revoke(pki.List(1))), "no signature"},
		"a delta":         {string(csca.Revoke(pki.List(7).With(pki.DeltaIndicator(4)))), "complete"},
	} {
		d := withLists(t, []byte(c.list)).Dropped()
		if len(d) != 1 || !strings.Contains(d[0].Item, "revocation list of ") || !strings.Contains(d[0].Reason, c.reason) {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestARevocationListIsReadAsPEM(t *testing.T) {
	text := pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: csca.Revoke(pki.List(7, dsc))})
	s := load(t, file(t, "both.pem", append(csca.PEM(), text...)))
	if got := s.RevokedCertificates(lead(t, "pem", s, brought(dsc)), checked); got.State != trustlist.Revoked {
		t.Errorf("%+v", got)
	}
}

// A key that the list names by itself is the relying party's own choice.
func TestNoAuthorityHasASayInAKeyThatIsListed(t *testing.T) {
	s := load(t, file(t, "dsc.pem", dsc.PEM()))
	found := s.Find(brought(dsc))
	if len(found) != 1 || s.RevokedCertificates(found[0], checked).State != trustlist.Good {
		t.Errorf("%d keys", len(found))
	}
	var nobody *trustlist.Snapshot
	if got := nobody.RevokedCertificates(nil, checked); got.State != trustlist.Good {
		t.Errorf("%+v", got)
	}
}
