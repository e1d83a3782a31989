package vdsnc

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "VDS-NC"

// algorithms are the names of the signature zone. Each is ECDSA with the hash of its number, and says nothing of the
// curve, which is that of the signer's key.
var algorithms = map[string]formats.Algorithm{"ES256": formats.ES256, "ES384": formats.ES384, "ES512": formats.ES512}

// readSignature reads the signature zone and writes the Document.
func (r *reading) readSignature() error {
	switch r.sig.Kind() {
	case json.Missing:
	case json.Object:
		if err := r.readSeal(); err != nil {
			return err
		}
	default:
		return fail(formats.CodeEnvelope, "sig", r.sig.Offset(), errors.New("not an object"))
	}
	r.doc = r.document()
	return nil
}

// readSeal makes the seal. Without a signature, or without the certificate that says whose it is, there is none, and
// nobody vouches for the message.
func (r *reading) readSeal() error {
	var alg, cer, sigvl json.Value
	for name, member := range r.sig.Members() {
		switch name {
		case "alg":
			alg = member
		case "cer":
			cer = member
		case "sigvl":
			sigvl = member
		default:
			r.unsigned("sig")
		}
	}
	certificate, err := r.bytes("sig.cer", cer)
	if err != nil {
		return err
	}
	signature, err := r.bytes("sig.sigvl", sigvl)
	if err != nil {
		return err
	}
	if len(certificate) == 0 || len(signature) == 0 {
		return nil
	}
	r.sealed = true
	r.seal = formats.Seal{
		Role: formats.Issuer, Envelope: Envelope, Signed: r.signed, Signature: signature,
		Signer: formats.Signer{Issuer: r.header.issuer, Country: r.header.country, Chain: [][]byte{certificate}},
	}
	name, ok := alg.Text()
	a, known := algorithms[name]
	switch {
	case alg.Kind() == json.Missing:
		r.seal.Problem = formats.Problem{Code: formats.CodeSealHeader, Text: "no algorithm is named"}
	case !ok || !known:
		r.seal.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "the algorithm is not one that is accepted here"}
	}
	r.seal.Algorithm = a
	return nil
}

// bytes reads base64url (RFC 4648 §5) with its padding, or without by a tolerance; nil where there is no such member.
func (r *reading) bytes(where string, v json.Value) ([]byte, error) {
	if v.Kind() == json.Missing {
		return nil, nil
	}
	text, ok := v.TextBytes()
	if !ok {
		return nil, fail(formats.CodeEnvelope, where, v.Offset(), errors.New("not a text"))
	}
	encoding := base64.URLPadded
	if len(text)%4 != 0 && text[len(text)-1] != '=' && r.o.Allows(unpadded) {
		encoding = base64.URLRaw
	}
	b, err := base64.Decode(encoding, text)
	if err != nil {
		offset := v.Offset() + len(`"`)
		if be := (*base64.Error)(nil); errors.As(err, &be) {
			offset += be.Offset
		}
		return nil, fail(formats.CodeEncoding, where, offset, err)
	}
	if encoding == base64.URLRaw {
		r.checks = append(r.checks, formats.Check{
			Kind: formats.Reading, Result: formats.Tolerated, Name: unpadded.Name, Where: where, Text: "the padding is missing",
		})
	}
	return b, nil
}
