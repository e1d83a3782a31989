package verify

import (
	"crypto"
	"errors"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cert"
	"github.com/travelseal/travelseal/internal/sig"
	"github.com/travelseal/travelseal/trustlist"
)

// An outcome is what came of one seal: how far it is proved, by which key, and why not further.
type outcome struct {
	state  SealState
	status Status // what it makes of a document that rests on it
	anchor *trustlist.Anchor
	code   Code // why the status is not Authentic
	detail string
	own    Code // what the certificate that came with the document says of the signature, where no trusted key does
	note   Code // a weakness of a signature that holds
}

// authenticate checks one seal of an issuer against every key that its hints may mean.
//
// A signature that fails disproves a document only under an identified signer (see trustlist.Anchor.IdentifiedBy) whose
// key may make such seals: a failing signature under a key that merely shares a number, or that is trusted for another
// purpose, says nothing. A wrong "forged" would be an accusation against a person.
func authenticate(doc *formats.Document, s *formats.Seal, trust *trustlist.Snapshot) outcome {
	if s.Problem.Code != "" {
		return outcome{state: NotChecked, status: Indeterminate, code: knownOr(Code(s.Problem.Code), SealUnsupported), detail: s.Problem.Text}
	}
	hint := narrowed(s)
	anchors := trust.Find(hint)
	if len(anchors) == 0 {
		var err error
		if anchors, err = trust.Lead(hint); err != nil {
			o := outcome{state: UnknownSigner, status: Untrusted, code: SealSignerUnknown, own: underOwnCertificate(s)}
			if errors.Is(err, trustlist.ErrChain) {
				o.code, o.detail = SealChain, strings.TrimPrefix(err.Error(), trustlist.ErrChain.Error()+": ")
			}
			return o
		}
	}
	best := outcome{state: NoKeyMatches, status: Untrusted, code: SealNoKeyMatches}
	for _, a := range anchors {
		o := try(doc, s, a)
		if o.status == Authentic {
			return o
		}
		if o.rank() > best.rank() {
			best = o
		}
	}
	return best
}

// narrowed is the hint of a seal whose document does not say which of several certificates is the signer's, with those whose
// keys made the signature in front: the search for their authorities has a limit, and in what order the document has its
// certificates must not decide what is found. None of them is proved to be the signer's by that, nor trusted.
func narrowed(s *formats.Seal) formats.Signer {
	hint := s.Signer
	leaves := min(hint.Leaves, len(hint.Chain))
	if leaves < 2 {
		return hint
	}
	var made, rest [][]byte
	for i, raw := range hint.Chain {
		if i < leaves && madeBy(s, raw) {
			made = append(made, raw)
		} else {
			rest = append(rest, raw)
		}
	}
	if len(made) > 0 {
		hint.Chain, hint.Leaves = append(made, rest...), len(made)
	}
	return hint
}

// madeBy reports whether the key of a certificate made a signature.
func madeBy(s *formats.Seal, certificate []byte) bool {
	c, err := cert.Parse(certificate)
	if err != nil || c.Key == nil {
		return false
	}
	_, err = check(s, c.Key)
	return err == nil
}

// rank orders the outcomes of several keys: a key that made the signature and may not, before a disproof, before a key
// that could not be tried.
func (o outcome) rank() int {
	switch {
	case o.state == Holds:
		return 3
	case o.state == Fails:
		return 2
	case o.state == NotChecked:
		return 1
	}
	return 0
}

// try checks a seal under one key.
func try(doc *formats.Document, s *formats.Seal, a *trustlist.Anchor) outcome {
	forbidden, why := mayNot(doc, s, a)
	note, err := check(s, a.Key)
	switch {
	case err == nil && forbidden != "":
		return outcome{state: Holds, status: Untrusted, anchor: a, code: forbidden, detail: why, note: note}
	case err == nil:
		return outcome{state: Holds, status: Authentic, anchor: a, note: note}
	case errors.Is(err, sig.ErrMismatch) && (forbidden == "" || forbidden == SealCountry) && a.IdentifiedBy(s.Signer):
		// A country that does not fit is part of what the signature fails to cover, and no other purpose of the key.
		return outcome{state: Fails, status: Invalid, anchor: a, code: SealMismatch, detail: mismatchDetail(err)}
	case errors.Is(err, sig.ErrMismatch):
		return outcome{state: NoKeyMatches, status: Untrusted, code: SealNoKeyMatches}
	case errors.Is(err, sig.ErrKeyType):
		return outcome{state: NotChecked, status: Untrusted, code: SealWrongKeyType}
	}
	return outcome{state: NotChecked, status: Indeterminate, code: SealUnsupported}
}

// check asks package sig about a seal. Two ways in which a signature holds and should not have been made so are noted:
// only the key's owner could make it, and genuine issuers have.
func check(s *formats.Seal, key crypto.PublicKey) (note Code, err error) {
	switch err = sig.Verify(s.Algorithm, key, s.Signed, s.Signature); {
	case errors.Is(err, sig.ErrWeakHash):
		return SealWeakHash, nil
	case errors.Is(err, sig.ErrNullOmitted):
		return SealNullOmitted, nil
	}
	return "", err
}

func mismatchDetail(err error) string {
	if errors.Is(err, sig.ErrEncoding) {
		return "the signature has not the form that its algorithm prescribes"
	}
	return ""
}

// mayNot says why a key may not seal this document, or "".
func mayNot(doc *formats.Document, s *formats.Seal, a *trustlist.Anchor) (code Code, detail string) {
	switch {
	case a.Role != trustlist.Signer:
		return SealWrongRole, ""
	case a.Uses == 0: // whatever it is for, it seals no document
		return SealWrongUse, ""
	case !a.Permits(doc.Format):
		return SealOutOfScope, ""
	case !a.Uses.Has(doc.Purpose):
		return SealWrongUse, ""
	case !a.SealsType(s.Signer.DocumentType):
		return SealWrongUse, "the signer's certificate is for documents of other types"
	case a.Fits(s.Algorithm) != nil:
		return SealWrongKeyType, "the signer's certificate binds its key to another algorithm"
	case s.Signer.Country != "" && a.Country != "" && !trustlist.SealsFor(a.Country, s.Signer.Country):
		return SealCountry, "the key is of " + a.Country
	}
	return "", ""
}

// knownOr gives a decoder's code where this version knows it, and another where it does not.
func knownOr(c, other Code) Code {
	if Known(c) {
		return c
	}
	return other
}

// underOwnCertificate checks a signature under the certificate that came with the document. That never vouches for
// anything, because anyone can bring a certificate; but whether the signature is sound, and whether its signer is known,
// are two questions, and the first can be answered without the second.
func underOwnCertificate(s *formats.Seal) Code {
	if len(s.Signer.Chain) == 0 {
		return ""
	}
	unsound := 0
	leaves := max(s.Signer.Leaves, 1)
	for _, raw := range s.Signer.Chain[:min(leaves, len(s.Signer.Chain))] {
		c, err := cert.Parse(raw)
		if err != nil || c.Key == nil || c.KeyLimits.Permit(s.Algorithm) != nil {
			continue
		}
		switch _, err := check(s, c.Key); {
		case err == nil:
			return SealSoundUnknown
		case errors.Is(err, sig.ErrMismatch):
			unsound++
		}
	}
	if unsound == leaves {
		return SealUnsound
	}
	return ""
}
