package mdoc

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// readAuth reads issuerAuth, the COSE_Sign1 of the issuer (ISO/IEC 18013-5 §9.1.2.4), whose certificates stand beside it.
func (r *reading) readAuth() error {
	const step = "issuerAuth"
	if _, _, tagged := r.issuerAuth.Tag(); tagged {
		if !r.o.Allows(coseTagged) {
			return fail(formats.CodeEnvelope, step, r.issuerAuth.Offset(), errors.New("a tag stands before the message"))
		}
		r.tolerated(coseTagged, step, "the tag of COSE_Sign1 stands before the message")
	}
	m, err := cose.Parse(r.issuerAuth.Raw(), plain(r.o))
	if err != nil {
		return r.envelopeError(step, r.issuerAuth, err)
	}
	r.seal, r.payload = m.Seal, m.Payload
	permit(&r.seal)
	if len(r.seal.Signer.Chain) > 0 {
		// The certificate says who signs. A key identifier beside it is no part of the specification, and must not lead to
		// another's key.
		r.seal.Signer.KeyID = nil
	}
	return nil
}

// permit makes a problem of an algorithm that the specification does not have (§9.1.2.4 and §9.1.3.6: ECDSA and EdDSA).
func permit(s *formats.Seal) {
	switch {
	case s.Problem.Code != "":
	case s.Algorithm.Scheme != formats.ECDSA && s.Algorithm.Scheme != formats.Ed25519:
		s.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "the algorithm is not one that a mobile document may have"}
	}
}

// envelopeError says of an error of package cose where it stands in the response.
func (r *reading) envelopeError(step string, message cbor.Value, err error) error {
	var fe *formats.Error
	if !errors.As(err, &fe) {
		return fail(formats.CodeEnvelope, step, message.Offset(), err)
	}
	own := *fe
	own.Format, own.Step, own.Offset = ID, step+", "+fe.Step, message.Offset()+fe.Offset
	return &own
}

// embedded reads #6.24(bstr .cbor …) (RFC 8949 §3.4.5.1): an item that others name by its bytes.
func embedded(v cbor.Value) ([]byte, bool) {
	tag, inner, ok := v.Tag()
	if !ok || tag != tagEmbedded {
		return nil, false
	}
	return inner.Bytes()
}

// The tags of CBOR that the specification uses.
const (
	tagDateTime = 0    // tdate (RFC 8949 §3.4.1)
	tagEmbedded = 24   // CBOR in a byte string
	tagFullDate = 1004 // full-date (RFC 8943 §3.2)
)
