package cms

import (
	"crypto"
	"slices"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// A Profile is what one use of a message demands. Every use demands exactly one signer. The zero Profile accepts nothing.
type Profile struct {
	// ContentType is what the content must be. It is signed, so that a message for one use is none for another.
	ContentType der.OID
	// Bare permits a signature over the content itself, without signed attributes. A message that permits both can be
	// turned from one into the other by a stranger (RFC 5652 §11.1 and §14); Doc 9303-10 §4.6.2.2 and Doc 9303-12 §9.1
	// therefore demand the attributes.
	Bare bool
	// SHA1 permits a digest of SHA-1.
	SHA1 bool
}

// maxLeaves is how many certificates are offered as the signer's where the identifier does not decide.
const maxLeaves = 8

// Seal holds the message against a profile. It gives the signature and the binding that leads from the signed attributes to
// the content; the binding is zero where the signature covers the content itself.
//
// What the profile or RFC 5652 forbids becomes the seal's Problem, so that the signature is never checked. The chain of
// the signer begins with the certificates that may be the signer's: those that its identifier fits, or all where it fits
// none. The error says that there is nothing to check: the message has no signer, or no content.
func (sd *SignedData) Seal(p Profile) (formats.Seal, formats.Binding, error) {
	if len(sd.Signers) == 0 {
		return formats.Seal{}, formats.Binding{}, fail(&der.Error{What: "the signers", Err: der.ErrTruncated})
	}
	if sd.Content == nil {
		return formats.Seal{}, formats.Binding{}, &formats.Error{Code: formats.CodePayload, Step: Envelope + ", the content", Offset: -1, Err: der.ErrTruncated}
	}
	s := &sd.Signers[0]
	seal := formats.Seal{
		Role: formats.Issuer, Envelope: Envelope, Algorithm: s.Algorithm,
		Signed: s.SignedAttrs, Signature: s.Signature, Signer: sd.chain(s), Problem: sd.problem(s, p),
	}
	if s.SignedAttrs == nil {
		seal.Signed = sd.Content
		return seal, formats.Binding{}, nil
	}
	return seal, formats.Binding{Hash: s.Digest, Digest: s.MessageDigest, Data: sd.Content}, nil
}

// problem is what forbids a check under a profile.
func (sd *SignedData) problem(s *SignerInfo, p Profile) formats.Problem {
	header := func(text string) formats.Problem { return formats.Problem{Code: formats.CodeSealHeader, Text: text} }
	switch {
	case len(sd.Signers) > 1:
		return header("the message has more than one signer")
	case sd.ContentType != p.ContentType:
		return header("the content is of another type than this use demands")
	case s.problem != formats.Problem{}:
		return s.problem
	case s.SignedAttrs == nil && !p.Bare:
		return header("there are no signed attributes, which this use demands")
	case s.SignedAttrs != nil && s.ContentType != sd.ContentType:
		return header("the signed attributes name another type of content than the message")
	case s.SignedAttrs != nil && len(s.MessageDigest) != s.Digest.Size():
		return header("the digest in the signed attributes is not of the length of its algorithm")
	case s.Digest == crypto.SHA1 && !p.SHA1:
		return formats.Problem{Code: formats.CodeSealUnsupported, Text: "the signer hashes with SHA-1, which this use does not accept"}
	}
	return formats.Problem{}
}

// chain orders the certificates: those that may be the signer's first.
func (sd *SignedData) chain(s *SignerInfo) formats.Signer {
	out := formats.Signer{KeyID: s.SubjectKeyID}
	if len(sd.Certificates) == 0 {
		return out
	}
	out.Chain = make([][]byte, 0, len(sd.Certificates))
	for _, i := range s.matching {
		out.Chain = append(out.Chain, sd.Certificates[i])
	}
	for i, c := range sd.Certificates {
		if !slices.Contains(s.matching, i) {
			out.Chain = append(out.Chain, c)
		}
	}
	leaves := len(s.matching)
	if leaves == 0 {
		leaves = len(out.Chain)
	}
	if leaves > 1 {
		out.Leaves = min(leaves, maxLeaves)
	}
	return out
}
