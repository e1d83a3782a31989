package mdoc

import (
	"errors"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/cose"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// macEnvelope is what a device that authenticates by a MAC uses (ISO/IEC 18013-5 §9.1.3.5).
const macEnvelope = "COSE_Mac0"

// readDevice reads deviceSigned (§8.3.2.1.2.2): how the device has shown that it holds the key that the issuer has signed.
func (r *reading) readDevice() error {
	const step = "deviceSigned"
	if r.deviceSigned.Kind() == cbor.Missing {
		return nil
	}
	var spaces, auth cbor.Value
	for k, v := range r.deviceSigned.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "nameSpaces":
			spaces = v
		case "deviceAuth":
			auth = v
		default:
			r.breach(step, "a further entry that the specification does not have")
		}
	}
	if err := r.readDeviceElements(spaces); err != nil {
		return err
	}
	var signature, mac cbor.Value
	for k, v := range auth.Entries() {
		switch name, _ := k.TextBytes(); string(name) {
		case "deviceSignature":
			signature = v
		case "deviceMac":
			mac = v
		}
	}
	switch {
	case (signature.Kind() == cbor.Missing) == (mac.Kind() == cbor.Missing):
		return fail(formats.CodeEnvelope, "deviceAuth", at(auth, r.deviceSigned), errors.New("neither a signature nor a MAC, or both"))
	case mac.Kind() != cbor.Missing:
		r.device = &formats.Seal{Role: formats.Holder, Envelope: macEnvelope, Problem: formats.Problem{
			Code: formats.CodeSealUnsupported, Text: "the device has made a MAC, which nobody can check but the reader of its session",
		}}
		return nil
	}
	return r.readDeviceSignature(signature, spaces)
}

// readDeviceElements reads what the device says by itself. No issuer vouches for it.
func (r *reading) readDeviceElements(spaces cbor.Value) error {
	const step = "device elements"
	b, ok := embedded(spaces)
	if !ok {
		return fail(formats.CodePayload, step, at(spaces, r.deviceSigned), errors.New("not a byte string under tag 24"))
	}
	v, err := r.parse(step, b)
	if err != nil {
		return err
	}
	n, isMap := v.Len()
	if v.Kind() != cbor.Map || !isMap {
		return fail(formats.CodePayload, step, v.Offset(), errors.New("not a map"))
	}
	if n > 0 {
		p := formats.Part{Name: "what the device says", Seal: formats.NoSeal}
		for k, e := range v.Entries() {
			p.Unverified.Extra = flatten(p.Unverified.Extra, "device/"+keyName(k), e, 0)
		}
		r.parts = append(r.parts, p)
	}
	return nil
}

// readDeviceSignature reads the signature of the device over the session, which is not in the message (§9.1.3.6).
func (r *reading) readDeviceSignature(v, spaces cbor.Value) error {
	const step = "deviceSignature"
	detached := []byte{}
	if r.transcript != nil {
		session, err := r.session()
		if err != nil {
			return err
		}
		detached = r.deviceAuthentication(session, spaces)
	}
	m, err := cose.ParseWith(v.Raw(), plain(r.o), cose.Outside{Payload: detached})
	var fe *formats.Error
	switch {
	case errors.As(err, &fe) && fe.Code == formats.CodePayload:
		// A library writes the payload into the message. Of another session it proves nothing here.
		m.Seal = formats.Seal{Role: formats.Holder, Envelope: cose.Envelope, Problem: formats.Problem{
			Code: formats.CodeSealHeader, Text: "the device has signed something else than this session",
		}}
	case err != nil:
		return r.envelopeError(step, v, err)
	}
	m.Seal.Role, m.Seal.Key, m.Seal.Signer = formats.Holder, r.mso.deviceKey, formats.Signer{}
	permit(&m.Seal)
	if r.transcript == nil {
		m.Seal.Problem = formats.Problem{Code: formats.CodeSealUnsupported, Text: "the device has signed its session, which is not given"}
	}
	r.device = &m.Seal
	return nil
}

// session reads the file SessionTranscript: SessionTranscript or SessionTranscriptBytes (§9.1.5.1).
func (r *reading) session() (cbor.Value, error) {
	const step, parts = "SessionTranscript", 3
	v, err := r.parse(step, r.transcript)
	if err != nil {
		return v, err
	}
	if b, ok := embedded(v); ok {
		if v, err = r.parse(step, b); err != nil {
			return v, err
		}
	}
	if n, _ := v.Len(); v.Kind() != cbor.Array || n != parts {
		return v, fail(formats.CodePayload, step, v.Offset(), errors.New("not an array of three"))
	}
	return v, nil
}

// deviceAuthentication writes what the device has signed (§9.1.3.4): #6.24(bstr .cbor ["DeviceAuthentication",
// SessionTranscript, DocType, DeviceNameSpacesBytes]).
func (r *reading) deviceAuthentication(session, spaces cbor.Value) []byte {
	const context = "DeviceAuthentication"
	inner := append(make([]byte, 0, len(session.Raw())+len(r.docType.Raw())+len(spaces.Raw())+len(context)+8), 0x84)
	inner = appendHead(inner, 3, len(context))
	inner = append(inner, context...)
	inner = append(inner, session.Raw()...)
	inner = append(inner, r.docType.Raw()...)
	inner = append(inner, spaces.Raw()...)
	out := append(make([]byte, 0, len(inner)+8), 0xd8, tagEmbedded)
	return append(appendHead(out, 2, len(inner)), inner...)
}

// appendHead writes the head of a string in its shortest form (RFC 8949 §4.2.1). No string here reaches 4 GiB.
func appendHead(b []byte, major byte, n int) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n < 1<<8:
		return append(b, major|24, byte(n))
	case n < 1<<16:
		return append(b, major|25, byte(n>>8), byte(n))
	}
	return append(b, major|26, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}
