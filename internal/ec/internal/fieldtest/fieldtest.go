// Package fieldtest checks generated field arithmetic against math/big, on the words that it works with.
package fieldtest

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// A Field is the arithmetic under test. Its functions take and give words, least significant first, and must leave
// their arguments alone; whether results may stand in the place of arguments is for the caller's wrappers to try out.
type Field struct {
	Prime   []byte // big-endian
	Words   int
	Plain   bool // elements are plain numbers, not in Montgomery form
	Add     func(x, y []uint64) []uint64
	Sub     func(x, y []uint64) []uint64
	Mul     func(x, y []uint64) []uint64
	Sqr     func(x []uint64) []uint64
	Inverse func(x []uint64) []uint64

	ThreeHalves func(x []uint64) []uint64

	MulSubSqr func(x, y, u []uint64) []uint64    // x·y − u²
	MulSubMul func(x, y, u, v []uint64) []uint64 // x·y − u·v
}

// A checker knows what comes out.
type checker struct {
	Field
	p      *big.Int
	divide *big.Int // 1/R modulo p: what a product of words is to be multiplied by
}

func newChecker(f Field) *checker {
	c := &checker{Field: f, p: new(big.Int).SetBytes(f.Prime), divide: big.NewInt(1)}
	if !f.Plain {
		c.divide.ModInverse(new(big.Int).Lsh(big.NewInt(1), uint(64*f.Words)), c.p)
	}
	return c
}

// Run checks all pairs of edge values, and random ones.
func Run(t *testing.T, f Field) {
	c := newChecker(f)
	edges := c.edges()
	for _, x := range edges {
		c.one(t, x)
		for i, y := range edges {
			c.two(t, x, y)
			c.four(t, x, y, edges[(3*i+1)%len(edges)], edges[(5*i+2)%len(edges)])
			c.four(t, x, y, edges[len(edges)-1-i], x)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		x, y := c.random(r), c.random(r)
		c.one(t, x)
		c.two(t, x, y)
		c.four(t, x, y, c.random(r), c.random(r))
	}
}

// Check checks one pair of numbers, big-endian, modulo p.
func Check(t *testing.T, f Field, x, y []byte) {
	c := newChecker(f)
	a, b := new(big.Int).SetBytes(x), new(big.Int).SetBytes(y)
	a.Mod(a, c.p)
	b.Mod(b, c.p)
	c.one(t, a)
	c.one(t, b)
	c.two(t, a, b)
	c.four(t, a, a, b, b)
	c.four(t, a, b, b, a)
}

// edges are numbers at which carries begin or end.
func (c *checker) edges() []*big.Int {
	var list []*big.Int
	add := func(x *big.Int) {
		for d := int64(-2); d <= 2; d++ {
			y := new(big.Int).Add(x, big.NewInt(d))
			list = append(list, y.Mod(y, c.p))
		}
	}
	add(new(big.Int)) // and p−1, p−2
	add(new(big.Int).Rsh(c.p, 1))
	add(new(big.Int).Div(c.p, big.NewInt(3)))
	for i := 1; i <= 2*c.Words; i++ {
		add(new(big.Int).Lsh(big.NewInt(1), uint(32*i)))
	}
	add(new(big.Int).Lsh(big.NewInt(1), uint(c.p.BitLen()-1)))
	ones := new(big.Int).Lsh(big.NewInt(1), uint(64*c.Words))
	add(ones.Sub(ones, new(big.Int).Lsh(big.NewInt(1), uint(64*c.Words-64)))) // all ones in one word
	top := new(big.Int).Rsh(c.p, 64)
	add(top.Lsh(top, 64)) // the lowest word of p is 0, the others are the same
	return list
}

// random gives a number that often has words of zeros or ones.
func (c *checker) random(r *rand.Rand) *big.Int {
	x := new(big.Int)
	for range c.Words {
		w := r.Uint64()
		switch r.IntN(4) {
		case 0:
			w = 0
		case 1:
			w = ^uint64(0)
		}
		x.Lsh(x, 64).Add(x, new(big.Int).SetUint64(w))
	}
	return x.Mod(x, c.p)
}

func (c *checker) one(t *testing.T, x *big.Int) {
	t.Helper()
	half := new(big.Int).ModInverse(big.NewInt(2), c.p)
	inverse := new(big.Int)
	if x.Sign() != 0 { // 1/(x·R) is (1/x)·R times 1/R²
		inverse.ModInverse(new(big.Int).Mul(new(big.Int).Mul(x, c.divide), c.divide), c.p)
	}
	c.want(t, "x²", c.Sqr(c.words(x)), new(big.Int).Mul(new(big.Int).Mul(x, x), c.divide), x)
	c.want(t, "3x/2", c.ThreeHalves(c.words(x)), half.Mul(half, x).Mul(half, big.NewInt(3)), x)
	c.want(t, "1/x", c.Inverse(c.words(x)), inverse, x)
}

func (c *checker) two(t *testing.T, x, y *big.Int) {
	t.Helper()
	c.want(t, "x+y", c.Add(c.words(x), c.words(y)), new(big.Int).Add(x, y), x, y)
	c.want(t, "x−y", c.Sub(c.words(x), c.words(y)), new(big.Int).Sub(x, y), x, y)
	c.want(t, "x·y", c.Mul(c.words(x), c.words(y)), new(big.Int).Mul(new(big.Int).Mul(x, y), c.divide), x, y)
}

func (c *checker) four(t *testing.T, x, y, u, v *big.Int) {
	t.Helper()
	product, square := new(big.Int).Mul(x, y), new(big.Int).Mul(u, u)
	square.Sub(product, square)
	product.Sub(product, new(big.Int).Mul(u, v))
	c.want(t, "x·y−u²", c.MulSubSqr(c.words(x), c.words(y), c.words(u)), square.Mul(square, c.divide), x, y, u)
	c.want(t, "x·y−u·v", c.MulSubMul(c.words(x), c.words(y), c.words(u), c.words(v)), product.Mul(product, c.divide), x, y, u, v)
}

func (c *checker) want(t *testing.T, op string, got []uint64, want *big.Int, args ...*big.Int) {
	t.Helper()
	if g, w := c.number(got), want.Mod(want, c.p); g.Cmp(w) != 0 {
		t.Fatalf("%s of %x: got %x, want %x", op, args, g, w)
	}
}

func (c *checker) words(x *big.Int) []uint64 {
	b := x.FillBytes(make([]byte, 8*c.Words))
	list := make([]uint64, c.Words)
	for i, v := range b {
		list[len(list)-1-i/8] |= uint64(v) << (56 - 8*(i%8))
	}
	return list
}

func (c *checker) number(words []uint64) *big.Int {
	x := new(big.Int)
	for i := len(words) - 1; i >= 0; i-- {
		x.Lsh(x, 64).Add(x, new(big.Int).SetUint64(words[i]))
	}
	return x
}
