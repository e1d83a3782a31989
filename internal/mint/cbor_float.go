package mint

import (
	"encoding/binary"
	"math"
)

// Floating-point items (RFC 8949 §3.3). Each is written in the width that its name says, however short it could be.
type (
	Float16 float64 // rounded towards zero; NaN is written as 7e00
	Float32 float32
	Float64 float64
)

func (f Float16) appendTo(b []byte) []byte {
	return binary.BigEndian.AppendUint16(append(b, majorSimple|25), half(float64(f)))
}

func (f Float32) appendTo(b []byte) []byte {
	return binary.BigEndian.AppendUint32(append(b, majorSimple|26), math.Float32bits(float32(f)))
}

func (f Float64) appendTo(b []byte) []byte {
	return binary.BigEndian.AppendUint64(append(b, majorSimple|27), math.Float64bits(float64(f)))
}

// half gives the IEEE 754 binary16 form: 1 bit of sign, 5 of exponent with bias 15, 10 of fraction.
func half(f float64) uint16 {
	var sign uint16
	if math.Signbit(f) {
		sign = 1 << 15
	}
	f = math.Abs(f)
	switch {
	case math.IsNaN(f):
		return 0x7e00
	case f >= 1<<16:
		return sign | 0x7c00
	case f < 1.0/(1<<14):
		// Subnormal numbers count in units of 2⁻²⁴.
		return sign | uint16(f*(1<<24))
	}
	fraction, exponent := math.Frexp(f) // fraction in [½, 1)
	return sign | uint16(exponent-1+15)<<10 | uint16((fraction*2-1)*(1<<10))
}
