package verify

import (
	"slices"
	"strings"
	"time"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/trustlist"
)

// signer checks the trusted key against the time that the document states.
func (j *judgement) signer() {
	d := j.doc.Validity
	for i := range j.outcomes {
		a := j.outcomes[i].anchor
		if a == nil {
			continue
		}
		where := sealPlace(i)
		j.revokedSigner(a, where)
		j.revokedCertificates(a, where)
		j.withdrawnSigner(a, where)
		if by := j.v.c.Policy.Authentication; len(by) > 0 && !slices.Contains(by, a.Source.Authentication) {
			j.add(PolicyKeyUnvouched, where, a.Source.Authentication.String())
		}
		j.abused(&j.doc.Seals[i], a, where)
		signed := d.IssuedAt
		if signed.IsZero() {
			signed = a.NotBefore
		} else if d.AtSigning {
			j.add(TimeSelfDeclared, where, "")
		}
		switch {
		case !d.IssuedAt.IsZero() && !issuedWithin(d, a.NotBefore, a.NotAfter):
			j.add(SealOutsideValidity, where, "")
		case !d.IssuedAt.IsZero() && !issuedWithin(d, a.KeyNotBefore, a.KeyNotAfter):
			j.add(SealOutsideValidity, where, "it is outside the time in which the private key signs")
		case !a.PathValidAt(signed) && (d.IssuedUntil.IsZero() || !a.PathValidAt(d.IssuedUntil)):
			j.add(SealOutsideValidity, where, "a certificate above the signer's was not valid then")
		case !a.NotBefore.IsZero() && j.asOf.Before(a.NotBefore):
			j.add(SealOutsideValidity, where, "the key is not valid yet")
		case !a.NotAfter.IsZero() && j.asOf.After(a.NotAfter) && !d.AtSigning:
			j.add(SealSignerExpired, where, "")
		case !a.NotAfter.IsZero() && d.NotAfter.After(a.NotAfter):
			j.add(SealOutlivesSigner, where, "")
		}
		if codes := a.Deviations(); len(codes) > 0 {
			j.add(SealCertificate, where, strings.Join(codes, ", "))
		}
	}
}

// issuedWithin reports whether a document can have been issued between two moments, both included; a zero time is no bound. A
// day is a time of up to two days somewhere on earth, and a certificate that began at noon may have signed in the afternoon.
func issuedWithin(d formats.Validity, from, until time.Time) bool {
	latest := d.IssuedUntil
	if latest.IsZero() {
		latest = d.IssuedAt
	}
	return (from.IsZero() || !latest.Before(from)) && (until.IsZero() || !d.IssuedAt.After(until))
}

// revokedSigner handles a key that the list has withdrawn.
func (j *judgement) revokedSigner(a *trustlist.Anchor, where string) {
	if !a.RevokedAt.IsZero() && !j.asOf.Before(a.RevokedAt) {
		j.withdrawn(a.RevokedAt, where, "")
	}
}

// withdrawn handles a key that counts no more since a moment. A document that says it was issued before may be genuine or
// dated back: that cannot be known here, so it is referred; one that says it was issued after, or does not say, is
// disproved. The time that a signer states for itself says nothing once others may have its key.
func (j *judgement) withdrawn(since time.Time, where, detail string) {
	if d := j.doc.Validity; !d.AtSigning && !d.IssuedAt.IsZero() && d.IssuedAt.Before(since) {
		if j.status != Invalid { // another seal, or another list, may have disproved it already
			j.status = Untrusted
		}
		j.add(SealSignerRevoked, where, joined(detail, "the document says that it was issued before that"))
		return
	}
	j.status = Invalid
	j.add(SealSignerRevoked, where, detail)
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// revokedCertificates asks the lists of the CAs about the certificates of a signer that was found through them.
func (j *judgement) revokedCertificates(a *trustlist.Anchor, where string) {
	switch answer := j.trust.RevokedCertificates(a, j.asOf); answer.State {
	case trustlist.Revoked:
		j.withdrawn(answer.Since, where, answer.Detail)
	case trustlist.Unavailable:
		j.add(RevocationUnavailable, where, answer.Detail)
	case trustlist.NotConfigured:
		j.add(RevocationNotConfigured, where, answer.Detail)
	}
}
