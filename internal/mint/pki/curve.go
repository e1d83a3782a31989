package pki

import (
	"crypto/elliptic"
	"math/big"
)

// A Curve is y² = x³ + Ax + B over the integers modulo P, with a generator (GX, GY) of order N. Its cofactor is 1, as that of
// every curve here.
type Curve struct {
	Kind               Kind
	OID                string
	P, A, B, GX, GY, N *big.Int
}

// A Point is a point of a curve; the zero Point is the one at infinity.
type Point struct{ X, Y *big.Int }

// Generator is the generator of the curve.
func (c *Curve) Generator() Point { return Point{c.GX, c.GY} }

// Size is the number of bytes of a coordinate.
func (c *Curve) Size() int { return (c.P.BitLen() + 7) / 8 }

// Add adds two points (SEC 1 §2.2.1).
func (c *Curve) Add(a, b Point) Point {
	if a.X == nil {
		return b
	}
	if b.X == nil {
		return a
	}
	slope, below := new(big.Int), new(big.Int)
	switch {
	case a.X.Cmp(b.X) != 0:
		slope.Sub(b.Y, a.Y)
		below.Sub(b.X, a.X)
	case a.Y.Cmp(b.Y) != 0 || a.Y.Sign() == 0:
		return Point{}
	default:
		slope.Mul(a.X, a.X)
		slope.Mul(slope, big.NewInt(3)).Add(slope, c.A)
		below.Lsh(a.Y, 1)
	}
	slope.Mul(slope, below.ModInverse(below.Mod(below, c.P), c.P)).Mod(slope, c.P)
	x := new(big.Int).Mul(slope, slope)
	x.Sub(x, a.X).Sub(x, b.X).Mod(x, c.P)
	y := new(big.Int).Sub(a.X, x)
	y.Mul(y, slope).Sub(y, a.Y).Mod(y, c.P)
	return Point{x, y}
}

// Times multiplies a point by a number.
func (c *Curve) Times(k *big.Int, a Point) Point {
	var sum Point
	for i := k.BitLen() - 1; i >= 0; i-- {
		sum = c.Add(sum, sum)
		if k.Bit(i) == 1 {
			sum = c.Add(sum, a)
		}
	}
	return sum
}

// Holds reports whether a point lies on the curve.
func (c *Curve) Holds(a Point) bool {
	if a.X == nil {
		return false
	}
	left := new(big.Int).Mul(a.Y, a.Y)
	right := new(big.Int).Mul(a.X, a.X)
	right.Add(right, c.A).Mul(right, a.X).Add(right, c.B)
	return left.Sub(left, right).Mod(left, c.P).Sign() == 0
}

// A PointForm is a way to write a point (SEC 1 §2.3.3, X9.62 §4.3.6).
type PointForm int

// The forms. The zero form is the one that Doc 9303-12 §4.4.2 and RFC 5480 §2.2 demand.
const (
	Uncompressed PointForm = iota
	Compressed
	Hybrid
	OffCurve // uncompressed, with another y
	Infinity // one zero byte
)

// Encode writes a point.
func (c *Curve) Encode(a Point, form PointForm) []byte {
	x := a.X.FillBytes(make([]byte, c.Size()))
	y := a.Y.FillBytes(make([]byte, c.Size()))
	odd := byte(a.Y.Bit(0))
	switch form {
	case Compressed:
		return append([]byte{2 | odd}, x...)
	case Hybrid:
		return append(append([]byte{6 | odd}, x...), y...)
	case OffCurve:
		y[len(y)-1] ^= 1
	case Infinity:
		return []byte{0}
	}
	return append(append([]byte{4}, x...), y...)
}

// nist makes a curve of FIPS 186-4 §D.1.2 from the standard library's figures; A is −3 there.
func nist(kind Kind, oid string, p *elliptic.CurveParams) *Curve {
	return &Curve{Kind: kind, OID: oid, P: p.P, A: new(big.Int).Sub(p.P, big.NewInt(3)), B: p.B, GX: p.Gx, GY: p.Gy, N: p.N}
}

// CurveOf gives the curve of a kind of key; nil for one that has none.
func CurveOf(kind Kind) *Curve {
	switch kind {
	case P224:
		return nist(kind, "1.3.132.0.33", elliptic.P224().Params())
	case P256:
		return nist(kind, "1.2.840.10045.3.1.7", elliptic.P256().Params())
	case P384:
		return nist(kind, "1.3.132.0.34", elliptic.P384().Params())
	case P521:
		return nist(kind, "1.3.132.0.35", elliptic.P521().Params())
	}
	figures, ok := curveFigures[kind]
	if !ok {
		return nil
	}
	number := func(hex string) *big.Int {
		n, ok := new(big.Int).SetString(hex, 16)
		if !ok {
			panic("pki: a figure of " + string(kind) + " is no number")
		}
		return n
	}
	return &Curve{
		Kind: kind, OID: figures.oid, P: number(figures.p), A: number(figures.a), B: number(figures.b),
		GX: number(figures.x), GY: number(figures.y), N: number(figures.n),
	}
}
