package mint

import "slices"

// An HCERT is a health certificate as the EU's specification lays it out (Implementing Decision (EU) 2021/1073, Annex
// I): a CWT in a COSE_Sign1, compressed, in base45, with a prefix. Every layer can be changed on its own, so that each
// attack is one line away from a document that verifies.
//
// An HCERT is a value: changing a copy leaves the original as it was.
type HCERT struct {
	Signer Signer

	Claims      Item     // the CWT: 1 iss, 4 exp, 6 iat, -260 {1: certificate}
	At          []any    // the path of the certificate within the claims; nil is -260, 1
	Protected   Item     // 1 alg, 4 kid; nil is written as a zero-length byte string (RFC 9052 §3)
	Unprotected Item     // an empty map
	Tags        []uint64 // outermost first; none for an untagged COSE_Sign1
	Detached    bool     // the payload is null (RFC 9052 §4.1); the signature still covers it
	Prefix      string   // "HC1:"

	Hooks Hooks
}

// Hooks change what a layer of an HCERT has become. They are listed in the order in which Build calls them, from the
// inside out; a nil hook changes nothing.
type Hooks struct {
	Header       func([]byte) []byte // the protected header, before signing
	Payload      func([]byte) []byte // the CWT, before signing
	SigStructure func([]byte) []byte // what is signed (RFC 9052 §4.4)
	Signature    SignatureForm       // the signature in the form of COSE
	Altered      func([]byte) []byte // the CWT, after signing
	Sign1        func(Array) Item    // the four elements of COSE_Sign1, before they are written
	COSE         func([]byte) []byte // the tagged COSE_Sign1
	Compress     func([]byte) []byte // in place of Zlib
	Compressed   func([]byte) []byte // the zlib stream
	Base45       func(string) string // the text without its prefix
	Text         func(string) string // the content of the code
}

// Built is a finished document, with what its layers became after the hooks.
type Built struct {
	Text         string
	Compressed   []byte
	COSE         []byte
	Claims       []byte // the CWT as it stands in the document
	Protected    []byte // the content of the byte string
	SigStructure []byte
	Signature    []byte
}

// The labels of COSE headers (RFC 9052 §3.1) and of CWT claims (RFC 8392 §4; -260 is the health certificates' own).
const (
	HeaderAlg, HeaderCrit, HeaderKID         = 1, 2, 4
	ClaimIssuer, ClaimExpires, ClaimIssuedAt = 1, 4, 6
	ClaimHCERT                               = -260
	ClaimLight                               = -250 // Switzerland's own, for light certificates
)

// Build writes the document.
func (h HCERT) Build() Built {
	var b Built
	if h.Protected != nil {
		b.Protected = Encode(h.Protected)
	}
	b.Protected = change(h.Hooks.Header, b.Protected)
	b.Claims = change(h.Hooks.Payload, Encode(h.Claims))
	b.SigStructure = change(h.Hooks.SigStructure, Encode(Array{
		Text("Signature1"), Bytes(b.Protected), Bytes(nil), Bytes(b.Claims),
	}))
	b.Signature = h.Signer.Sign(b.SigStructure)
	if form := h.Hooks.Signature; form != nil {
		b.Signature = form(b.Signature, h.Signer.Key.Public())
	}
	b.Claims = change(h.Hooks.Altered, b.Claims)

	b.COSE = change(h.Hooks.COSE, Encode(h.sign1(b)))
	compress := h.Hooks.Compress
	if compress == nil {
		compress = Zlib
	}
	b.Compressed = change(h.Hooks.Compressed, compress(b.COSE))
	b.Text = change(h.Hooks.Text, h.Prefix+change(h.Hooks.Base45, Base45(b.Compressed)))
	return b
}

// sign1 is COSE_Sign1 with its tags (RFC 9052 §4.2).
func (h HCERT) sign1(b Built) Item {
	elements := Array{Bytes(b.Protected), h.Unprotected, Bytes(b.Claims), Bytes(b.Signature)}
	if h.Detached {
		elements[2] = Null{}
	}
	var envelope Item = elements
	if h.Hooks.Sign1 != nil {
		envelope = h.Hooks.Sign1(elements)
	}
	for _, number := range slices.Backward(h.Tags) {
		envelope = Tag{Number: number, Content: envelope}
	}
	return envelope
}

func change[T any](hook func(T) T, layer T) T {
	if hook == nil {
		return layer
	}
	return hook(layer)
}
