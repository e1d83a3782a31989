package jcs

import (
	"bytes"
	"strconv"

	"github.com/travelseal/travelseal/internal/strict/json"
)

// maxDigits is how many significant decimal digits a double can need: more say more than it holds.
const maxDigits = 17

// appendNumber writes a number as ECMAScript does (RFC 8785 §3.2.2.3). RFC 8785 rounds what is between two doubles; what
// is beyond all of them, or has more digits than tell two of them apart, is refused.
func appendNumber(dst []byte, v json.Value) ([]byte, error) {
	f, ok := v.Float()
	n := significant(v.Raw())
	if !ok || n > maxDigits || n > 0 && f == 0 {
		return nil, ErrNumber
	}
	if f == 0 {
		return append(dst, '0'), nil // ECMA-262 Number::toString, step 2: of either sign
	}
	if f < 0 {
		dst, f = append(dst, '-'), -f
	}
	// d.ddde±dd with the fewest digits that give f back, and of those the nearest: the digits of ECMA-262, step 5.
	var room [32]byte
	text := strconv.AppendFloat(room[:0], f, 'e', -1, 64)
	mantissa, exponent, _ := bytes.Cut(text, []byte("e"))
	e, _ := strconv.Atoi(string(exponent))
	digits := append(mantissa[:1:1], mantissa[min(2, len(mantissa)):]...)
	return appendDigits(dst, digits, e+1), nil
}

// appendDigits lays out 0.digits × 10ⁿ by ECMA-262 Number::toString, steps 6 to 10.
func appendDigits(dst, digits []byte, n int) []byte {
	k := len(digits)
	switch {
	case n >= k && n <= 21:
		return appendZeros(append(dst, digits...), n-k)
	case n > 0 && n <= 21:
		dst = append(append(dst, digits[:n]...), '.')
		return append(dst, digits[n:]...)
	case n > -6 && n <= 0:
		dst = appendZeros(append(dst, "0."...), -n)
		return append(dst, digits...)
	}
	dst = append(dst, digits[0])
	if k > 1 {
		dst = append(append(dst, '.'), digits[1:]...)
	}
	dst = append(dst, 'e')
	if n > 0 {
		dst = append(dst, '+')
	}
	return strconv.AppendInt(dst, int64(n-1), 10)
}

func appendZeros(dst []byte, n int) []byte {
	for range n {
		dst = append(dst, '0')
	}
	return dst
}

// significant counts the digits of a number from the first to the last that is not 0, before its exponent.
func significant(number []byte) int {
	count, last := 0, 0
	for _, c := range number {
		switch {
		case c == 'e' || c == 'E':
			return last
		case c < '0' || c > '9' || count == 0 && c == '0':
			continue
		}
		count++
		if c != '0' {
			last = count
		}
	}
	return last
}
