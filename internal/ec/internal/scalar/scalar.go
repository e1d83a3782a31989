// Package scalar computes with the numbers of an ECDSA verification that are no coordinates: it reads them, multiplies
// and inverts them modulo an odd number, and cuts them into the digits by which a sum of points is formed.
//
// Everything is in variable time: a verifier has no secrets.
package scalar

import (
	"encoding/binary"
	"math/bits"
)

// Limbs is the number of 64-bit words of a [Scalar], enough for 521 bits and a digit beyond them.
const Limbs = 9

// A Scalar is a number below 2⁵⁷⁶, least significant word first.
type Scalar [Limbs]uint64

// A Claim is what a signature states: the point U1·G + U2·Q has the x-coordinate X, or Wrapped where Wraps is set.
type Claim struct {
	U1, U2, X, Wrapped Scalar
	Wraps              bool
}

// A Verifier decides claims for one point Q.
type Verifier interface {
	Holds(Claim) bool
}

// A Key is a Verifier that can precompute more for its point.
type Key interface {
	Verifier
	Table() Verifier
}

// FromBytes reads a big-endian number; false where it does not fit.
func FromBytes(b []byte) (s Scalar, ok bool) {
	for len(b) > 0 && b[0] == 0 {
		b = b[1:]
	}
	if len(b) > 8*Limbs {
		return Scalar{}, false
	}
	i := 0
	for ; len(b) >= 8; i++ {
		s[i] = binary.BigEndian.Uint64(b[len(b)-8:])
		b = b[:len(b)-8]
	}
	for j, c := range b {
		s[i] |= uint64(c) << (8 * (len(b) - 1 - j))
	}
	return s, true
}

// IsZero reports whether s is 0.
func (s *Scalar) IsZero() bool { return *s == Scalar{} }

// Less reports whether s < t.
func (s *Scalar) Less(t *Scalar) bool {
	for i := Limbs - 1; i >= 0; i-- {
		if s[i] != t[i] {
			return s[i] < t[i]
		}
	}
	return false
}

// BitLen gives the length of s in bits.
func (s *Scalar) BitLen() int {
	for i := Limbs - 1; i >= 0; i-- {
		if s[i] != 0 {
			return 64*i + bits.Len64(s[i])
		}
	}
	return 0
}

// Add gives s + t, which must be below 2⁵⁷⁶.
func (s *Scalar) Add(t *Scalar) (sum Scalar) {
	var c uint64
	for i := range sum {
		sum[i], c = bits.Add64(s[i], t[i], c)
	}
	return sum
}

// ShiftRight gives s / 2ⁿ, rounded down, for n below 64.
func (s *Scalar) ShiftRight(n uint) (q Scalar) {
	for i := range q {
		q[i] = s[i] >> n
		if i+1 < Limbs {
			q[i] |= s[i+1] << (64 - n)
		}
	}
	return q
}

// window gives the 64 bits of s from bit i on.
func (s *Scalar) window(i int) uint64 {
	word, shift := i>>6, uint(i&63)
	if word >= Limbs {
		return 0
	}
	w := s[word] >> shift
	if word+1 < Limbs {
		w |= s[word+1] << (64 - shift) // nothing where shift is 0
	}
	return w
}
