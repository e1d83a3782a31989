package nzcp

import (
	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/strict/cbor"
)

// labelKID is the header of the key identifier (RFC 9052 §3.1).
const labelKID = 4

// problem says why the seal must not be checked: its own headers forbid it, or they are not those of "CWT Headers".
func (r *reading) problem() formats.Problem {
	s := &r.message.Seal
	switch {
	case s.Problem.Code != "":
		return s.Problem
	case s.Algorithm != formats.ES256:
		return formats.Problem{Code: formats.CodeSealUnsupported, Text: "the algorithm is not ES256, the only one that a pass may have"}
	case !r.protects(labelKID):
		return formats.Problem{Code: formats.CodeSealHeader, Text: "the protected header names no key"}
	}
	return formats.Problem{}
}

// protects reports whether the protected header holds a label. What the signature covers is asked (RFC 9052 §4.4: the
// context, the protected header, external data, the payload), because the envelope takes a key identifier from
// either header.
func (r *reading) protects(label int64) bool {
	l := r.o.Limits.OrDefault()
	limits := cbor.Limits{Depth: l.Depth, Items: l.Items}
	signed, err := cbor.Parse(r.message.Seal.Signed, limits)
	if err != nil {
		return false
	}
	for i, v := range signed.Elements() {
		if i != 1 {
			continue
		}
		b, _ := v.Bytes()
		header, err := cbor.Parse(b, limits)
		if err != nil {
			return false
		}
		for k := range header.Entries() {
			if n, ok := k.Int(); ok && n == label {
				return true
			}
		}
	}
	return false
}
