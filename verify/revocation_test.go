package verify_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// revokes is a list that names one handle.
func revokes(kind, data string, next time.Time) *trustlist.Revocations {
	r := &trustlist.Revocations{Created: today.Add(-day), NextUpdate: next}
	r.Add(kind, [trustlist.HashSize]byte(sum([]byte(data))), time.Time{})
	return r
}

// DESIGN §4: "revocation.not_configured inform … A configured but stale or broken revocation source refers."
func TestEachStateOfTheRevocationListHasItsVerdict(t *testing.T) {
	ut := newSigner("ut")
	for what, c := range map[string]struct {
		list    *trustlist.Revocations
		handles []formats.Handle
		asOf    time.Time
		status  verify.Status
		verdict verify.Verdict
		code    verify.Code
	}{
		"not configured":               {nil, handles("id", "1"), today, verify.Authentic, verify.Accept, verify.RevocationNotConfigured},
		"not named":                    {revokes("id", "2", today.Add(day)), handles("id", "1"), today, verify.Authentic, verify.Accept, ""},
		"named":                        {revokes("id", "1", today.Add(day)), handles("id", "1"), today, verify.Invalid, verify.Reject, verify.DocRevoked},
		"named by another kind":        {revokes("uci", "1", today.Add(day)), handles("id", "1"), today, verify.Authentic, verify.Accept, ""},
		"named by its second":          {revokes("uci", "9", today.Add(day)), handles("id", "1", "uci", "9"), today, verify.Invalid, verify.Reject, verify.DocRevoked},
		"no handle":                    {revokes("id", "1", today.Add(day)), nil, today, verify.Authentic, verify.Accept, ""},
		"at the last moment":           {revokes("id", "2", today), handles("id", "1"), today, verify.Authentic, verify.Accept, ""},
		"stale":                        {revokes("id", "2", today.Add(-time.Second)), handles("id", "1"), today, verify.Authentic, verify.Refer, verify.RevocationUnavailable},
		"stale, and names it":          {revokes("id", "1", today.Add(-time.Second)), handles("id", "1"), today, verify.Invalid, verify.Reject, verify.DocRevoked},
		"stale today, as of yesterday": {revokes("id", "2", today.Add(-time.Second)), handles("id", "1"), today.Add(-day), verify.Authentic, verify.Accept, ""},
		"without a next update":        {revokes("id", "2", time.Time{}), handles("id", "1"), today, verify.Authentic, verify.Accept, ""},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t)
			w.Trust = trustWith(t, trustlist.Info{Created: today.Add(-day)}, c.list, ut)
			d := ut.card()
			d.Handles = c.handles
			got := w.verifier(t).Inspect(context.Background(), w.inputs(d), verify.AsOf(c.asOf)).Documents[0]
			expect(t, got, c.status, c.verdict)
			if c.code != "" {
				expect(t, got, c.status, c.verdict, c.code)
			}
			if got.Status == verify.Invalid && got.Verified != nil {
				t.Error("the claims of a revoked document are shown as verified")
			}
		})
	}
}

func handles(kindAndData ...string) []formats.Handle {
	var list []formats.Handle
	for i := 0; i < len(kindAndData); i += 2 {
		list = append(list, formats.Handle{Kind: kindAndData[i], Data: []byte(kindAndData[i+1])})
	}
	return list
}

// Whose identifiers they are is not proved either: they may be copied from somebody's genuine document.
func TestTheHandlesOfAnUnprovedDocumentDisproveNothing(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t)
	w.Trust = trustWith(t, trustlist.Info{Created: today.Add(-day)}, revokes("id", "1", today.Add(day)), ut)
	foreign := ut
	foreign.named.Country = "XA"
	for what, d := range map[string]*formats.Document{
		"unsealed": printed(), "unknown signer": newSigner("stranger").card(), "forbidden": forbidden(ut.card()), "another country's key": foreign.card(),
	} {
		d.Handles = handles("id", "1")
		got := w.one(t, d)
		if got.Verdict != verify.Refer {
			t.Errorf("%s: %s, %s", what, got.Status, got.Verdict)
		}
	}
}

// A key that was withdrawn after the document was issued takes back nothing of what another has disproved.
func TestALaterWithdrawalDoesNotSoftenAnEarlierOne(t *testing.T) {
	first, second := newSigner("first"), newSigner("second")
	d := first.card()
	d.Seals = append(d.Seals, second.seal(d.Seals[0].Signed))
	first.RevokedAt, second.RevokedAt = d.Validity.IssuedAt.Add(-day), d.Validity.IssuedAt.Add(day)
	expect(t, newWorld(t, first, second).one(t, d), verify.Invalid, verify.Reject, verify.SealSignerRevoked)
	d.Seals[0], d.Seals[1] = d.Seals[1], d.Seals[0]
	expect(t, newWorld(t, first, second).one(t, d), verify.Invalid, verify.Reject, verify.SealSignerRevoked)
}

// DESIGN §4: chip, holder and revocation that are not proved inform.
func TestThatTheHolderIsNotProvenInforms(t *testing.T) {
	ut := newSigner("ut")
	got := newWorld(t, ut).one(t, ut.card())
	for _, code := range []verify.Code{verify.HolderNotProven, verify.RevocationNotConfigured} {
		if e := effectOf(t, got.Findings, code); e != verify.Inform {
			t.Errorf("%s: %s", code, e)
		}
	}
	expect(t, got, verify.Authentic, verify.Accept)
	for carrier, code := range map[formats.Carrier]verify.Code{formats.Chip: verify.ChipNotProven, formats.Copy: verify.ChipNotPresented} {
		d := ut.card()
		d.Carrier = carrier
		got := newWorld(t, ut).one(t, d)
		expect(t, got, verify.Authentic, verify.Accept)
		if e := effectOf(t, got.Findings, code); e != verify.Inform {
			t.Errorf("%s: %s", code, e)
		}
		if hasFinding(got, verify.HolderNotProven) || hasFinding(got, verify.RevocationNotConfigured) {
			t.Errorf("what is said of codes is said beside %s: %v", code, got.Findings)
		}
	}
}

// A broken list fails every lookup.
type broken struct{}

func (broken) Find(string, [trustlist.HashSize]byte) (bool, time.Time, error) {
	return false, time.Time{}, errors.New("the list is damaged")
}

func (broken) Dates() (created, nextUpdate time.Time) { return today.Add(-day), today.Add(day) }

// DESIGN §4: "A configured but stale or broken revocation source refers." The finding says what is wrong with it.
func TestABrokenListRefers(t *testing.T) {
	ut := newSigner("ut")
	list, err := trustlist.Build(trustlist.Info{Created: today.Add(-day)},
		trustlist.Material{Anchors: []trustlist.Anchor{ut.Anchor}, Stores: []trustlist.RevocationStore{broken{}}})
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.Trust = list
	d := ut.card()
	d.Handles = handles("id", "1")
	got := w.one(t, d)
	expect(t, got, verify.Authentic, verify.Refer, verify.RevocationUnavailable)
	for _, f := range got.Findings {
		if f.Code == verify.RevocationUnavailable && f.Detail != "the list is damaged" {
			t.Errorf("detail %q", f.Detail)
		}
	}
}
