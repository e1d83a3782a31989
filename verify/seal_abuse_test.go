package verify_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/asn1"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// overlaid is a world whose list of today has these signers and what was decided about their keys.
func overlaid(t *testing.T, o trustlist.Overlay, signers ...signer) *world {
	t.Helper()
	w := newWorld(t)
	var anchors []trustlist.Anchor
	for _, s := range signers {
		anchors = append(anchors, s.Anchor)
	}
	list, err := trustlist.Build(trustlist.Info{Name: "list", Created: today}, trustlist.Material{Anchors: anchors, Overlays: []*trustlist.Overlay{&o}})
	if err != nil {
		t.Fatal(err)
	}
	w.Trust = list
	return w
}

func (s signer) fingerprint() [32]byte { return [32]byte(keyDigest(s.Key)) }

func TestAWithdrawnKeyRefersAndSaysWhy(t *testing.T) {
	ut := newSigner("ut")
	buried := func(since time.Time) trustlist.Overlay {
		return trustlist.Overlay{Tombstones: []trustlist.Tombstone{{Key: ut.fingerprint(), Since: since, Reason: "retired by its owner"}}}
	}
	got := overlaid(t, buried(today.Add(-day)), ut).one(t, ut.card())
	expect(t, got, verify.Untrusted, verify.Refer, verify.SealSignerWithdrawn)
	if f := got.Findings[slices.IndexFunc(got.Findings, func(f verify.Finding) bool { return f.Code == verify.SealSignerWithdrawn })]; f.Detail != "retired by its owner; since "+today.Add(-day).Format(time.RFC3339) {
		t.Errorf("%q", f.Detail)
	}
	// It is withdrawn from that moment on; the same documents as of an earlier day are as they were.
	expect(t, overlaid(t, buried(today.Add(time.Second)), ut).one(t, ut.card()), verify.Authentic, verify.Accept)
	expect(t, overlaid(t, buried(today), ut).one(t, ut.card()), verify.Untrusted, verify.Refer, verify.SealSignerWithdrawn)
	// What it disproves stays disproved: the withdrawal is no excuse for an altered document.
	expect(t, overlaid(t, buried(today), ut).one(t, ut.badCard()), verify.Invalid, verify.Reject, verify.SealMismatch)
}

func TestAnAbuseWindowRefersAndAListedDocumentIsDisproved(t *testing.T) {
	ut := newSigner("ut")
	issued := ut.card().Validity.IssuedAt
	seal := ut.card().Seals[0]
	for what, c := range map[string]struct {
		window  trustlist.AbuseWindow
		status  verify.Status
		verdict verify.Verdict
		codes   []verify.Code
	}{
		"issued in it":           {trustlist.AbuseWindow{From: issued.Add(-day), Until: issued.Add(day)}, verify.Untrusted, verify.Refer, []verify.Code{verify.SealAbuseWindow}},
		"issued before it":       {trustlist.AbuseWindow{From: issued.Add(1)}, verify.Authentic, verify.Accept, nil},
		"issued after it":        {trustlist.AbuseWindow{Until: issued.Add(-1)}, verify.Authentic, verify.Accept, nil},
		"one without bounds":     {trustlist.AbuseWindow{}, verify.Untrusted, verify.Refer, []verify.Code{verify.SealAbuseWindow}},
		"listed":                 {trustlist.AbuseWindow{Documents: [][trustlist.HashSize]byte{verify.SealID(&seal)}}, verify.Invalid, verify.Reject, []verify.Code{verify.DocAbuseListed}},
		"listed, issued outside": {trustlist.AbuseWindow{Until: issued.Add(-1), Documents: [][trustlist.HashSize]byte{verify.SealID(&seal)}}, verify.Invalid, verify.Reject, []verify.Code{verify.DocAbuseListed}},
		"another is listed":      {trustlist.AbuseWindow{Until: issued.Add(-1), Documents: [][trustlist.HashSize]byte{{1}}}, verify.Authentic, verify.Accept, nil},
	} {
		t.Run(what, func(t *testing.T) {
			c.window.Key = ut.fingerprint()
			w := overlaid(t, trustlist.Overlay{Abuse: []trustlist.AbuseWindow{c.window}}, ut)
			expect(t, w.one(t, ut.card()), c.status, c.verdict, c.codes...)
			other := newSigner("another")
			w = overlaid(t, trustlist.Overlay{Abuse: []trustlist.AbuseWindow{c.window}}, ut, other)
			expect(t, w.one(t, other.card()), verify.Authentic, verify.Accept)
		})
	}
}

// TestASealHasOneIDHoweverItIsWritten turns (r, s) into (r, n−s) and writes both in both forms.
func TestASealHasOneIDHoweverItIsWritten(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for range 300 { // about one r in 256 begins with a zero
		sum := sha256.Sum256([]byte("a card"))
		r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
		if err != nil {
			t.Fatal(err)
		}
		n := key.Curve.Params().N
		ids := make(map[[trustlist.HashSize]byte]bool)
		for _, s := range []*big.Int{s, new(big.Int).Sub(n, s)} {
			raw := append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
			der, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
			if err != nil {
				t.Fatal(err)
			}
			ids[verify.SealID(&formats.Seal{Algorithm: formats.ES256, Signature: raw})] = true
			ids[verify.SealID(&formats.Seal{Algorithm: formats.Algorithm{Scheme: formats.ECDSA, Encoding: formats.DER}, Signature: der})] = true
		}
		if len(ids) != 1 {
			t.Fatalf("one seal has %d IDs", len(ids))
		}
	}
	a, b := verify.SealID(&formats.Seal{Algorithm: formats.EdDSA, Signature: []byte("aa")}), verify.SealID(&formats.Seal{Algorithm: formats.EdDSA, Signature: []byte("ab")})
	if a == b {
		t.Error("two seals have one ID")
	}
}
