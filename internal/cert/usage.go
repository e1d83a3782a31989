package cert

import "github.com/travelseal/travelseal/internal/der"

// KeyUsage is a set of bits of the extension of that name (RFC 5280 §4.2.1.3).
type KeyUsage uint16

// The bits, by the names of the paragraph.
const (
	DigitalSignature KeyUsage = 1 << iota
	ContentCommitment
	KeyEncipherment
	DataEncipherment
	KeyAgreement
	CertSign
	CRLSign
	EncipherOnly
	DecipherOnly
)

// Has reports whether all the bits of b are set.
func (u KeyUsage) Has(b KeyUsage) bool { return u&b == b }

func (c *Certificate) readKeyUsage(x der.Value, n *notes) error {
	const what = "the key usage"
	v, err := x.Inside(der.BitString, what)
	if err != nil {
		return err
	}
	octets, unused, err := v.Bits(what)
	if err != nil {
		return err
	}
	if len(octets) > 2 {
		return v.Fail(what, der.ErrRange)
	}
	c.HasKeyUsage = true
	for i, b := range octets {
		for bit := range 8 {
			if b&(0x80>>bit) != 0 {
				c.KeyUsage |= 1 << (8*i + bit)
			}
		}
	}
	// X.690 §11.2.2: zero bits at the end of a list of named bits are left out.
	if len(octets) == 0 || octets[len(octets)-1]&(1<<unused) == 0 {
		n.add(CodeNamedBits, what, v.Offset)
	}
	return nil
}

// readBasicConstraints reads SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL } (RFC 5280 §4.2.1.9).
func (c *Certificate) readBasicConstraints(x der.Value, n *notes) error {
	const what = "the basic constraints"
	v, err := x.Inside(der.Sequence, what)
	if err != nil {
		return err
	}
	r := v.Reader()
	if c.CA, err = readFlag(&r, what, n); err != nil {
		return err
	}
	c.BasicConstraints = true
	if length, found, err := r.Optional(der.Integer, what); err != nil {
		return err
	} else if found {
		if c.MaxPath, err = length.Small(255, what); err != nil {
			return err
		}
		if !c.CA {
			n.add(CodePathLength, what, length.Offset)
		}
	}
	return r.End(what)
}

// readExtKeyUsage reads SEQUENCE SIZE (1..MAX) OF OBJECT IDENTIFIER (RFC 5280 §4.2.1.12).
func (c *Certificate) readExtKeyUsage(x der.Value, n *notes) error {
	const what, most = "the extended key usage", 32
	v, err := x.Inside(der.Sequence, what)
	if err != nil {
		return err
	}
	r := v.Reader()
	if r.Empty() { // an empty list, as Austria's signers for tests have it, limits nothing
		n.add(CodeUsageEmpty, what, v.Offset)
	}
	for !r.Empty() {
		oid, err := r.OID(what)
		if err != nil {
			return err
		}
		if len(c.ExtKeyUsage) == most {
			return v.Fail(what, der.ErrLimit)
		}
		c.ExtKeyUsage = append(c.ExtKeyUsage, oid)
	}
	return nil
}
