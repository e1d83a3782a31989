package trustlist_test

import (
	"crypto/ecdsa"
	"strings"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
)

func TestANilSnapshotTrustsNobody(t *testing.T) {
	var s *trustlist.Snapshot
	if s.Find(formats.Signer{KeyID: utopia.Vaccination.KID, Chain: [][]byte{utopia.Vaccination.Cert}}) != nil || s.Anchors() != nil || s.Dropped() != nil {
		t.Error("it trusts somebody")
	}
	if s.Info() != (trustlist.Info{}) || s.Snapshot() != nil {
		t.Errorf("%+v", s.Info())
	}
}

func TestAnAnchorThatCanSealNothingIsLeftOut(t *testing.T) {
	key := utopia.Vaccination.Key.Public()
	all := []formats.ID{trustlist.AnyFormat}
	good := trustlist.Anchor{Role: trustlist.Signer, Uses: formats.Test, Scope: all, Key: key, KeyID: []byte{0xab}, Source: trustlist.Source{Name: "list"}}
	change := func(f func(*trustlist.Anchor)) trustlist.Anchor {
		a := good
		f(&a)
		return a
	}
	for name, c := range map[string]struct {
		anchor trustlist.Anchor
		reason string
	}{
		"zero":      {trustlist.Anchor{}, "no role"},
		"no role":   {change(func(a *trustlist.Anchor) { a.Role = trustlist.NoRole }), "no role"},
		"no scope":  {change(func(a *trustlist.Anchor) { a.Scope = nil }), "no format in its scope"},
		"no use":    {change(func(a *trustlist.Anchor) { a.Uses = 0 }), "permits no use"},
		"no key":    {change(func(a *trustlist.Anchor) { a.Key = nil }), "no key"},
		"a nil key": {change(func(a *trustlist.Anchor) { a.Key = (*ecdsa.PublicKey)(nil) }), "weak"},
		"no key at": {change(func(a *trustlist.Anchor) { a.Key = "key" }), "unsupported"},
		"private":   {change(func(a *trustlist.Anchor) { a.Key = utopia.Vaccination.Key }), "unsupported"},
	} {
		s, err := trustlist.New(trustlist.Info{Name: "list"}, []trustlist.Anchor{good, c.anchor, good}, []trustlist.Dropped{{Item: "before"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		d := s.Dropped()
		if info := s.Info(); len(s.Anchors()) != 2 || len(d) != 2 || info.Anchors != 2 || info.Dropped != 2 {
			t.Errorf("%s: %d anchors, dropped %+v", name, len(s.Anchors()), d)
			continue
		}
		if d[0].Item != "before" || !strings.Contains(d[1].Reason, c.reason) {
			t.Errorf("%s: dropped %+v, want %q", name, d, c.reason)
		}
		if c.anchor.KeyID != nil && (d[1].Item != "key ID ab" || d[1].Source != "list") {
			t.Errorf("%s: dropped %+v", name, d[1])
		}
	}
}

func TestASnapshotCannotBeChangedFromOutside(t *testing.T) {
	given := []trustlist.Anchor{{Role: trustlist.Signer, Uses: formats.Test, Scope: []formats.ID{euDCC}, Key: utopia.Vaccination.Key.Public(), KeyID: []byte("k")}}
	dropped := []trustlist.Dropped{{Item: "a"}}
	s, err := trustlist.New(trustlist.Info{}, given, dropped, nil)
	if err != nil {
		t.Fatal(err)
	}
	given[0].Uses, dropped[0].Item = formats.AllUses, "b"
	s.Anchors()[0].Uses = formats.AllUses
	s.Dropped()[0].Item = "b"
	if a := s.Anchors()[0]; a.Uses != formats.Test || s.Dropped()[0].Item != "a" {
		t.Errorf("%+v, %+v", a, s.Dropped())
	}
	if s.Snapshot() != s {
		t.Error("a Snapshot is not its own source")
	}
}

func TestAKeyPermitsItsScope(t *testing.T) {
	for name, c := range map[string]struct {
		scope []formats.ID
		id    formats.ID
		want  bool
	}{
		"none": {nil, euDCC, false}, "this": {[]formats.ID{"a", euDCC}, euDCC, true}, "another": {[]formats.ID{"a"}, euDCC, false},
		"any": {[]formats.ID{trustlist.AnyFormat}, euDCC, true}, "a case": {[]formats.ID{"EU-DCC"}, euDCC, false}, "no format": {[]formats.ID{"a"}, "", false},
	} {
		if a := (trustlist.Anchor{Scope: c.scope}); a.Permits(c.id) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
}

func TestAKeyIsValidBetweenItsDatesInclusive(t *testing.T) {
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	none := time.Time{}
	for _, c := range []struct {
		from, to, at time.Time
		want         bool
	}{
		{from, to, from, true}, {from, to, to, true}, {from, to, from.Add(-1), false}, {from, to, to.Add(1), false},
		{none, to, from.AddDate(-100, 0, 0), true}, {from, none, to.AddDate(100, 0, 0), true}, {none, none, from, true}, {to, from, from.AddDate(0, 6, 0), false},
	} {
		a := trustlist.Anchor{NotBefore: c.from, NotAfter: c.to}
		if got := a.ValidAt(c.at); got != c.want {
			t.Errorf("from %v to %v, at %v: %v", c.from, c.to, c.at, got)
		}
	}
}

// A word for every value, whatever it is: reports are written from values that a caller may have made.
func TestUnknownValuesHaveWordsToo(t *testing.T) {
	for r, want := range map[trustlist.Role]string{trustlist.NoRole: "", trustlist.Signer: "signer", trustlist.CA: "ca", trustlist.ListSigner: "list-signer"} {
		if r.String() != want {
			t.Errorf("%d is %q", r, r)
		}
	}
	for name, word := range map[string]func() string{
		"role 9": trustlist.Role(9).String, "role -1": trustlist.Role(-1).String,
		"state 9": trustlist.RevocationState(9).String, "state -1": trustlist.RevocationState(-1).String,
	} {
		func() {
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("%s: %v", name, r)
				}
			}()
			word()
		}()
	}
}

// What one list has withdrawn, another that has not heard of it does not restore.
func TestAWithdrawnKeyIsWithdrawnInEveryList(t *testing.T) {
	v := utopia.Vaccination
	first, second := "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"
	s := load(t,
		file(t, "v.pem", v.PEM()), file(t, "a.json", list(t, nil, entry(v, object{"revoked_at": second}))),
		file(t, "b.json", list(t, nil, object{"spki": b64(spki(v)), "revoked_at": first, "issuer": "https://ut.example"})),
		file(t, "r.pem", utopia.Recovery.PEM()))
	for i, want := range []string{first, first, first, ""} {
		if a := s.Anchors()[i]; want == "" && !a.RevokedAt.IsZero() || want != "" && a.RevokedAt.Format(time.RFC3339) != want {
			t.Errorf("anchor %d is withdrawn at %v, want %q", i, a.RevokedAt, want)
		}
	}
}

func TestMintedListsLoad(t *testing.T) {
	created := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	anchors := mint.Anchors(utopia.Signers()...)
	anchors[0].KeyOnly, anchors[0].Issuer, anchors[0].SourceName, anchors[0].SourceDate = true, "UT", "by hand", created
	anchors[1].RevokedAt = created
	s := load(t, file(t, "list.json", mint.TrustJSON(created, anchors...)))
	if len(s.Anchors()) != len(anchors) || len(s.Dropped()) != 0 || !s.Info().Created.Equal(created) {
		t.Errorf("%+v, dropped %+v", s.Info(), s.Dropped())
	}
	for i, a := range s.Anchors() {
		if string(a.KeyID) != string(anchors[i].Signer.KID) || !a.RevokedAt.Equal(anchors[i].RevokedAt) || a.Issuer != anchors[i].Issuer {
			t.Errorf("anchor %d: %+v", i, a)
		}
	}
}
