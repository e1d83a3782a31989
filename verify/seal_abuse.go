package verify

import (
	"crypto/sha256"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/trustlist"
)

// SealID is the value by which a trustlist.AbuseWindow names a document: the first bytes of the SHA-256 of the signature. Of
// an ECDSA signature it is r alone, in as many bytes as the number needs, because anyone can turn (r, s) into (r, n−s).
func SealID(s *formats.Seal) [trustlist.HashSize]byte {
	b := s.Signature
	if s.Algorithm.Scheme == formats.ECDSA {
		b = sig.R(s.Algorithm, s.Signature)
	}
	sum := sha256.Sum256(b)
	return [trustlist.HashSize]byte(sum[:])
}

// withdrawnSigner handles a key that is on a list again after it was taken off.
func (j *judgement) withdrawnSigner(a *trustlist.Anchor, where string) {
	t := a.Tombstone
	if t.Since.IsZero() || j.asOf.Before(t.Since) {
		return
	}
	j.atMost(Untrusted)
	j.add(SealSignerWithdrawn, where, joined(t.Reason, "since "+stamp(t.Since)))
}

// abused handles a key that others had for a time. A document that is known to be made then is disproved; one that says it
// was issued then may be either.
func (j *judgement) abused(s *formats.Seal, a *trustlist.Anchor, where string) {
	windows := j.trust.Abuse(a)
	if len(windows) == 0 {
		return
	}
	id, d := SealID(s), j.doc.Validity
	for i := range windows {
		w := &windows[i]
		switch {
		case w.Names(id):
			j.status = Invalid
			j.add(DocAbuseListed, where, w.Reason)
		case w.Covers(d.IssuedAt, d.IssuedUntil):
			j.atMost(Untrusted)
			j.add(SealAbuseWindow, where, w.Reason)
		}
	}
}

// atMost lowers an authentic document's status; what has been disproved stays so.
func (j *judgement) atMost(s Status) {
	if j.status == Authentic {
		j.status = s
	}
}
