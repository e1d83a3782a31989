package ec

import (
	"crypto/rand"
	"math/big"
	"testing"
)

// An oracle computes on a curve in affine coordinates with math/big, by the definitions of SEC 1 §2.2.1 and §4.1 alone:
// slowly, and in another way than the package.
type oracle struct {
	c          *Curve
	p, a, b, n *big.Int
	g          *affine
}

// An affine point; nil is the point at infinity.
type affine struct{ x, y *big.Int }

func newOracle(c *Curve) *oracle {
	d := &c.domain
	return &oracle{c: c, p: number(d.P), a: number(d.A), b: number(d.B), n: number(d.N), g: &affine{number(d.X), number(d.Y)}}
}

func number(b []byte) *big.Int { return new(big.Int).SetBytes(b) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// mod gives x modulo p.
func (o *oracle) mod(x *big.Int) *big.Int { return x.Mod(x, o.p) }

func (o *oracle) onCurve(q *affine) bool {
	l := o.mod(new(big.Int).Mul(q.y, q.y))
	r := new(big.Int).Mul(q.x, q.x)
	r.Add(r, o.a).Mul(r, q.x).Add(r, o.b)
	return l.Cmp(o.mod(r)) == 0
}

func (o *oracle) negate(q *affine) *affine {
	if q == nil {
		return nil
	}
	return &affine{q.x, o.mod(new(big.Int).Neg(q.y))}
}

func (o *oracle) add(q, r *affine) *affine {
	switch {
	case q == nil:
		return r
	case r == nil:
		return q
	}
	var num, den *big.Int
	if q.x.Cmp(r.x) != 0 {
		num, den = new(big.Int).Sub(r.y, q.y), new(big.Int).Sub(r.x, q.x)
	} else {
		if o.mod(new(big.Int).Add(q.y, r.y)).Sign() == 0 {
			return nil
		}
		num = new(big.Int).Mul(q.x, q.x)
		num.Mul(num, big.NewInt(3)).Add(num, o.a)
		den = new(big.Int).Lsh(q.y, 1)
	}
	slope := o.mod(num.Mul(num, new(big.Int).ModInverse(o.mod(den), o.p)))
	x := new(big.Int).Mul(slope, slope)
	o.mod(x.Sub(x, q.x).Sub(x, r.x))
	y := new(big.Int).Sub(q.x, x)
	o.mod(y.Mul(y, slope).Sub(y, q.y))
	return &affine{x, y}
}

func (o *oracle) multiply(k *big.Int, q *affine) (sum *affine) {
	for i := k.BitLen() - 1; i >= 0; i-- {
		sum = o.add(sum, sum)
		if k.Bit(i) == 1 {
			sum = o.add(sum, q)
		}
	}
	return sum
}

// hash gives e of a digest (SEC 1 §4.1.3 step 5).
func (o *oracle) hash(digest []byte) *big.Int {
	e := number(digest)
	if excess := 8*len(digest) - o.n.BitLen(); excess > 0 {
		e.Rsh(e, uint(excess))
	}
	return e
}

// verify decides by SEC 1 §4.1.4.
func (o *oracle) verify(q *affine, digest []byte, r, s *big.Int) bool {
	if r.Sign() <= 0 || s.Sign() <= 0 || r.Cmp(o.n) >= 0 || s.Cmp(o.n) >= 0 {
		return false
	}
	w := new(big.Int).ModInverse(s, o.n)
	u1, u2 := o.hash(digest), new(big.Int).Mul(r, w)
	u1.Mul(u1, w).Mod(u1, o.n)
	sum := o.add(o.multiply(u1, o.g), o.multiply(u2.Mod(u2, o.n), q))
	return sum != nil && new(big.Int).Mod(sum.x, o.n).Cmp(r) == 0
}

func (o *oracle) encode(q *affine) []byte {
	out := make([]byte, 1+2*o.c.FieldSize())
	out[0] = 4
	q.x.FillBytes(out[1 : 1+o.c.FieldSize()])
	q.y.FillBytes(out[1+o.c.FieldSize():])
	return out
}

// A signer has a private key on the oracle's curve.
type signer struct {
	*oracle
	d *big.Int
	q *affine
}

func (o *oracle) newSigner(t testing.TB) *signer {
	return o.signerWith(o.random(t))
}

func (o *oracle) signerWith(d *big.Int) *signer { return &signer{o, d, o.multiply(d, o.g)} }

// random gives a number from 1 to n − 1.
func (o *oracle) random(t testing.TB) *big.Int {
	t.Helper()
	k, err := rand.Int(rand.Reader, new(big.Int).Sub(o.n, big.NewInt(1)))
	if err != nil {
		t.Fatal(err)
	}
	return k.Add(k, big.NewInt(1))
}

func (s *signer) public() []byte { return s.encode(s.q) }

// sign signs by SEC 1 §4.1.3.
func (s *signer) sign(t testing.TB, digest []byte) (r, sig []byte) {
	return s.signWith(s.random(t), digest)
}

// signWith signs with the nonce k, which must give an r and an s that are not 0.
func (s *signer) signWith(k *big.Int, digest []byte) (r, sig []byte) {
	x := new(big.Int).Mod(s.multiply(k, s.g).x, s.n)
	y := new(big.Int).Mul(x, s.d)
	y.Add(y, s.hash(digest)).Mul(y, new(big.Int).ModInverse(k, s.n)).Mod(y, s.n)
	return x.FillBytes(make([]byte, s.c.OrderSize())), y.FillBytes(make([]byte, s.c.OrderSize()))
}
