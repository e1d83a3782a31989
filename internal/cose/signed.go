package cose

import "github.com/veraison/go-cose"

// signedBytes gives the Sig_structure of RFC 9052 §4.4, which is what the signature covers. go-cose computes it from the
// parts that were split off strictly; what go-cose refuses to look at goes through sigStructure.
func signedBytes(p parts, h headers, aad []byte) ([]byte, error) {
	alg, named := h.alg.Int()
	if !named || len(p.signature) == 0 {
		return sigStructure(p.protected, aad, p.payload), nil
	}
	msg := cose.Sign1Message{
		Headers: cose.Headers{
			RawProtected: p.rawProtected, // as sent, so that nothing is signed anew that was not
			Protected:    cose.ProtectedHeader{cose.HeaderLabelAlgorithm: cose.Algorithm(alg)},
		},
		Payload: p.payload, Signature: p.signature,
	}
	rec := recorder{alg: cose.Algorithm(alg)}
	if err := msg.Verify(aad, &rec); err != nil {
		return nil, err
	}
	return rec.signed, nil
}

// A recorder stands where go-cose expects a verifier. It keeps what would have been verified and judges nothing, so
// that every signature of every format is decided in one place (internal/sig).
type recorder struct {
	alg    cose.Algorithm
	signed []byte
}

func (r *recorder) Algorithm() cose.Algorithm { return r.alg }

func (r *recorder) Verify(content, _ []byte) error {
	r.signed = content
	return nil
}

// sigStructure writes ["Signature1", protected, external_aad, payload] of RFC 9052 §4.4. The protected header goes in as the bytes that were sent; an empty map sent as bytes h'a0' becomes the empty string.
func sigStructure(protected, aad, payload []byte) []byte {
	if len(protected) == 1 && protected[0] == 0xa0 {
		protected = nil
	}
	b := make([]byte, 0, len(protected)+len(aad)+len(payload)+32)
	b = append(b, 0x84, 0x6a)
	b = append(b, "Signature1"...)
	b = appendBytes(b, protected)
	b = appendBytes(b, aad)
	return appendBytes(b, payload)
}

// appendBytes writes a CBOR byte string with the shortest head.
func appendBytes(dst, s []byte) []byte {
	switch n := len(s); {
	case n < 24:
		dst = append(dst, 0x40|byte(n))
	case n < 1<<8:
		dst = append(dst, 0x58, byte(n))
	case n < 1<<16:
		dst = append(dst, 0x59, byte(n>>8), byte(n))
	default:
		dst = append(dst, 0x5a, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(dst, s...)
}
