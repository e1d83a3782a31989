package twoddoc

import (
	"bytes"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base32"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "2D-Doc"

// readSignature reads the signature and the annex behind it, and writes the Document.
func (r *reading) readSignature() error {
	begin := len(r.signed) + 1
	encoded, annex, there := bytes.Cut(r.text[begin:], []byte{groupSeparator})
	if len(encoded) == 0 {
		return fail(formats.CodeTruncated, "signature", begin, errors.New("no signature"))
	}
	signature, err := base32.Decode(false, encoded)
	if err != nil {
		offset := begin
		if be := (*base32.Error)(nil); errors.As(err, &be) {
			offset += be.Offset
		}
		return fail(formats.CodeEncoding, "signature", offset, err)
	}
	h := &r.header
	r.seal = formats.Seal{
		Role: formats.Issuer, Envelope: Envelope, Algorithm: formats.ES256, Signed: r.signed, Signature: signature,
		Signer: formats.Signer{KeyID: []byte(h.ca + h.cert), Issuer: h.ca, Country: h.country},
	}
	if n := len(signature); n == 96 || n == 132 { // of P-384 and P-521, which the specification does not have
		r.seal.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "a signature of another curve than P-256"}
	}
	if there {
		if len(annex) == 0 {
			return fail(formats.CodeTruncated, "annex", len(r.text), errors.New("a separator, and no annex behind it"))
		}
		r.annex = r.readValues("annex", annex)
	}
	r.doc = r.document()
	return nil
}
