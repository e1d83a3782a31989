package jws

import (
	"bytes"
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/base64"
	"github.com/travelseal/travelseal/internal/strict/json"
)

// Envelope is the name of this envelope in a formats.Seal.
const Envelope = "JWS"

// A Message is one JWS. Seal.Signed points into the text that it was parsed from; the other slices do not.
type Message struct {
	Payload []byte // as it was signed: compressed where Zip says so
	Zip     string // the header's zip, which RFC 7516 §4.1.3 defines for JWE and SMART Health Cards use here; "" without one
	Type    string // the header's typ (RFC 7515 §4.1.9); "" without one
	Seal    formats.Seal
}

// Parse reads exactly one JWS in compact form, with nothing before or after it. The error is a *formats.Error without a
// Format; an Offset is a place in the text, except in the step "JWS header", where it is one in the decoded header.
//
// What is wrong with a header, but leaves the message readable, does not fail: it becomes the seal's Problem.
func Parse(text []byte, o formats.Options) (Message, error) {
	first, second, err := dots(text)
	if err != nil {
		return Message{}, err
	}
	var m Message
	header, err := part("header", text, 0, first)
	if err != nil {
		return Message{}, err
	}
	if second == first+1 {
		return Message{}, fail(formats.CodePayload, "JWS", first, errors.New("the payload is empty or detached"))
	}
	if m.Payload, err = part("payload", text, first+1, second); err != nil {
		return Message{}, err
	}
	m.Seal = formats.Seal{Role: formats.Issuer, Envelope: Envelope, Signed: text[:second]}
	if m.Seal.Signature, err = part("signature", text, second+1, len(text)); err != nil {
		return Message{}, err
	}
	if err := m.readHeader(header, o); err != nil {
		return Message{}, err
	}
	return m, nil
}

// dots finds the two dots that divide a JWS. It looks for a third and for no more: a text of a million dots is refused
// at the third, before anything is made of its parts.
func dots(text []byte) (first, second int, err error) {
	first = bytes.IndexByte(text, '.')
	if first < 0 {
		return 0, 0, fail(formats.CodeTruncated, "JWS", len(text), errors.New("one part, where a JWS has three"))
	}
	second = first + 1 + bytes.IndexByte(text[first+1:], '.')
	if second == first {
		return 0, 0, fail(formats.CodeTruncated, "JWS", len(text), errors.New("two parts, where a JWS has three"))
	}
	if third := bytes.IndexByte(text[second+1:], '.'); third >= 0 {
		return 0, 0, fail(formats.CodeTrailing, "JWS", second+1+third, errors.New("more than the three parts of a JWS; an encrypted message (JWE) has five"))
	}
	return first, second, nil
}

// part decodes text[from:to].
func part(name string, text []byte, from, to int) ([]byte, error) {
	b, err := base64.Decode(base64.URLRaw, text[from:to])
	if err != nil {
		offset := -1
		if be := (*base64.Error)(nil); errors.As(err, &be) {
			offset = from + be.Offset
		}
		return nil, fail(formats.CodeEncoding, "JWS "+name+", base64url", offset, err)
	}
	return b, nil
}

func fail(code, step string, offset int, err error) error {
	return &formats.Error{Code: code, Step: step, Offset: offset, Err: err}
}

// wrap turns an error of the strict JSON reader into a *formats.Error with the code for what it found.
func wrap(step string, err error) error {
	e := &formats.Error{Code: formats.CodeEnvelope, Step: step, Offset: -1, Err: err}
	if je := (*json.Error)(nil); errors.As(err, &je) {
		e.Offset = je.Offset
	}
	switch {
	case errors.Is(err, json.ErrTrailing):
		e.Code = formats.CodeTrailing
	case errors.Is(err, json.ErrLimit):
		e.Code = formats.CodeLimit
	case errors.Is(err, json.ErrTruncated):
		e.Code = formats.CodeTruncated
	}
	return e
}
