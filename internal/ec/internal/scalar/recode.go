package scalar

import "math/bits"

// MaxDigits is the room that the digits of a scalar of 521 bits need in [Scalar.Sparse]: one more for the carry, and 14
// for the width of the last.
const MaxDigits = 521 + 1 + 14

// Digits are the digits of a scalar, least significant first.
type Digits [MaxDigits]int16

// Sparse writes s, which has at most 521 bits, as a sum of d[i]·2ⁱ whose digits are odd and of absolute value below
// 2^(w−1) or 0, with at least w−1 zeros after each that is not (the width-w NAF); w is 2 to 14. It gives the number of
// digits in use, and leaves the others 0, as it must find them.
func (s *Scalar) Sparse(d *Digits, w int) (n int) {
	carry := uint64(0) // 1 where 2ⁱ is still to be added
	for i := 0; i < MaxDigits-w; {
		word := s.window(i)
		if skip := bits.TrailingZeros64(word ^ -carry); skip > 0 {
			i += skip // the bits equal the carry: nothing here
			continue
		}
		digit := int(word&(1<<w-1) + carry)
		carry = uint64(digit >> (w - 1))
		d[i] = int16(digit - int(carry)<<w)
		n = i + 1
		i += w
	}
	return n
}

// Windows gives the number of digits that [Scalar.Window] has for scalars of so many bits.
func Windows(bits, w int) int { return bits/w + 1 }

// Window gives the i-th digit of s to the base 2^w, from −2^(w−1) to 2^(w−1), and the carry for the next one. The first
// is called with the carry 0.
func (s *Scalar) Window(i, w int, carry int) (digit, next int) {
	digit = int(s.window(i*w)&(1<<w-1)) + carry
	if digit > 1<<(w-1) {
		return digit - 1<<w, 1
	}
	return digit, 0
}
