package pki

import (
	"math/big"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// ECParameters are domain parameters in full (RFC 3279 §2.3.5, X9.62 §6.5). Each can be replaced; a nil Seed or Cofactor is
// left out.
type ECParameters struct {
	Version, Field, A, B, Seed, Base, Order, Cofactor der.Value
}

// Explicit gives the parameters of a curve as they should be written, with a generator in the given form.
func (c *Curve) Explicit(form PointForm) ECParameters {
	size := c.Size()
	return ECParameters{
		Version:  der.Int(1),
		Field:    PrimeField(c.P),
		A:        der.Octets(c.A.FillBytes(make([]byte, size))),
		B:        der.Octets(c.B.FillBytes(make([]byte, size))),
		Base:     der.Octets(c.Encode(c.Generator(), form)),
		Order:    der.BigInt(c.N),
		Cofactor: der.Int(1),
	}
}

// Value writes the parameters.
func (p ECParameters) Value() der.TLV {
	curve := der.Seq(p.A, p.B)
	if p.Seed != nil {
		curve = der.And(curve, p.Seed)
	}
	params := der.Seq(p.Version, p.Field, curve, p.Base, p.Order)
	if p.Cofactor != nil {
		params = der.And(params, p.Cofactor)
	}
	return params
}

// PrimeField is the FieldID of the integers modulo p, whatever p is.
func PrimeField(p *big.Int) der.TLV { return der.Seq(der.OID(oidPrimeField), der.BigInt(p)) }

// BinaryField is the FieldID of a field of characteristic two with a trinomial basis (X9.62 §6.5.1), here that of sect233k1.
func BinaryField() der.TLV {
	return der.Seq(der.OID(oidBinaryField), der.Seq(der.Int(233), der.OID(oidTrinomial), der.Int(74)))
}

// CurveBall gives a key with the same public point as k on the same curve with another generator, so that whoever does not
// know k's scalar signs for its point (CVE-2020-0601). The certificate must state the parameters that belong to it:
// SPKI{Params: k.Curve.Explicit(Uncompressed).Value()}.
func (k *Key) CurveBall(seed string) *Key {
	scalar := below(mint.NewDRBG([]byte("travelseal mint curveball\x00"+seed)), k.Curve.N)
	curve := *k.Curve
	g := curve.Times(new(big.Int).ModInverse(scalar, curve.N), k.Public)
	curve.GX, curve.GY = g.X, g.Y
	return &Key{Kind: k.Kind, Curve: &curve, Scalar: scalar, Public: k.Public}
}

// Isomorphic moves a curve by (x, y) → (u²x, u³y). It is the same group with other figures A, B and G, which no list of named
// curves holds.
func (c *Curve) Isomorphic(u int64) *Curve {
	power := func(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(u), big.NewInt(n), c.P) }
	times := func(a, b *big.Int) *big.Int { return a.Mod(a.Mul(a, b), c.P) }
	moved := *c
	moved.A, moved.B = times(power(4), c.A), times(power(6), c.B)
	moved.GX, moved.GY = times(power(2), c.GX), times(power(3), c.GY)
	return &moved
}
