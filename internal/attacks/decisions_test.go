package attacks_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/all"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// decided is the file of what a relying party has decided about keys.
func decided(t *testing.T, o trustlist.Overlay) []byte {
	t.Helper()
	text, err := o.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// keyOf is the digest by which decisions name a signer's key.
func keyOf(t *testing.T, s mint.Signer) [32]byte {
	t.Helper()
	a := load(t, list(mint.Anchors(s)...)).Anchors()[0]
	return a.Fingerprint()
}

func TestA47_BackDatedIntoAWindowOfAbuse(t *testing.T) {
	stolen, returned := mint.IssuedAt.AddDate(0, 1, 0), mint.IssuedAt.AddDate(0, 2, 0)
	leaked := signerUntil("leaked for a month", mint.IssuedAt.AddDate(-1, 0, 0), mint.Expires)
	dated := func(at time.Time) mint.HCERT { return mint.Vaccination(leaked).Dated(at, mint.Expires) }
	forged := dated(returned.AddDate(0, 0, 3)).Build()
	doc, err := all.Set().Decode(formats.Text(forged.Text), formats.Options{})
	if err != nil {
		t.Fatal(err)
	}
	window := trustlist.AbuseWindow{
		Key: keyOf(t, leaked), From: stolen, Until: returned, Reason: "the key was on sale",
		Documents: [][trustlist.HashSize]byte{verify.SealID(&doc.Seals[0])},
	}
	v := trusting(t, list(mint.Anchors(leaked, ut.Vaccination)...), decided(t, trustlist.Overlay{Abuse: []trustlist.AbuseWindow{window}}))
	attack(t, v, dated(stolen.AddDate(0, 0, -1)),
		mutant{"on the first day", dated(stolen), untrusted(verify.SealAbuseWindow)},
		mutant{"on the last", dated(returned), untrusted(verify.SealAbuseWindow)},
		mutant{"undated", dated(stolen).DropClaim(mint.ClaimIssuedAt), untrusted(verify.SealAbuseWindow)},
		mutant{"after it", dated(returned.AddDate(0, 0, 1)), accepted},
		mutant{"of another key", mint.Vaccination(ut.Vaccination).Dated(stolen, mint.Expires), accepted},
	)
	// Dated to where nobody would look, and known: that is proof.
	demand(t, v, "known to be forged", formats.Text(forged.Text), disproved(verify.DocAbuseListed))
}

func TestA56_RetiredKeyComesBack(t *testing.T) {
	retired := ut.Vaccination
	trusted := list(mint.Anchors(retired, ut.Recovery)...)
	removed := mint.AsOf.AddDate(0, 0, -2)
	tombstone := trustlist.Tombstone{Key: keyOf(t, retired), Since: removed, Reason: "removed by its owner"}
	in := formats.Text(vaccination.Build().Text)
	demand(t, trusting(t, trusted), "before it was retired", in, accepted)
	buried := decided(t, trustlist.Overlay{Tombstones: []trustlist.Tombstone{tombstone}})
	for what, files := range map[string][][]byte{
		"the next day":                      {trusted, buried},
		"as a bare key":                     {list(mint.Anchor{Signer: retired, KeyOnly: true}), buried},
		"in a file beside":                  {trusted, retired.PEM(), buried},
		"restored before it was taken away": {trusted, decided(t, trustlist.Overlay{Tombstones: []trustlist.Tombstone{tombstone}, Restored: []trustlist.Restoration{{Key: tombstone.Key, At: removed.Add(-1)}}})},
	} {
		demand(t, trusting(t, files...), what, in, untrusted(verify.SealSignerWithdrawn))
	}
	restored := decided(t, trustlist.Overlay{Tombstones: []trustlist.Tombstone{tombstone}, Restored: []trustlist.Restoration{{Key: tombstone.Key, At: removed.Add(time.Hour)}}})
	demand(t, trusting(t, trusted, restored), "restored by a decision", in, accepted)
}

func TestA57_ClockSetBack(t *testing.T) {
	set := all.Set()
	at := func(now time.Time, info trustlist.Info, signers ...mint.Signer) *verify.Verifier {
		trust, err := trustlist.Build(info, trustlist.Material{Anchors: load(t, list(mint.Anchors(signers...)...)).Anchors()})
		if err != nil {
			t.Fatal(err)
		}
		v, err := verify.New(verify.Config{
			Formats: set, Trust: trust, Policy: verify.DefaultPolicy(set.IDs()...), Now: func() time.Time { return now },
		})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	genuine := formats.Text(vaccination.Build().Text)
	forged := formats.Text(mint.Resign(vaccination, mint.Fresh("forger")).Build().Text)
	dated, seen := trustlist.Info{Created: created}, trustlist.Info{Created: created.AddDate(0, 0, -5), Seen: created}
	for what, c := range map[string]struct {
		now  time.Time
		info trustlist.Info
		code verify.Code
	}{
		"1970, by the date of the list":    {time.Unix(0, 0), dated, verify.TimeClock},
		"2019, by the date of the list":    {time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC), dated, verify.TimeClock},
		"an hour back, by what was seen":   {created.Add(-time.Hour), seen, verify.TimeClock},
		"1970, by the first key's year":    {time.Unix(0, 0), trustlist.Info{}, verify.TimeClock},
		"2099: every list has expired":     {time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC), dated, verify.TrustExpired},
		"back by a day after its end date": {created.AddDate(0, 0, -1), trustlist.Info{Created: created.AddDate(0, 0, -5), Seen: created, Expires: created.AddDate(0, 0, 1)}, verify.TimeClock},
	} {
		v := at(c.now, c.info, ut.Vaccination)
		for _, in := range []formats.Input{genuine, formats.Text(vaccination.Dated(mint.IssuedAt, mint.IssuedAt.Add(time.Hour)).Build().Text)} {
			r := v.Inspect(t.Context(), []formats.Input{in})
			if d := r.Documents[0]; d.Status != verify.Indeterminate || d.Verdict != verify.Refer || len(r.Findings) == 0 || r.Findings[0].Code != c.code {
				t.Errorf("%s: %s, %s, list %v", what, d.Status, d.Verdict, r.Findings)
			}
		}
		if r := v.Inspect(t.Context(), []formats.Input{forged}); r.Documents[0].Status != verify.Invalid || r.Verdict != verify.Reject {
			t.Errorf("%s: what is disproved is %s, %s", what, r.Documents[0].Status, r.Verdict)
		}
	}
}
