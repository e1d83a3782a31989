package attacks_test

import (
	"testing"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/verify"
)

// claimNotBefore is nbf (RFC 8392 §3.1.5), which the EU's certificates do not use and readers honour.
const claimNotBefore = 5

func TestA43_ExpiredDocument(t *testing.T) {
	expires := func(at time.Time) mint.HCERT { return vaccination.Dated(mint.IssuedAt, at) }
	v := utopia(t)
	attack(t, v, expires(mint.AsOf.Add(time.Second)),
		mutant{"a second ago", expires(mint.AsOf.Add(-time.Second)), outdated(verify.TimeExpired)},
		mutant{"in 1970", expires(time.Unix(0, 0)), outdated(verify.TimeExpired)},
		mutant{"before it was issued", vaccination.Dated(mint.IssuedAt, mint.IssuedAt.Add(-time.Hour)), outdated(verify.TimeExpired)},
		mutant{"forged", mint.Resign(expires(mint.AsOf.Add(-time.Second)), mint.Fresh("forger")), disproved(verify.SealMismatch)},
		mutant{"by an unknown signer", mint.Vaccination(mint.Fresh("stranger")).Dated(mint.IssuedAt, mint.IssuedAt), untrusted(verify.TimeExpired)},
	)
	d := demand(t, v, "expired", formats.Text(expires(mint.AsOf.Add(-time.Second)).Build().Text), outdated(verify.TimeExpired))
	if d.Verified == nil || d.Verified.Subjects[0].Names[0].Family != mint.Maren.Family {
		t.Error("the claims of an expired document are not shown")
	}
}

func TestA44_DocumentOfTheFuture(t *testing.T) {
	issued := func(after time.Duration) mint.HCERT { return vaccination.Dated(mint.AsOf.Add(after), mint.Expires) }
	begins := func(after time.Duration) mint.HCERT {
		return vaccination.SetClaim(mint.Unix(mint.AsOf.Add(after)), claimNotBefore)
	}
	early := outdated(verify.TimeNotYetValid)
	attack(t, utopia(t), begins(0),
		mutant{"issued in five minutes", issued(5 * time.Minute), accepted},
		mutant{"begins in five minutes", begins(5 * time.Minute), accepted},
		mutant{"issued a second later", issued(5*time.Minute + time.Second), early},
		mutant{"begins a second later", begins(5*time.Minute + time.Second), early},
		mutant{"issued tomorrow", issued(24 * time.Hour), early},
		mutant{"begins tomorrow", begins(24 * time.Hour), early},
		mutant{"begins in the year 9999", vaccination.SetClaim(mint.Int(253402300799), claimNotBefore), early},
	)
}

func TestA45_NoExpiry(t *testing.T) {
	attack(t, utopia(t), vaccination,
		mutant{"exp", vaccination.DropClaim(mint.ClaimExpires), doubted(verify.TimeNoExpiry)},
		mutant{"iat", vaccination.DropClaim(mint.ClaimIssuedAt), doubted(verify.ContentSchema)},
		mutant{"both", vaccination.DropClaim(mint.ClaimExpires).DropClaim(mint.ClaimIssuedAt), doubted(verify.TimeNoExpiry)},
	)
}

// signerUntil is a signer whose certificate is valid from one moment to another.
func signerUntil(name string, from, to time.Time) mint.Signer {
	return ut.CSCA.Issue(name, mint.Template{NotBefore: from, NotAfter: to})
}

func TestA46_ExpiredSigner(t *testing.T) {
	from := mint.IssuedAt.AddDate(0, 0, -7)
	valid := signerUntil("still valid", from, mint.AsOf.Add(time.Second))
	over := signerUntil("just expired", from, mint.AsOf.Add(-time.Second))
	attack(t, trusting(t, list(mint.Anchors(valid, over)...)), mint.Vaccination(valid),
		mutant{"a second ago", mint.Vaccination(over), doubted(verify.SealSignerExpired)},
		mutant{"and forged", mint.Resign(mint.Vaccination(over), mint.Fresh("forger")), disproved(verify.SealMismatch)},
	)
	// An archive asks what was so on another day.
	in := []formats.Input{formats.Text(mint.Vaccination(over).Build().Text)}
	r := trusting(t, list(mint.Anchors(over)...)).Inspect(t.Context(), in, verify.AsOf(mint.IssuedAt.AddDate(0, 0, 1)))
	if r.Verdict != verify.Accept || !r.AsOf.Before(r.CheckedAt) {
		t.Errorf("as of the day after it was issued: %s, codes %v", r.Verdict, codes(r.Documents[0]))
	}
}

func TestA47_BackDatedUnderALeakedKey(t *testing.T) {
	leak := mint.IssuedAt.AddDate(0, 3, 0)
	before, after := leak.AddDate(0, 0, -1), leak.AddDate(0, 0, 1)
	leaked := signerUntil("leaked", mint.IssuedAt.AddDate(-1, 0, 0), mint.Expires)
	honest := mint.Vaccination(leaked)
	attack(t, trusting(t, list(mint.Anchors(leaked)...)), honest.Dated(before, mint.Expires))

	// Nobody can tell a back-dated document from an honest one of the same day: neither is accepted, neither condemned.
	withdrawn := trusting(t, list(mint.Anchor{Signer: leaked, RevokedAt: leak}))
	demand(t, withdrawn, "dated before the leak", formats.Text(honest.Dated(before, mint.Expires).Build().Text), untrusted(verify.SealSignerRevoked))
	demand(t, withdrawn, "dated after the leak", formats.Text(honest.Dated(after, mint.Expires).Build().Text), disproved(verify.SealSignerRevoked))
	demand(t, withdrawn, "dated at the leak", formats.Text(honest.Dated(leak, mint.Expires).Build().Text), disproved(verify.SealSignerRevoked))
	demand(t, withdrawn, "not dated", formats.Text(honest.DropClaim(mint.ClaimIssuedAt).Build().Text), disproved(verify.SealSignerRevoked))
	later := trusting(t, list(mint.Anchor{Signer: leaked, RevokedAt: mint.AsOf.Add(time.Hour)}))
	demand(t, later, "to be withdrawn", formats.Text(honest.Dated(before, mint.Expires).Build().Text), accepted)

	// Without a withdrawal, the end of the certificate is all there is.
	ended := signerUntil("ended", mint.IssuedAt.AddDate(-1, 0, 0), leak)
	demand(t, trusting(t, list(mint.Anchors(ended)...)), "expired and dated back",
		formats.Text(mint.Vaccination(ended).Dated(before, mint.Expires).Build().Text), doubted(verify.SealSignerExpired))
}

func TestA48_DatesOutsideTheSignersOwn(t *testing.T) {
	from, to := mint.AsOf.AddDate(0, -6, 0), mint.AsOf.AddDate(0, 6, 0)
	signer := signerUntil("half-year", from, to)
	dated := func(issued, expires time.Time) mint.HCERT { return mint.Vaccination(signer).Dated(issued, expires) }
	attack(t, trusting(t, list(mint.Anchors(signer)...)), dated(from, to),
		mutant{"issued a second before the signer", dated(from.Add(-time.Second), to), doubted(verify.SealOutsideValidity)},
		mutant{"issued in 1970", dated(time.Unix(1, 0), to), doubted(verify.SealOutsideValidity)},
		mutant{"issued after the signer's end", dated(to.Add(time.Second), mint.Expires), outdated(verify.SealOutsideValidity)},
		mutant{"expires a second after the signer", dated(from, to.Add(time.Second)), noted(verify.SealOutlivesSigner)},
	)
	// A list can narrow what the certificate says.
	narrowed := trusting(t, list(mint.Anchor{Signer: signer, NotBefore: from.AddDate(0, 1, 0)}))
	demand(t, narrowed, "issued before the list's date", formats.Text(dated(from, to).Build().Text), doubted(verify.SealOutsideValidity))

	future := signerUntil("not yet", mint.AsOf.Add(time.Minute), to)
	demand(t, trusting(t, list(mint.Anchors(future)...)), "signed by a key that is not valid yet",
		formats.Text(mint.Vaccination(future).Dated(mint.AsOf.Add(time.Minute), to).Build().Text), doubted(verify.SealOutsideValidity))
}
