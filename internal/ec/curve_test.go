package ec

import (
	"math/big"
	"slices"
	"testing"
)

// each runs a test for every curve.
func each(t *testing.T, f func(t *testing.T, c *Curve)) {
	t.Helper()
	for _, c := range Curves() {
		t.Run(c.Name(), func(t *testing.T) { f(t, c) })
	}
}

func TestTheCurvesAreThese(t *testing.T) {
	var got []string
	for _, c := range Curves() {
		got = append(got, c.Name()+" "+c.OID())
	}
	want := []string{
		"P-192 1.2.840.10045.3.1.1", "P-224 1.3.132.0.33", "P-256 1.2.840.10045.3.1.7", "P-384 1.3.132.0.34", "P-521 1.3.132.0.35",
		"brainpoolP160r1 1.3.36.3.3.2.8.1.1.1", "brainpoolP160t1 1.3.36.3.3.2.8.1.1.2",
		"brainpoolP192r1 1.3.36.3.3.2.8.1.1.3", "brainpoolP192t1 1.3.36.3.3.2.8.1.1.4",
		"brainpoolP224r1 1.3.36.3.3.2.8.1.1.5", "brainpoolP224t1 1.3.36.3.3.2.8.1.1.6",
		"brainpoolP256r1 1.3.36.3.3.2.8.1.1.7", "brainpoolP256t1 1.3.36.3.3.2.8.1.1.8",
		"brainpoolP320r1 1.3.36.3.3.2.8.1.1.9", "brainpoolP320t1 1.3.36.3.3.2.8.1.1.10",
		"brainpoolP384r1 1.3.36.3.3.2.8.1.1.11", "brainpoolP384t1 1.3.36.3.3.2.8.1.1.12",
		"brainpoolP512r1 1.3.36.3.3.2.8.1.1.13", "brainpoolP512t1 1.3.36.3.3.2.8.1.1.14",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// The figures of a curve must fit each other: a slip in one of them cannot pass all of this.
func TestTheParametersFitEachOther(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		if c.newKey == nil {
			t.Fatal("nothing computes on this curve")
		}
		if !o.p.ProbablyPrime(32) || !o.n.ProbablyPrime(32) {
			t.Error("p or n is not prime")
		}
		if o.p.Cmp(o.n) == 0 || o.n.Cmp(o.p) > 0 {
			t.Error("n is not below p, on which the candidates for an x-coordinate rely")
		}
		// Hasse: |n·h − (p+1)| ≤ 2√p. No multiple of n but n itself is in that interval, so the cofactor is 1.
		gap := new(big.Int).Sub(o.n, o.p)
		gap.Sub(gap, big.NewInt(1))
		if gap.Mul(gap, gap); gap.Cmp(new(big.Int).Lsh(o.p, 2)) > 0 {
			t.Error("n is outside Hasse's interval")
		}
		// 4a³ + 27b² ≠ 0 (SEC 1 §3.1.1.1)
		d := new(big.Int).Exp(o.a, big.NewInt(3), o.p)
		d.Lsh(d, 2).Add(d, new(big.Int).Mul(big.NewInt(27), new(big.Int).Mul(o.b, o.b)))
		if o.mod(d).Sign() == 0 {
			t.Error("the curve is singular")
		}
		if !o.onCurve(o.g) {
			t.Error("the base point is not on the curve")
		}
		if o.multiply(o.n, o.g) != nil {
			t.Error("the base point does not have the order n")
		}
		if c.FieldSize() != (o.p.BitLen()+7)/8 || c.OrderBits() != o.n.BitLen() || c.OrderSize() != (o.n.BitLen()+7)/8 {
			t.Errorf("sizes %d, %d and %d bits", c.FieldSize(), c.OrderSize(), c.OrderBits())
		}
		if c.String() != c.Name() {
			t.Errorf("String gives %q", c)
		}
	})
}

// RFC 5639 §3: a' = a·Z⁴, b' = b·Z⁶, and the base point moves to (x·Z², y·Z³).
func TestTwinsAreTwins(t *testing.T) {
	for i, c := range Curves() {
		if c.domain.Z == nil {
			if a := new(big.Int).Add(number(c.domain.A), big.NewInt(3)); a.Cmp(number(c.domain.P)) != 0 {
				t.Errorf("%s: a is not p − 3, and there is no Z", c)
			}
			continue
		}
		r, twin := newOracle(c), newOracle(Curves()[i+1])
		z := number(c.domain.Z)
		times := func(x *big.Int, n int64) *big.Int {
			return r.mod(new(big.Int).Mul(x, new(big.Int).Exp(z, big.NewInt(n), r.p)))
		}
		for _, f := range []struct {
			name      string
			got, want *big.Int
		}{
			{"p", r.p, twin.p}, {"n", r.n, twin.n}, {"a", times(r.a, 4), twin.a}, {"b", times(r.b, 6), twin.b},
			{"x", times(r.g.x, 2), twin.g.x}, {"y", times(r.g.y, 3), twin.g.y},
		} {
			if f.got.Cmp(f.want) != 0 {
				t.Errorf("%s: %s gives %x, %s has %x", c, f.name, f.got, twin.c, f.want)
			}
		}
	}
}

func TestCurvesAreFoundByNameAndIdentifier(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		if ByName(c.Name()) != c || ByOID(c.OID()) != c {
			t.Error("not found")
		}
	})
	for _, s := range []string{"", "P-255", "p-256", "secp256k1", "1.3.132.0.10", "1.3.36.3.3.2.8.1.1.15", "1.3.36.3.3.2.8.1.1.07"} {
		if ByName(s) != nil || ByOID(s) != nil {
			t.Errorf("%q is found", s)
		}
	}
}

func TestTheListOfCurvesIsACopy(t *testing.T) {
	Curves()[0] = nil
	if Curves()[0] == nil {
		t.Error("a caller can change the table")
	}
}
