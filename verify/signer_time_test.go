package verify_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: "The signer's certificate expired but the document is dated within its validity: seal.signer_expired, refer".
func TestAnExpiredSignerRefersADocumentThatWasIssuedInItsTime(t *testing.T) {
	for what, c := range map[string]struct {
		notBefore, notAfter time.Time
		issued, expires     time.Time
		verdict             verify.Verdict
		code                verify.Code
	}{
		"expired since":                {notAfter: today.Add(-day), issued: today.Add(-30 * day), verdict: verify.Refer, code: verify.SealSignerExpired},
		"expired, no date of issue":    {notAfter: today.Add(-day), verdict: verify.Refer, code: verify.SealSignerExpired},
		"issued after the key's end":   {notAfter: today.Add(-31 * day), issued: today.Add(-30 * day), verdict: verify.Refer, code: verify.SealOutsideValidity},
		"issued before its beginning":  {notBefore: today.Add(-29 * day), issued: today.Add(-30 * day), verdict: verify.Refer, code: verify.SealOutsideValidity},
		"not valid yet, no date":       {notBefore: today.Add(day), verdict: verify.Refer, code: verify.SealOutsideValidity},
		"the key's last moment":        {notAfter: today, issued: today.Add(-30 * day), verdict: verify.Accept},
		"issued at its last moment":    {notAfter: today.Add(-30 * day), issued: today.Add(-30 * day), verdict: verify.Refer, code: verify.SealSignerExpired},
		"issued at its first moment":   {notBefore: today.Add(-30 * day), issued: today.Add(-30 * day), verdict: verify.Accept},
		"the document lasts longer":    {notAfter: today.Add(day), issued: today.Add(-30 * day), expires: today.Add(2 * day), verdict: verify.Accept, code: verify.SealOutlivesSigner},
		"a key without dates":          {issued: today.Add(-30 * day), verdict: verify.Accept},
		"a key without dates, undated": {verdict: verify.Accept},
	} {
		t.Run(what, func(t *testing.T) {
			ut := newSigner("ut")
			ut.NotBefore, ut.NotAfter = c.notBefore, c.notAfter
			d := ut.card()
			d.Validity = formats.Validity{IssuedAt: c.issued, NotAfter: c.expires}
			got := newWorld(t, ut, newSigner("an older key, so that the clock is in order")).one(t, d)
			expect(t, got, verify.Authentic, c.verdict)
			if c.code != "" {
				expect(t, got, verify.Authentic, c.verdict, c.code)
			}
			if got.Verified == nil {
				t.Error("the claims are not shown")
			}
		})
	}
}

// A document that gives a day may have been issued at any moment of it, anywhere.
func TestADayOfIssueMeetsASignerThatWasValidOnAPartOfIt(t *testing.T) {
	from, until := today.Add(-30*day), today.Add(-29*day)
	for what, c := range map[string]struct {
		notBefore, notAfter time.Time
		outside             bool
	}{
		"valid before and after":         {from.Add(-day), today.Add(day), false},
		"began within the day":           {from.Add(day / 2), today.Add(day), false},
		"began at its last moment":       {until, today.Add(day), false},
		"began after it":                 {until.Add(1), today.Add(day), true},
		"signed for an hour of that day": {from.Add(day / 2), from.Add(day/2 + time.Hour), false},
		"ended at its first moment":      {from.Add(-day), from, false},
		"ended before it":                {from.Add(-day), from.Add(-1), true},
		"no dates":                       {},
	} {
		t.Run(what, func(t *testing.T) {
			ut := newSigner("ut")
			ut.KeyNotBefore, ut.KeyNotAfter = c.notBefore, c.notAfter
			key := ut.card()
			key.Validity = formats.Validity{IssuedAt: from, IssuedUntil: until}
			want := verify.Accept
			if c.outside {
				want = verify.Refer
			}
			expect(t, newWorld(t, ut).one(t, key), verify.Authentic, want)

			ut = newSigner("ut")
			ut.NotBefore, ut.NotAfter = c.notBefore, c.notAfter
			d := ut.card()
			d.Validity = key.Validity
			got := newWorld(t, ut).one(t, d)
			if outside := slices.ContainsFunc(got.Findings, func(f verify.Finding) bool { return f.Code == verify.SealOutsideValidity }); outside != c.outside {
				t.Errorf("outside: %v (%v)", outside, got.Findings)
			}
		})
	}
}

// A key that was withdrawn proves nothing of what is dated after; what is dated before may be genuine, or dated back.
func TestAWithdrawnSignerDisprovesOnlyWhatIsDatedAfter(t *testing.T) {
	revoked := today.Add(-10 * day)
	for what, c := range map[string]struct {
		issued  time.Time
		asOf    time.Time
		status  verify.Status
		verdict verify.Verdict
	}{
		"issued before":                 {revoked.Add(-time.Second), today, verify.Untrusted, verify.Refer},
		"issued at that moment":         {revoked, today, verify.Invalid, verify.Reject},
		"issued after":                  {revoked.Add(day), today, verify.Invalid, verify.Reject},
		"as of the moment itself":       {revoked, revoked, verify.Invalid, verify.Reject},
		"as of the second before":       {revoked.Add(-day), revoked.Add(-time.Second), verify.Authentic, verify.Accept},
		"withdrawal is in the future":   {revoked.Add(-20 * day), revoked.Add(-15 * day), verify.Authentic, verify.Accept},
		"the document says no moment":   {time.Time{}, today, verify.Invalid, verify.Reject},
		"no moment, before it happened": {time.Time{}, revoked.Add(-time.Second), verify.Authentic, verify.Accept},
	} {
		t.Run(what, func(t *testing.T) {
			ut := newSigner("ut")
			ut.RevokedAt = revoked
			d := ut.card()
			d.Validity.IssuedAt = c.issued
			w := newWorld(t, ut)
			r := w.verifier(t).Inspect(context.Background(), w.inputs(d), verify.AsOf(c.asOf))
			expect(t, r.Documents[0], c.status, c.verdict)
			if c.status == verify.Authentic {
				return
			}
			expect(t, r.Documents[0], c.status, c.verdict, verify.SealSignerRevoked)
			if r.Documents[0].Verified != nil {
				t.Error("claims under a withdrawn key are shown as verified")
			}
		})
	}
}

// Two lists are joined by those who load both: a key that one of them withdraws is withdrawn, wherever it stands.
func TestAKeyThatOneListWithdrawsIsWithdrawn(t *testing.T) {
	still, withdrawn := newSigner("shared"), newSigner("shared")
	withdrawn.RevokedAt = today.Add(-40 * day) // before the card was issued
	for _, list := range [][]signer{{still, withdrawn}, {withdrawn, still}} {
		expect(t, newWorld(t, list...).one(t, still.card()), verify.Invalid, verify.Reject, verify.SealSignerRevoked)
	}
}
