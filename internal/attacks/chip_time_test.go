package attacks_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/chip"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/verify"
)

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

// signedAt is a chip whose message states another moment; the zero time leaves it out.
func signedAt(c chip.Chip, t time.Time) chip.Chip {
	return c.Signing(func(s *pki.SignerInfo) { s.Time = t })
}

// until is the passport with another last day.
func until(yymmdd string) chip.Chip {
	m := mint.Maren.Passport("UT0017243", "F")
	m.Expires = yymmdd
	return passport.With(1, chip.DG1(m.TD3()))
}

// The moment that counts for a signer is that of signing, as far as it is known, and for the document it is now.
func TestC22_MomentsOfSigningAndOfChecking(t *testing.T) {
	attackChip(t, chips(t), passport)
	clocks := []time.Time{
		on(2021, 2, 15), on(2021, 6, 15), on(2021, 12, 1), on(2026, 11, 24), on(2031, 5, 20), on(2031, 5, 22), on(2032, 4, 1), on(2036, 2, 1),
	}
	short := passport.ResignedBy(uto.CSCA.Issue("DS short", pki.DSC().Without(pki.OIDPrivateKeyPeriod).Valid(pki.DSCFrom, on(2021, 7, 1))))
	ok, late, soon := accepted, otherTime, outdated(verify.TimeNotYetValid)
	gone := outdated(verify.TimeExpired)
	for _, row := range []struct {
		name string
		chip chip.Chip
		want []want
	}{
		{"in its time", passport, []want{soon, ok, ok, ok, ok, gone, gone, gone}},
		{"not stated", signedAt(passport, time.Time{}), []want{late, ok, ok, ok, ok, gone, gone, gone}},
		{"the first second of the signer", signedAt(passport, pki.DSCFrom), []want{soon, ok, ok, ok, ok, gone, gone, gone}},
		{"the second before", signedAt(passport, pki.DSCFrom.Add(-time.Second)), []want{soon, late, late, late, late, gone, gone, gone}},
		{"the last second of the key's use", signedAt(passport, pki.DSCSigns), []want{soon, soon, ok, ok, ok, gone, gone, gone}},
		{"the second after", signedAt(passport, pki.DSCSigns.Add(time.Second)), []want{soon, soon, late, late, late, gone, gone, gone}},
		{"after the signer's end", signedAt(short, on(2021, 7, 2)), []want{soon, soon, late, late, late, gone, gone, gone}},
		{"in the time of a signer that ends soon", short, []want{soon, ok, ok, ok, ok, gone, gone, gone}},
		{"by a signer that ends soon, not stated", signedAt(short, time.Time{}), []want{late, ok, ok, ok, ok, gone, gone, gone}},
		{"in the future", signedAt(passport, on(2037, 1, 1)), []want{soon, soon, soon, soon, soon, gone, gone, gone}},
	} {
		for i, now := range clocks {
			w := row.want[i]
			what := fmt.Sprintf("%s, checked on %s", row.name, now.Format(time.DateOnly))
			d := demand(t, clocked(t, now), what, chipInput(row.chip), w)
			if d.Status != verify.Authentic {
				t.Errorf("%s: a date is no disproof", what)
			}
		}
	}
}

func TestC22_MomentsOfCertificates(t *testing.T) {
	csca := func(name string, from, to time.Time) *pki.Credential {
		return pki.NewCSCA(name, pki.CSCA().Named(pki.Utopian("CSCA UT "+name)).Without(pki.OIDPrivateKeyPeriod).Valid(from, to))
	}
	over, early := csca("over", pki.CSCAFrom, on(2025, 1, 1)), csca("early", on(2021, 6, 1), pki.CSCAUntil)
	gone := csca("gone", pki.CSCAFrom, on(2021, 4, 1))
	signer := func(from, to time.Time) chip.Chip {
		return by(func(t pki.Template) pki.Template { return t.Without(pki.OIDPrivateKeyPeriod).Valid(from, to) })
	}
	attackChip(t, chips(t, append(pems(uto.CSCAs()...), pems(over, early, gone)...)...), passport,
		chipMutant{"an authority that expired since", passport.ResignedBy(over.Issue("DS", pki.DSC())), accepted},
		chipMutant{"an authority that had expired", passport.ResignedBy(gone.Issue("DS", pki.DSC())), otherTime},
		chipMutant{"an authority that was to come", passport.ResignedBy(early.Issue("DS", pki.DSC())), otherTime},
		chipMutant{"a signer that expired since", signer(pki.DSCFrom, on(2022, 1, 1)), noted(verify.SealOutlivesSigner)},
		chipMutant{"a signer that had expired", signer(pki.DSCFrom, on(2021, 5, 1)), otherTime},
		chipMutant{"a signer that was to come", signer(on(2021, 6, 1), pki.DSCUntil), otherTime},
		chipMutant{"a signer that is to come", signer(on(2027, 6, 1), pki.DSCUntil), otherTime},
		chipMutant{"a signer that is to come, not stated", signedAt(signer(on(2027, 6, 1), pki.DSCUntil), time.Time{}), otherTime},
		chipMutant{"a validity turned round", signer(pki.DSCUntil, pki.DSCFrom), otherTime},
		chipMutant{"a document that expired before its signer was made", signedAt(until("260520").ResignedBy(signer(on(2026, 6, 1), pki.DSCUntil).Signer), time.Time{}),
			outdated(verify.TimeExpired)},
		chipMutant{"a document of yesterday", until("261031"), outdated(verify.TimeExpired)},
		chipMutant{"a document of ten years ago", until("161124"), outdated(verify.TimeExpired)},
	)
	// A document counts through its last day.
	for _, c := range []struct {
		now  time.Time
		want want
	}{
		{time.Date(2031, 5, 20, 23, 59, 59, 0, time.UTC), accepted}, {time.Date(2031, 5, 21, 12, 0, 0, 0, time.UTC), outdated(verify.TimeExpired)},
	} {
		demand(t, clocked(t, c.now), c.now.String(), chipInput(passport), c.want)
	}
	// A clock before every authority judges no date.
	d := inspect(t, clocked(t, on(2018, 1, 1)), chipInput(passport))
	if d.Verdict == verify.Accept || len(d.Findings) == 0 || d.Findings[0].Code != verify.TimeClock {
		t.Errorf("a clock of 2018: %s, %v", d.Verdict, d.Findings)
	}
}

// Who has a signer's key can state any time of signing. Only a revocation tells, and what it says does not depend on that time.
func TestC23_SigningTimeOfALeakedKey(t *testing.T) {
	v := chips(t)
	revoked := chips(t, append(pems(uto.CSCAs()...), uto.CSCA.Revoke(pki.List(1, uto.DSC)))...)
	attackChip(t, v, passport)
	for _, when := range []time.Time{pki.DSCFrom, pki.SignedAt, pki.DSCSigns} {
		d := demand(t, v, "dated back", chipInput(signedAt(passport, when)), noted(verify.TimeSelfDeclared))
		if d.Validity.IssuedAt.IsZero() || !d.Validity.AtSigning {
			t.Error("the report does not give the time of signing as the signer's own")
		}
		demand(t, revoked, "dated back, and the signer revoked", chipInput(signedAt(passport, when)), disproved(verify.SealSignerRevoked))
	}
	demand(t, revoked, "not dated, and the signer revoked", chipInput(signedAt(passport, time.Time{})), disproved(verify.SealSignerRevoked))
	demand(t, revoked, "another signer", chipInput(passport.ResignedBy(uto.CSCA.Issue("DS UT 7", pki.DSC()))), accepted)
}
