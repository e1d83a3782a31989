package ec

import (
	"math/big"
	"slices"
	"testing"
)

// figures are the arguments of Explicit.
type figures struct{ p, a, b, generator, order, cofactor []byte }

func (f figures) curve() *Curve { return Explicit(f.p, f.a, f.b, f.generator, f.order, f.cofactor) }

func figuresOf(c *Curve) figures {
	o := newOracle(c)
	return figures{o.p.Bytes(), o.a.Bytes(), o.b.Bytes(), o.encode(o.g), o.n.Bytes(), []byte{1}}
}

func compressed(c *Curve) []byte {
	d := &c.domain
	return append([]byte{2 + d.Y[len(d.Y)-1]%2}, d.X...)
}

func TestExplicitFindsEachCurve(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		for name, change := range map[string]func(*figures){
			"as they are":     func(*figures) {},
			"no cofactor":     func(f *figures) { f.cofactor = nil },
			"long cofactor":   func(f *figures) { f.cofactor = []byte{0, 0, 1} },
			"compressed base": func(f *figures) { f.generator = compressed(c) },
			"zeros in front": func(f *figures) {
				for _, n := range []*[]byte{&f.p, &f.a, &f.b, &f.order} {
					*n = append([]byte{0, 0, 0}, *n...)
				}
			},
		} {
			f := figuresOf(c)
			change(&f)
			if got := f.curve(); got != c {
				t.Errorf("%s: got %v", name, got)
			}
		}
	})
}

// CVE-2020-0601: with the base point (1/d)·Q for a d of his own choice, a forger has the private key d to the public key Q.
func TestExplicitRefusesAnotherBasePoint(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		victim := o.newSigner(t)
		d := big.NewInt(7)
		f := figuresOf(c)
		f.generator = o.encode(o.multiply(new(big.Int).ModInverse(d, o.n), victim.q))
		if f.curve() != nil {
			t.Error("a base point of a forger's choice is taken")
		}
	})
}

func TestExplicitRefusesEachOtherFigure(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		other := figuresOf(ByName("P-256"))
		if c.Name() == "P-256" {
			other = figuresOf(ByName("P-384"))
		}
		plus := func(b []byte, n int64) []byte {
			x := new(big.Int).SetBytes(b)
			return x.Add(x, big.NewInt(n)).Bytes()
		}
		for name, change := range map[string]func(*figures){
			"p + 2":             func(f *figures) { f.p = plus(f.p, 2) },
			"a + 1":             func(f *figures) { f.a = plus(f.a, 1) },
			"b + 1":             func(f *figures) { f.b = plus(f.b, 1) },
			"n + 1":             func(f *figures) { f.order = plus(f.order, 1) },
			"a + p":             func(f *figures) { f.a = new(big.Int).Add(number(f.a), number(f.p)).Bytes() },
			"other p":           func(f *figures) { f.p = other.p },
			"other base":        func(f *figures) { f.generator = other.generator },
			"no p":              func(f *figures) { f.p = nil },
			"no a":              func(f *figures) { f.a = nil },
			"no order":          func(f *figures) { f.order = nil },
			"no base":           func(f *figures) { f.generator = nil },
			"infinity":          func(f *figures) { f.generator = []byte{0} },
			"cofactor 0":        func(f *figures) { f.cofactor = []byte{0} },
			"cofactor 2":        func(f *figures) { f.cofactor = []byte{2} },
			"cofactor 257":      func(f *figures) { f.cofactor = []byte{1, 1} },
			"empty cofactor":    func(f *figures) { f.cofactor = []byte{} },
			"hybrid base":       func(f *figures) { f.generator[0] = 6 | f.generator[len(f.generator)-1]&1 },
			"negative base":     func(f *figures) { f.generator = compressed(c); f.generator[0] ^= 1 },
			"base with a tail":  func(f *figures) { f.generator = append(f.generator, 0) },
			"base with a zero":  func(f *figures) { f.generator = slices.Insert(f.generator, 1, 0) },
			"base off by a bit": func(f *figures) { f.generator[len(f.generator)-1] ^= 1 },
		} {
			f := figuresOf(c)
			change(&f)
			if got := f.curve(); got != nil {
				t.Errorf("%s: got %v", name, got)
			}
		}
	})
}
