package verify_test

import (
	"context"
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/formats/formatstest"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// DESIGN §4: "A sealed date that has passed keeps the status Authentic; time.expired (Disqualify) makes the verdict Reject
// and the claims stay visible".
func TestAnExpiredDocumentStaysAuthenticShowsItsClaimsAndIsRejected(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	d := ut.card()
	d.Validity.NotAfter = today.Add(-time.Second)
	r := w.inspect(t, d)
	expect(t, r.Documents[0], verify.Authentic, verify.Reject, verify.TimeExpired)
	if got := effectOf(t, r.Documents[0].Findings, verify.TimeExpired); got != verify.Disqualify {
		t.Errorf("the effect is %s", got)
	}
	if v := r.Documents[0].Verified; v == nil || v.Subjects[0].Names[0].Family != "Achterberg" {
		t.Error("the claims are not shown")
	}
	if r.Verdict != verify.Reject {
		t.Errorf("the case: %s", r.Verdict)
	}
	if _, err := w.verifier(t).Open(context.Background(), w.input(d)); err == nil {
		t.Error("Open accepts an expired document")
	}
}

// DESIGN §4: only proof disqualifies. What a stranger's document says of its own dates is a claim like its others.
func TestAPassedDateRejectsNoDocumentThatIsNotProved(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	past, future := current(), current()
	past.NotAfter, future.NotBefore = today.Add(-day), today.Add(day)
	for what, c := range map[string]struct {
		d      *formats.Document
		status verify.Status
	}{
		"unsealed":      {printed(), verify.Unsealed},
		"untrusted":     {newSigner("stranger").card(), verify.Untrusted},
		"indeterminate": {forbidden(ut.card()), verify.Indeterminate},
	} {
		for _, dates := range []formats.Validity{past, future} {
			t.Run(what, func(t *testing.T) {
				c.d.Validity = dates
				r := w.inspect(t, c.d)
				expect(t, r.Documents[0], c.status, verify.Refer)
				for _, f := range r.Documents[0].Findings {
					if f.Effect == verify.Disqualify {
						t.Errorf("%s disqualifies", f.Code)
					}
				}
			})
		}
	}
}

// forbidden forbids checking the first seal.
func forbidden(d *formats.Document) *formats.Document {
	d.Seals[0].Problem = formats.Problem{Code: formats.CodeSealHeader, Text: "critical header"}
	return d
}

func TestADateIsComparedToTheSecond(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	const skew = 5 * time.Minute // an issuer's clock may be that much ahead
	for what, c := range map[string]struct {
		dates   formats.Validity
		verdict verify.Verdict
		code    verify.Code
	}{
		"a second before the end":        {formats.Validity{NotAfter: today.Add(time.Second)}, verify.Accept, ""},
		"a second after the end":         {formats.Validity{NotAfter: today.Add(-time.Second)}, verify.Reject, verify.TimeExpired},
		"issued within the skew":         {formats.Validity{IssuedAt: today.Add(skew)}, verify.Accept, ""},
		"issued beyond the skew":         {formats.Validity{IssuedAt: today.Add(skew + time.Second)}, verify.Reject, verify.TimeNotYetValid},
		"begins within the skew":         {formats.Validity{NotBefore: today.Add(skew)}, verify.Accept, ""},
		"begins beyond the skew":         {formats.Validity{NotBefore: today.Add(skew + time.Second)}, verify.Reject, verify.TimeNotYetValid},
		"no end, none needed":            {formats.Validity{}, verify.Accept, ""},
		"no end where one must be":       {formats.Validity{MustExpire: true}, verify.Refer, verify.TimeNoExpiry},
		"an end where one must be":       {formats.Validity{MustExpire: true, NotAfter: today.Add(day)}, verify.Accept, ""},
		"ended before it ever began too": {formats.Validity{NotBefore: today.Add(day), NotAfter: today.Add(-day)}, verify.Reject, verify.TimeNotYetValid},
	} {
		t.Run(what, func(t *testing.T) {
			d := ut.card()
			d.Validity = c.dates
			got := w.one(t, d)
			expect(t, got, verify.Authentic, c.verdict)
			if c.code != "" {
				expect(t, got, verify.Authentic, c.verdict, c.code)
			}
		})
	}
}

// RFC 7519 §4.1.4, by RFC 8392 §3.1.4, ends a token on the moment that exp names, and allows a small leeway. EU test
// certificates count that second in.
func TestACertificateIsExpiredAfterTheSecondThatExpNames(t *testing.T) {
	exp := mint.IssuedAt.AddDate(0, 1, 0)
	text := mint.Vaccination(mint.Utopia().Vaccination).Dated(mint.IssuedAt, exp).Build().Text
	v := formatstest.Verifier(t, mint.AsOf)
	for at, want := range map[time.Time]verify.Verdict{exp.Add(-time.Second): verify.Accept, exp: verify.Accept, exp.Add(time.Second): verify.Reject} {
		r := v.Inspect(context.Background(), []formats.Input{formats.Text(text)}, verify.AsOf(at))
		expect(t, r.Documents[0], verify.Authentic, want)
	}
}

// DESIGN §4, Option AsOf: auditors check as of another day, and the report names both moments.
func TestAsOfMovesTheDocumentsDatesAndNotTheListsAge(t *testing.T) {
	ut := newSigner("ut")
	w := newWorld(t, ut)
	d := ut.card()
	in := w.inputs(d)
	v := w.verifier(t)
	for at, want := range map[time.Time]verify.Verdict{
		d.Validity.IssuedAt.Add(day):  verify.Accept,
		d.Validity.IssuedAt.Add(-day): verify.Reject,
		d.Validity.NotAfter.Add(day):  verify.Reject,
		{}:                            verify.Accept, // the zero time is now
	} {
		r := v.Inspect(context.Background(), in, verify.AsOf(at))
		if r.Verdict != want {
			t.Errorf("as of %s: %s, want %s", at, r.Verdict, want)
		}
		if !r.CheckedAt.Equal(today) || r.Trust.State != "fresh" || r.Trust.Age != day {
			t.Errorf("checked at %s against a list that is %s, %s old", r.CheckedAt, r.Trust.State, r.Trust.Age)
		}
		if !at.IsZero() && !r.AsOf.Equal(at) {
			t.Errorf("as of %s, want %s", r.AsOf, at)
		}
	}
	east := time.FixedZone("east", 7*3600)
	r := v.Inspect(context.Background(), in, verify.AsOf(today.In(east)))
	if r.AsOf.Location() != time.UTC {
		t.Errorf("the report's moment is in %s", r.AsOf.Location())
	}
}
