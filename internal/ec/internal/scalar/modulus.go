package scalar

import "math/bits"

// A Modulus is an odd number n above 1 with what arithmetic modulo n needs. It is immutable.
type Modulus struct {
	n       Scalar
	limbs   int
	inverse uint64 // −1/n modulo 2⁶⁴
	square  Scalar // R² modulo n, where R is 2 to the power of 64·limbs
	Inverter
}

// NewModulus makes the modulus n, which must be odd, above 1 and below 2⁵⁷⁵.
func NewModulus(n *Scalar) *Modulus {
	m := &Modulus{n: *n, limbs: (n.BitLen() + 63) / 64, Inverter: NewInverter(n)}
	m.inverse = -inverse64(n[0])
	r := Scalar{1}
	for range 2 * 64 * m.limbs {
		r = r.Add(&r)
		if !r.Less(n) {
			r.subtract(n)
		}
	}
	m.square = r
	return m
}

// Number gives n.
func (m *Modulus) Number() *Scalar {
	n := m.n
	return &n
}

// ToMontgomery gives x·R modulo n; x must be below R.
func (m *Modulus) ToMontgomery(x *Scalar) Scalar { return m.Montgomery(x, &m.square) }

// Montgomery gives x·y/R modulo n. One factor must be below n, the other below R. So with one factor in the form of
// ToMontgomery and one plain, the product is plain.
func (m *Modulus) Montgomery(x, y *Scalar) (z Scalar) {
	var t [Limbs + 2]uint64
	k := m.limbs
	for i := range k {
		t[k], t[k+1] = bits.Add64(t[k], addProduct(t[:k], x[:k], y[i]), 0)
		t[k], t[k+1] = addTo(t[k], t[k+1], addProduct(t[:k], m.n[:k], t[0]*m.inverse))
		copy(t[:k+1], t[1:k+2]) // the lowest word is 0 now
		t[k+1] = 0
	}
	copy(z[:k], t[:k])
	if t[k] != 0 || !z.Less(&m.n) {
		z.subtract(&m.n)
		clear(z[k:]) // what the subtraction borrowed stands in t[k]
	}
	return z
}

// addProduct adds x·y to t, which is as long, and gives the word that goes beyond.
func addProduct(t, x []uint64, y uint64) (carry uint64) {
	for i := range t {
		hi, lo := bits.Mul64(x[i], y)
		var c uint64
		lo, c = bits.Add64(lo, carry, 0)
		hi += c
		t[i], c = bits.Add64(t[i], lo, 0)
		carry = hi + c
	}
	return carry
}

// addTo adds x to the two words hi and lo.
func addTo(lo, hi, x uint64) (uint64, uint64) {
	sum, c := bits.Add64(lo, x, 0)
	return sum, hi + c
}

func (s *Scalar) subtract(t *Scalar) {
	var c uint64
	for i := range s {
		s[i], c = bits.Sub64(s[i], t[i], c)
	}
}

// inverse64 gives 1/n modulo 2⁶⁴ for odd n. By Newton's iteration each step doubles the correct bits, and n itself has
// three of them.
func inverse64(n uint64) uint64 {
	x := n
	for range 5 {
		x *= 2 - n*x
	}
	return x
}
