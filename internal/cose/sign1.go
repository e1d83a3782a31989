package cose

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "COSE_Sign1"

// CBOR tags (IANA "CBOR Tags") that may stand before a COSE_Sign1 array.
const (
	tagSign1 = 18 // RFC 9052 §4.2
	tagCWT   = 61 // RFC 8392 §6
)

// The tolerances of this envelope. A format lists those that it offers in formats.Format.Tolerances.
var (
	Untagged = formats.Tolerance{
		Name: "cose-untagged", On: true,
		Why:  "the barcode's prefix already says what follows, and wallets exist that drop the tag",
		Cite: "RFC 9052 §4.2",
	}
	CWTTag = formats.Tolerance{
		Name: "cwt-tag", On: true,
		Why:  "issuers that follow RFC 8392 to the letter put the CWT tag in front of the COSE_Sign1 tag",
		Cite: "RFC 8392 §6",
	}
	// LongHeads is for what stands around the signed bytes. The signature covers none of it: its reader writes it anew.
	LongHeads = formats.Tolerance{
		Name: "cbor-long-heads", On: false,
		Why:  "a library of JavaScript that issuers and wallets use writes the lengths of maps in two bytes each",
		Cite: "RFC 8949 §4.2.1",
	}
	AlgUnprotected = formats.Tolerance{
		Name: "alg-unprotected", On: false,
		Why:  "a few early issuers put the algorithm where the signature does not cover it",
		Cite: "RFC 9052 §3.1",
	}
)

// A Message is one COSE_Sign1 message. Its byte slices point into the bytes it was parsed from.
type Message struct {
	Payload []byte
	Seal    formats.Seal
	// Checks name the tolerances that were needed.
	Checks []formats.Check
}

// Parse reads exactly one COSE_Sign1 message, with nothing after it. The error is a *formats.Error without a Format.
//
// What is wrong with a header, but leaves the message readable, does not fail: it becomes the seal's Problem.
func Parse(b []byte, o formats.Options) (Message, error) { return ParseWith(b, o, Outside{}) }

// Outside is what a signature covers and its message does not hold: both sides have it already.
type Outside struct {
	// Payload is the detached payload (RFC 9052 §4.1); nil where the message must hold its own. A message may hold it all the
	// same, and must then hold exactly this one.
	Payload []byte
	// AAD is the externally supplied data (RFC 9052 §4.3).
	AAD []byte
}

// ParseWith is Parse for a message that does not hold everything that is signed.
func ParseWith(b []byte, o formats.Options, x Outside) (Message, error) {
	l := o.Limits.OrDefault()
	var m Message
	top, err := m.open(b, cbor.Limits{Depth: l.Depth, Items: l.Items}, o)
	if err != nil {
		return Message{}, wrap("COSE", 0, err)
	}
	body, err := m.unwrap(top, o)
	if err != nil {
		return Message{}, err
	}
	p, err := split(body, x)
	if err != nil {
		return Message{}, err
	}
	h, err := readHeaders(p, l)
	if err != nil {
		return Message{}, err
	}
	m.Payload = p.payload
	m.Seal = formats.Seal{Role: formats.Issuer, Envelope: Envelope, Signature: p.signature, Signer: formats.Signer{KeyID: h.keyID, Chain: h.chain}}
	m.algorithm(h, o)
	m.Seal.Signed, err = signedBytes(p, h, x.AAD)
	if err != nil {
		return Message{}, fail(formats.CodeEnvelope, "COSE_Sign1", body.Offset(), err)
	}
	return m, nil
}

// open reads the outermost item, with lengths in more bytes than they need where that is tolerated.
func (m *Message) open(b []byte, l cbor.Limits, o formats.Options) (cbor.Value, error) {
	v, err := cbor.Parse(b, l)
	if !errors.Is(err, cbor.ErrNonCanonical) || !o.Allows(LongHeads) {
		return v, err
	}
	if v, err = cbor.ParseLenient(b, l, cbor.Leniency{LongHeads: true}); err == nil {
		m.tolerated(LongHeads, "a length is written in more bytes than it needs")
	}
	return v, err
}

// unwrap takes off the tags and notes each departure from "tag 18 and nothing else".
func (m *Message) unwrap(v cbor.Value, o formats.Options) (cbor.Value, error) {
	tag, inner, tagged := v.Tag()
	if tagged && tag == tagCWT {
		if !o.Allows(CWTTag) {
			return v, fail(formats.CodeEnvelope, "COSE tag", v.Offset(), errors.New("tag 61 (CWT) stands before the message"))
		}
		m.tolerated(CWTTag, "tag 61 (CWT) stands before the message")
		v = inner
		if tag, inner, tagged = v.Tag(); !tagged || tag != tagSign1 {
			return v, fail(formats.CodeEnvelope, "COSE tag", v.Offset(), errors.New("tag 61 (CWT) without tag 18 (COSE_Sign1) after it"))
		}
	}
	switch {
	case tagged && tag == tagSign1:
		return inner, nil
	case tagged:
		return v, fail(formats.CodeEnvelope, "COSE tag", v.Offset(), fmt.Errorf("tag %d is not COSE_Sign1 (18)", tag))
	case v.Kind() == cbor.Array:
		if !o.Allows(Untagged) {
			return v, fail(formats.CodeEnvelope, "COSE tag", v.Offset(), errors.New("the message carries no tag"))
		}
		m.tolerated(Untagged, "the message carries no tag")
		return v, nil
	}
	return v, fail(formats.CodeEnvelope, "COSE", v.Offset(), errors.New("not an array of four"))
}

func (m *Message) tolerated(t formats.Tolerance, text string) {
	result := formats.Tolerated
	if !t.On {
		result = formats.Doubtful
	}
	m.Checks = append(m.Checks, formats.Check{Kind: formats.Reading, Result: result, Name: t.Name, Where: "COSE", Text: text})
}

// parts are the four members of the array, as they stand.
type parts struct {
	rawProtected       []byte // the byte string with its head
	protected          []byte // its content
	protectedAt        int    // where that begins in the message
	unprotected        cbor.Value
	payload, signature []byte
}

// split reads the array of RFC 9052 §4.2: protected, unprotected, payload, signature.
func split(body cbor.Value, x Outside) (parts, error) {
	var p parts
	if n, ok := body.Len(); body.Kind() != cbor.Array || !ok || n != 4 {
		return p, fail(formats.CodeEnvelope, "COSE_Sign1", body.Offset(), errors.New("not an array of four"))
	}
	for i, v := range body.Elements() {
		ok := true
		switch i {
		case 0:
			p.rawProtected = v.Raw()
			p.protected, ok = v.Bytes()
			p.protectedAt = v.Offset() + len(p.rawProtected) - len(p.protected)
		case 1:
			p.unprotected, ok = v, v.Kind() == cbor.Map
		case 2:
			switch {
			case v.Kind() == cbor.Null && x.Payload == nil:
				return p, fail(formats.CodePayload, "COSE_Sign1", v.Offset(), errors.New("the payload is detached"))
			case v.Kind() == cbor.Null:
				p.payload = x.Payload
			default:
				p.payload, ok = v.Bytes()
			}
			if ok && x.Payload != nil && !bytes.Equal(p.payload, x.Payload) {
				return p, fail(formats.CodePayload, "COSE_Sign1", v.Offset(), errors.New("the payload is another than the detached one"))
			}
		case 3:
			p.signature, ok = v.Bytes()
		}
		if !ok {
			return p, fail(formats.CodeEnvelope, "COSE_Sign1", v.Offset(), fmt.Errorf("member %d is of the wrong type", i))
		}
	}
	return p, nil
}

// fail makes an error at a place of the message.
func fail(code, step string, offset int, err error) error {
	return &formats.Error{Code: code, Step: step, Offset: offset, Err: err}
}

// wrap turns an error of the strict CBOR reader into a *formats.Error with the code for what it found. What was read begins at
// a place of the message.
func wrap(step string, begin int, err error) error {
	e := &formats.Error{Code: formats.CodeEnvelope, Step: step, Offset: begin, Err: err}
	var ce *cbor.Error
	if errors.As(err, &ce) {
		e.Offset += ce.Offset
	}
	switch {
	case errors.Is(err, cbor.ErrTrailing):
		e.Code = formats.CodeTrailing
	case errors.Is(err, cbor.ErrLimit):
		e.Code = formats.CodeLimit
	case errors.Is(err, cbor.ErrTruncated):
		e.Code = formats.CodeTruncated
	case errors.Is(err, cbor.ErrNonCanonical):
		e.Code = formats.CodeNonCanonical
	}
	return e
}
