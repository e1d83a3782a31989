package bcbp

import (
	"errors"
	"fmt"
	"strings"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/strict/base64"
)

// Envelope is the name of a boarding pass's signature in a formats.Seal: bytes without an envelope.
const Envelope = "raw"

// security is what stands behind the legs.
type security struct {
	there  bool
	kind   string // one character
	size   int
	sealed bool
	seal   formats.Seal
}

// readSecurity reads "^", the type, the length and the data, and writes the Document. Nothing may follow.
func (r *reading) readSecurity() error {
	signed := r.text[:r.at]
	if r.left() > 0 {
		if r.text[r.at] != '^' {
			return fail(formats.CodeTrailing, "security data", r.at, fmt.Errorf(`%d characters after the last leg that do not begin with "^"`, r.left()))
		}
		r.at++
		kind, err := r.take("type of security data", 1)
		if err != nil {
			return err
		}
		data, err := r.field(item{name: "size of the security data", size: 2})
		switch {
		case err != nil:
			return err
		case r.left() > 0:
			return fail(formats.CodeTrailing, "security data", r.at, fmt.Errorf("%d characters after the data", r.left()))
		case kind == " ":
			return fail(formats.CodePayload, "type of security data", len(signed)+1, errors.New("blank"))
		}
		r.secure = security{there: true, kind: kind, size: data.left()}
		r.readSeal(signed, data.text[data.at:data.end])
	}
	r.doc = r.document()
	return nil
}

// readSeal makes a seal of security data whose form tells that they are a signature.
func (r *reading) readSeal(signed, data []byte) {
	signature, algorithm, ok := signatureOf(data)
	if !ok {
		return
	}
	airline := r.airline()
	r.secure.sealed = true
	r.secure.seal = formats.Seal{
		Role: formats.Issuer, Envelope: Envelope, Algorithm: algorithm, Signed: signed, Signature: signature,
		Signer: formats.Signer{KeyID: []byte(airline + r.secure.kind), Issuer: airline},
	}
}

// airline is the designator of who issued the pass: the first carrier's, where no other is named.
func (r *reading) airline() string {
	if name := strings.TrimSpace(r.unique.get(issuingCarrier)); name != "" {
		return name
	}
	return strings.TrimSpace(r.legs[0].get(carrier))
}

// signatureOf reads the security data as an ECDSA signature in base64, if they are one. Both forms tell the size of the
// curve's order, and so the hash that belongs to it.
func signatureOf(data []byte) (signature []byte, a formats.Algorithm, ok bool) {
	encoding := base64.StdPadded
	if len(data)%4 != 0 {
		encoding = base64.StdRaw
	}
	b, err := base64.Decode(encoding, data)
	if err != nil {
		return nil, formats.Algorithm{}, false
	}
	if order := orderBytes(b); order > 0 {
		a, ok = algorithmOf(order)
		a.Encoding = formats.DER
		return b, a, ok
	}
	switch {
	case !bothCases(data): // some other text whose characters base64 has as well
		return nil, formats.Algorithm{}, false
	case len(b) == 64:
		return b, formats.ES256, true
	case len(b) == 96:
		return b, formats.ES384, true
	}
	return nil, formats.Algorithm{}, false
}

// bothCases reports whether a text has small and capital letters, as base64 of so many bytes has.
func bothCases(text []byte) bool {
	small, capital := false, false
	for _, c := range text {
		small, capital = small || c >= 'a' && c <= 'z', capital || letter(c)
	}
	return small && capital
}

// algorithmOf gives the algorithm for an order of so many bytes. A number is that much shorter than the order once in 2²⁴
// signatures; and what is shorter still is DSA's, or no signature.
func algorithmOf(order int) (formats.Algorithm, bool) {
	switch {
	case order >= 29 && order <= 32:
		return formats.ES256, true
	case order >= 45 && order <= 48:
		return formats.ES384, true
	case order >= 63 && order <= 66:
		return formats.ES512, true
	}
	return formats.Algorithm{}, false
}

// orderBytes gives the length of the longer number of an ECDSA-Sig-Value; 0 where it is none.
func orderBytes(b []byte) int {
	v, err := der.Only(b, der.Sequence, "signature")
	if err != nil {
		return 0
	}
	in, longest := v.Reader(), 0
	for range 2 {
		n, err := in.Read(der.Integer, "signature")
		if err != nil {
			return 0
		}
		number, err := n.Unsigned("signature")
		if err != nil {
			return 0
		}
		longest = max(longest, len(number))
	}
	if in.End("signature") != nil {
		return 0
	}
	return longest
}
