package ec

import "github.com/travelseal/travelseal/internal/ec/internal/scalar"

// Verify reports whether (r, s) is a signature of the digest by this key (FIPS 186-5 §6.4.2). Both numbers are unsigned
// and big-endian and must be from 1 to n − 1. A digest longer than n is cut to the length of n in bits. An empty one
// verifies nothing: it would stand for the number 0, for which anyone can make a signature of any key.
func (k *PublicKey) Verify(digest, r, s []byte) bool {
	return k != nil && verify(k.curve, k.key, digest, r, s)
}

// A Table is a public key with precomputed multiples, for a signer whose signatures are checked again and again. It is
// immutable and safe for concurrent use. The zero value verifies nothing.
type Table struct {
	curve *Curve
	comb  scalar.Verifier
}

// Table precomputes for k. That takes the time of some fifteen verifications, and once for each field that of another
// fifty. A table for 256 bits holds 88 kB, one for 512 bits 211 kB, and the largest, for P-521, 242 kB.
func (k *PublicKey) Table() *Table {
	if k == nil || k.key == nil {
		return &Table{}
	}
	return &Table{k.curve, k.key.Table()}
}

// Verify answers as [PublicKey.Verify] does.
func (t *Table) Verify(digest, r, s []byte) bool {
	return t != nil && verify(t.curve, t.comb, digest, r, s)
}

func verify(c *Curve, v scalar.Verifier, digest, r, s []byte) bool {
	if c == nil || v == nil || len(digest) == 0 {
		return false
	}
	claim, ok := c.claim(digest, r, s)
	return ok && v.Holds(claim)
}

// claim computes what must hold for the signature: with w = 1/s modulo n, the point (e·w)·G + (r·w)·Q has an x-coordinate
// that is r modulo n; false where r or s is out of range. As p is below 2n on all curves, there are at most two such.
func (c *Curve) claim(digest, r, s []byte) (claim scalar.Claim, ok bool) {
	n := c.order.Number()
	x, ok := inRange(r, n)
	if !ok {
		return scalar.Claim{}, false
	}
	y, ok := inRange(s, n)
	if !ok {
		return scalar.Claim{}, false
	}
	e := c.truncate(digest)
	w := c.order.Invert(&y)
	w = c.order.ToMontgomery(&w)
	claim.U1 = c.order.Montgomery(&e, &w)
	claim.U2 = c.order.Montgomery(&x, &w)
	claim.X = x
	claim.Wrapped = x.Add(n)
	claim.Wraps = claim.Wrapped.Less(&c.prime)
	return claim, true
}

// inRange reads a number from 1 to n − 1.
func inRange(b []byte, n *scalar.Scalar) (x scalar.Scalar, ok bool) {
	x, ok = scalar.FromBytes(b)
	return x, ok && !x.IsZero() && x.Less(n)
}

// truncate gives the leftmost bits of the digest, as many as n has, as a number.
func (c *Curve) truncate(digest []byte) scalar.Scalar {
	size := c.OrderSize()
	if len(digest) < size {
		size = len(digest)
	}
	e, _ := scalar.FromBytes(digest[:size])
	if excess := 8*size - c.bits; excess > 0 {
		return e.ShiftRight(uint(excess))
	}
	return e
}
