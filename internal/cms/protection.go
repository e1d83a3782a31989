package cms

import (
	"bytes"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
)

// oidAlgorithmProtection is the attribute by which a signer signs the names of the algorithms, so that nobody can put
// others in their place (RFC 6211 §2). The German master lists have it.
var oidAlgorithmProtection = der.MustOID("1.2.840.113549.1.9.52")

// protection holds the algorithms of the SignerInfo against those that the attribute names: CMSAlgorithmProtection ::=
// SEQUENCE { digestAlgorithm, signatureAlgorithm [1] IMPLICIT, macAlgorithm [2] IMPLICIT }, of which a signature has the
// second. RFC 6211 §2 wants a reader to fail where they differ.
func (s *SignerInfo) protection(digest, algorithm der.Value) {
	if s.protected.Raw == nil {
		return
	}
	r := s.protected.Reader()
	d, err := r.Read(der.Sequence, "the protected digest algorithm")
	if err == nil {
		var a der.Value
		if a, err = r.Read(der.ContextOf(1), "the protected signature algorithm"); err == nil && r.Empty() &&
			sameAlgorithm(d, digest) && sameAlgorithm(a, algorithm) {
			return
		}
	}
	s.refuse(formats.CodeSealHeader, "the signed attributes name other algorithms than the signer")
}

// sameAlgorithm compares the contents of two AlgorithmIdentifiers. Parameters of NULL and none mean the same.
func sameAlgorithm(a, b der.Value) bool { return bytes.Equal(bare(a), bare(b)) }

// bare is the content of an AlgorithmIdentifier without parameters of NULL.
func bare(v der.Value) []byte {
	r := v.Reader()
	oid, err := r.Read(der.ObjectID, "an algorithm")
	if err != nil || !bytes.Equal(r.Rest(), []byte{byte(der.Null), 0}) {
		return v.Content
	}
	return oid.Raw
}
