package cert

import (
	"fmt"

	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/sig"
)

// readCurve reads ECParameters that spell a curve out (RFC 3279 §2.3.5), as Doc 9303-12 §4.4.2 still has them and about a
// quarter of the CSCAs do. They are only looked up: a curve that equals no known one in every number is no curve, as its
// author may have chosen a generator that makes somebody else's key his own (CVE-2020-0601).
func readCurve(v der.Value, n *notes) (*ec.Curve, error) {
	const what = "the explicit curve"
	r := v.Reader()
	version, err := r.Read(der.Integer, what)
	if err != nil {
		return nil, err
	}
	// X9.62 has the versions 1 to 3 for curves without a seed, with one for the curve, and with one for curve and point.
	if _, err := version.Small(3, what); err != nil {
		return nil, err
	}
	p, err := readField(&r, what)
	if err != nil {
		return nil, err
	}
	a, b, err := readCoefficients(&r, what)
	if err != nil {
		return nil, err
	}
	generator, err := r.Read(der.OctetString, what)
	if err != nil {
		return nil, err
	}
	orderValue, err := r.Read(der.Integer, what)
	if err != nil {
		return nil, err
	}
	order, err := orderValue.Unsigned(what)
	if err != nil {
		return nil, err
	}
	var cofactor []byte
	if h, found, err := r.Optional(der.Integer, what); err != nil {
		return nil, err
	} else if found {
		if cofactor, err = h.Unsigned(what); err != nil {
			return nil, err
		}
	}
	if err := r.End(what); err != nil {
		return nil, err
	}
	c := ec.Explicit(p, a, b, generator.Content, order, cofactor)
	if c == nil {
		return nil, fmt.Errorf("%s: %w: it equals none that is known", what, sig.ErrUnsupported)
	}
	n.add(CodeExplicitCurve, what, v.Offset)
	return c, nil
}

// readField reads FieldID ::= SEQUENCE { prime-field, Prime-p INTEGER }.
func readField(r *der.Reader, what string) ([]byte, error) {
	v, err := r.Read(der.Sequence, what)
	if err != nil {
		return nil, err
	}
	in := v.Reader()
	oid, err := in.OID(what)
	if err != nil {
		return nil, err
	}
	if oid != oidPrimeField { // characteristic two is used by no issuer of travel documents
		return nil, fmt.Errorf("%s: %w: its field is not a prime one", what, sig.ErrUnsupported)
	}
	p, err := in.Read(der.Integer, what)
	if err != nil {
		return nil, err
	}
	if err := in.End(what); err != nil {
		return nil, err
	}
	return p.Unsigned(what)
}

// readCoefficients reads Curve ::= SEQUENCE { a OCTET STRING, b OCTET STRING, seed BIT STRING OPTIONAL }.
func readCoefficients(r *der.Reader, what string) (a, b []byte, err error) {
	v, err := r.Read(der.Sequence, what)
	if err != nil {
		return nil, nil, err
	}
	in := v.Reader()
	va, err := in.Read(der.OctetString, what)
	if err != nil {
		return nil, nil, err
	}
	vb, err := in.Read(der.OctetString, what)
	if err != nil {
		return nil, nil, err
	}
	if _, _, err := in.Optional(der.BitString, what); err != nil {
		return nil, nil, err
	}
	return va.Content, vb.Content, in.End(what)
}
