package ec

import (
	"crypto/rand"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/internal/ec/internal/scalar"
)

// The formulas of addition divide by 0 where the points are equal or opposite, and doubling has nothing to double at
// infinity. Random signatures do not lead there, crafted ones do: these tests state sums u1·G + u2·Q whose terms meet.

// claims checks that exactly the x-coordinate of the sum, u1·G + u2·Q, is taken.
func (p pair) claims(t *testing.T, o *oracle, sum *affine, u1, u2 *big.Int) {
	t.Helper()
	claim := scalar.Claim{U1: fromNumber(u1), U2: fromNumber(u2)}
	wrong := big.NewInt(0)
	if sum != nil {
		wrong = o.mod(new(big.Int).Add(sum.x, big.NewInt(1)))
		claim.X = fromNumber(sum.x)
		p.holds(t, "x", claim, true, u1, u2)
		claim.Wrapped, claim.X = claim.X, fromNumber(wrong)
		p.holds(t, "wrapped x, unset", claim, false, u1, u2)
		claim.Wraps = true
		p.holds(t, "wrapped x", claim, true, u1, u2)
		claim.Wraps, claim.Wrapped = false, scalar.Scalar{}
	}
	claim.X = fromNumber(wrong)
	p.holds(t, "another x", claim, false, u1, u2)
	claim.X = scalar.Scalar{} // where all coordinates of infinity are 0, 0 = 0·0 must not pass
	p.holds(t, "x = 0", claim, sum != nil && sum.x.Sign() == 0, u1, u2)
}

func (p pair) holds(t *testing.T, name string, claim scalar.Claim, want bool, u1, u2 *big.Int) {
	t.Helper()
	if got := p.key.Holds(claim); got != want {
		t.Errorf("%s, key: got %v for %x·G + %x·Q, Q = %x", name, got, u1, u2, p.Bytes())
	}
	if got := p.table.comb.Holds(claim); got != want {
		t.Errorf("%s, table: got %v for %x·G + %x·Q, Q = %x", name, got, u1, u2, p.Bytes())
	}
}

func fromNumber(x *big.Int) scalar.Scalar {
	s, _ := scalar.FromBytes(x.Bytes())
	return s
}

func TestSumsWhoseTermsMeet(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		n := func(k int64) *big.Int { x := big.NewInt(k); return x.Mod(x, o.n) }
		sums := make(map[string]*affine) // of the multiples of G by the oracle, which is slow
		sum := func(k *big.Int) *affine {
			key := k.Mod(k, o.n).String()
			if _, ok := sums[key]; !ok {
				sums[key] = o.multiply(k, o.g)
			}
			return sums[key]
		}
		power := func(i int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(i)) }
		secrets := []*big.Int{n(1), n(-1), n(2), n(-2), n(31), power(c.OrderBits() / 2), new(big.Int).Rsh(o.n, 1)}
		scalars := []*big.Int{n(0), n(1), n(-1), n(2), n(7), n(-8), power(62), new(big.Int).Rsh(o.n, 1), power(c.OrderBits() - 1)}
		for _, d := range secrets {
			signer := o.signerWith(d)
			key := newPair(c, signer.public())
			for _, u2 := range scalars {
				same := new(big.Int).Mul(u2, d) // u1·G = u2·Q, and its opposite: the sum is infinity
				same.Mod(same, o.n)
				opposite := new(big.Int).Sub(o.n, same)
				opposite.Mod(opposite, o.n)
				near := new(big.Int).Add(opposite, big.NewInt(1)) // the sum is G
				for _, u1 := range []*big.Int{same, opposite, near.Mod(near, o.n), n(0), n(1), n(-2)} {
					key.claims(t, o, sum(new(big.Int).Add(u1, new(big.Int).Mul(u2, d))), u1, u2)
				}
			}
		}
	})
}

func TestRandomSums(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		signer := o.newSigner(t)
		key := newPair(c, signer.public())
		for range 20 {
			u1, u2 := o.random(t), o.random(t)
			key.claims(t, o, o.add(o.multiply(u1, o.g), o.multiply(u2, signer.q)), u1, u2)
		}
	})
}

// An x-coordinate from n to p − 1 gives r = x − n, which almost never happens by chance. A public key for such a
// signature is found by choosing R first: Q = (s·R − e·G)/r (SEC 1 §4.1.6).
func TestAnXCoordinateAboveTheOrder(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		point := &affine{x: new(big.Int).Set(o.n)}
		for point.y == nil {
			point.x.Add(point.x, big.NewInt(1))
			square := new(big.Int).Mul(point.x, point.x)
			square.Add(square, o.a).Mul(square, point.x).Add(square, o.b)
			point.y = new(big.Int).ModSqrt(o.mod(square), o.p)
		}
		if point.x.Cmp(o.p) >= 0 {
			t.Fatal("no point with such a coordinate was found")
		}
		r := new(big.Int).Sub(point.x, o.n)
		s, digest := o.random(t), must(rand.Int(rand.Reader, o.n)).Bytes()
		q := o.add(o.multiply(s, point), o.negate(o.multiply(o.hash(digest), o.g)))
		q = o.multiply(new(big.Int).ModInverse(r, o.n), q)
		key := newPair(c, o.encode(q))
		if !o.verify(q, digest, r, s) {
			t.Fatal("the oracle does not take it")
		}
		key.wants(t, "r = x − n", true, digest, r.Bytes(), s.Bytes())
		r.Add(r, big.NewInt(1))
		key.wants(t, "r = x − n + 1", false, digest, r.Bytes(), s.Bytes())
	})
}

// FuzzVerify compares with the oracle, for keys and numbers near which carries and exceptions are.
func FuzzVerify(f *testing.F) {
	for i := range Curves() {
		f.Add(uint8(i), []byte{1}, []byte("digest"), []byte{3}, []byte{4}, true)
		f.Add(uint8(i), []byte{7, 7}, make([]byte, 32), []byte{1}, []byte{1}, false)
	}
	f.Fuzz(func(t *testing.T, which uint8, secret, digest, a, b []byte, sign bool) {
		c := Curves()[int(which)%len(Curves())]
		o := newOracle(c)
		d := number(secret)
		if d.Mod(d, o.n).Sign() == 0 || len(digest) == 0 || len(digest) > 100 {
			return
		}
		signer := o.signerWith(d)
		r, s := number(a), number(b)
		if k := r.Mod(r, o.n); sign && k.Sign() != 0 { // a signature with a as the nonce
			x, y := signer.signWith(k, digest)
			r, s = number(x), number(y)
		}
		want := o.verify(signer.q, digest, r, s)
		newPair(c, signer.public()).wants(t, c.Name(), want, digest, r.Bytes(), s.Bytes())
	})
}
