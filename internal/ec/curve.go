package ec

import (
	"slices"
	"sync"

	"github.com/travelseal/travelseal/internal/ec/internal/params"
	"github.com/travelseal/travelseal/internal/ec/internal/scalar"
)

// A Curve is one of this package's curves. There is one value for each, so that pointers compare. It is immutable.
type Curve struct {
	domain params.Domain
	prime  scalar.Scalar
	order  *scalar.Modulus
	bits   int // of the order
	newKey func(x, y *scalar.Scalar, r1 bool) scalar.Key
}

// Name gives the name of the curve as SP 800-186 and RFC 5639 write it: "P-256", "brainpoolP256r1".
func (c *Curve) Name() string { return c.domain.Name }

// OID gives the object identifier of the curve with dots: "1.3.36.3.3.2.8.1.1.7".
func (c *Curve) OID() string { return c.domain.OID }

// FieldSize gives the length of a coordinate in bytes.
func (c *Curve) FieldSize() int { return len(c.domain.P) }

// OrderSize gives the length in bytes of the order of the base point, and so of r and of s in the form r‖s.
func (c *Curve) OrderSize() int { return len(c.domain.N) }

// OrderBits gives the length of the order of the base point in bits.
func (c *Curve) OrderBits() int { return c.bits }

func (c *Curve) String() string { return c.Name() }

// table is made once and never changed.
var table = sync.OnceValue(func() []*Curve {
	var list []*Curve
	for _, d := range params.All() {
		p, _ := scalar.FromBytes(d.P) // no number of the table is longer than 521 bits, as its tests see
		n, _ := scalar.FromBytes(d.N)
		list = append(list, &Curve{domain: d, prime: p, order: scalar.NewModulus(&n), bits: n.BitLen(), newKey: engine(d.Field)})
	}
	return list
})

// Curves gives all curves: NIST, then brainpool, by size, each r1 before its t1.
func Curves() []*Curve { return slices.Clone(table()) }

// ByName gives the curve of that name, as [Curve.Name] writes it, or nil.
func ByName(name string) *Curve {
	return find(func(d *params.Domain) bool { return d.Name == name })
}

// ByOID gives the curve with that object identifier, written with dots, or nil.
func ByOID(dotted string) *Curve {
	return find(func(d *params.Domain) bool { return d.OID == dotted })
}

func find(matches func(*params.Domain) bool) *Curve {
	for _, c := range table() {
		if matches(&c.domain) {
			return c
		}
	}
	return nil
}

// Explicit gives the curve whose parameters are these, or nil. Nothing is computed with parameters from outside: who may
// choose a base point can make a signature for any public key (CVE-2020-0601), so each figure must be the known one.
//
// Numbers are big-endian and unsigned; zeros in front of them are ignored. The generator is in the form of SEC 1 §2.3.3,
// uncompressed or compressed. The cofactor is optional (RFC 3279 §2.3.5); nil is absent, otherwise it must be 1.
func Explicit(p, a, b, generator, order, cofactor []byte) *Curve {
	if cofactor != nil && !same(cofactor, []byte{1}) {
		return nil
	}
	return find(func(d *params.Domain) bool {
		return same(p, d.P) && same(a, d.A) && same(b, d.B) && same(order, d.N) && isBase(generator, d)
	})
}

// isBase reports whether the encoded point is the base point of d.
func isBase(point []byte, d *params.Domain) bool {
	compressed := slices.Concat([]byte{2 | d.Y[len(d.Y)-1]&1}, d.X)
	return slices.Equal(point, slices.Concat([]byte{4}, d.X, d.Y)) || slices.Equal(point, compressed)
}

// same reports whether two numbers are equal.
func same(x, y []byte) bool {
	return slices.Equal(trim(x), trim(y))
}

func trim(x []byte) []byte {
	for len(x) > 0 && x[0] == 0 {
		x = x[1:]
	}
	return x
}
