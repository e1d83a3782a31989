package main

import (
	"fmt"
	"math/big"
	"strings"
)

// A field is the integers modulo p in k words of 64 bits. They stand in Montgomery form, x·R with R = 2^(64k), save
// where p is a Mersenne number: then reduction is a shift and an addition, and R is 1.
type field struct {
	p        *big.Int
	k        int
	mersenne bool
}

func newField(p *big.Int) field {
	f := field{p: p, k: (p.BitLen() + 63) / 64}
	f.mersenne = new(big.Int).Add(p, big.NewInt(1)).TrailingZeroBits() == uint(p.BitLen())
	return f
}

// full reports whether a sum of two elements, or of an element and a product's high words, can need k words and a bit.
func (f field) full() bool { return 64*f.k-f.p.BitLen() < 3 }

// r gives R to the power n, modulo p.
func (f field) r(n int) *big.Int {
	if f.mersenne {
		return big.NewInt(1)
	}
	r := new(big.Int).Lsh(big.NewInt(1), uint(64*f.k*n))
	return r.Mod(r, f.p)
}

// form gives x·R modulo p.
func (f field) form(x *big.Int) *big.Int {
	y := new(big.Int).Mul(x, f.r(1))
	return y.Mod(y, f.p)
}

// word gives the i-th word of x.
func word(x *big.Int, i int) uint64 {
	w := new(big.Int).Rsh(x, uint(64*i))
	return w.And(w, new(big.Int).SetUint64(1<<64-1)).Uint64()
}

// literal writes x as a composite literal's body.
func (f field) literal(x *big.Int) string {
	var b strings.Builder
	for i := range f.k {
		fmt.Fprintf(&b, "%#x, ", word(x, i))
	}
	return "{" + strings.TrimSuffix(b.String(), ", ") + "}"
}

// An emitter collects lines of Go.
type emitter struct{ strings.Builder }

func (e *emitter) line(format string, args ...any) { fmt.Fprintf(e, format+"\n", args...) }

// chain emits one carry chain of bits.Add64 or bits.Sub64 over n words and leaves the last carry in the variable c. The
// names come from functions of the index; "" as an operand is 0.
func (e *emitter) chain(op string, n int, z, x, y func(int) string) { e.links(op, n, z, x, y, "c") }

// closed emits a chain that has no last carry.
func (e *emitter) closed(op string, n int, z, x, y func(int) string) { e.links(op, n, z, x, y, "_") }

func (e *emitter) links(op string, n int, z, x, y func(int) string, last string) {
	for i := range n {
		in, out := "c", "c"
		if i == 0 {
			in = "0"
		}
		if i == n-1 {
			out = last
		}
		e.line("%s, %s = bits.%s(%s, %s, %s)", z(i), out, op, orZero(x(i)), orZero(y(i)), in)
	}
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

// names gives the function i ↦ prefix and i+from.
func names(prefix string, from int) func(int) string {
	return func(i int) string { return fmt.Sprint(prefix, i+from) }
}

// at gives the function i ↦ name[i].
func at(name string) func(int) string {
	return func(i int) string { return fmt.Sprintf("%s[%d]", name, i) }
}

// words gives the words of a constant.
func words(x *big.Int) func(int) string {
	return func(i int) string { return fmt.Sprintf("%#x", word(x, i)) }
}

// declare emits one declaration of the variables prefix0 … prefix(n−1).
func (e *emitter) declare(prefix string, n int) {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(prefix, i)
	}
	e.line("var %s uint64", strings.Join(list, ", "))
}

// fieldSource writes field.go.
func (c curve) fieldSource() []byte {
	e := new(emitter)
	e.line("// Package %s computes on %s, modulo the prime of %d bits of the field.", c.Package, c.Names, c.p.BitLen())
	e.line("package %s\n", c.Package)
	e.line("import (\n\"math/bits\"\n\n\"github.com/travelseal/travelseal/internal/ec/internal/scalar\"\n)\n")
	if c.mersenne {
		e.line("// An element is a number below p, least significant word first.")
	} else {
		e.line("// An element is a number x below p as x·2^%d modulo p, least significant word first.", 64*c.k)
	}
	e.line("type element [%d]uint64\n", c.k)
	c.constants(e)
	c.add(e)
	c.sub(e)
	c.threeHalves(e)
	c.parts(e)
	c.mul(e)
	c.sqr(e)
	c.differences(e)
	return []byte(e.String())
}

func (c curve) constants(e *emitter) {
	f := c.field
	constant := func(name string, x *big.Int, comment string) {
		e.line("// %s is %s.", name, comment)
		e.line("func %s() element { return element%s }\n", name, f.literal(x))
	}
	constant("one", f.form(big.NewInt(1)), "1")
	constant("enter", f.form(f.r(1)), "what a plain number is multiplied by to become an element")
	constant("reenter", f.form(f.r(2)), "what the inverse of an element, as a plain number, is multiplied by")
	constant("coefficient", f.form(c.b), "the b of y² = x³ − 3x + b")
	constant("baseX", f.form(c.gx), "the x-coordinate of the base point")
	constant("baseY", f.form(c.gy), "the y-coordinate of the base point")
	if c.Twisted {
		zz := new(big.Int).Mul(c.z, c.z)
		constant("twistX", f.form(zz), "Z², which takes an x-coordinate from the r1 curve to its twin t1")
		constant("twistY", f.form(zz.Mul(zz, c.z)), "Z³, which does so for a y-coordinate")
	}
	var s scalarLiteral
	for i := range s {
		s[i] = word(c.p, i)
	}
	e.line("// prime gives p.")
	e.line("func prime() *scalar.Scalar { return &scalar.Scalar{%s} }\n", s)
}
