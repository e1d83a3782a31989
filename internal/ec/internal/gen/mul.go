package main

import (
	"fmt"
	"math/big"
	"math/bits"
)

// timesConstant emits h, l = m·w for a constant word w and names what came out, "" for 0, so that the words which
// the primes of the NIST have in plenty cost no multiplication.
func (e *emitter) timesConstant(m string, w uint64, h, l string) (hi, lo string) {
	switch {
	case w == 0:
		return "", ""
	case w == 1:
		return "", m
	case bits.OnesCount64(w) == 1:
		n := bits.TrailingZeros64(w)
		e.line("%s, %s := %s>>%d, %s<<%d", h, l, m, 64-n, m, n)
	default:
		e.line("%s, %s := bits.Mul64(%s, %#x)", h, l, m, w)
	}
	return h, l
}

// mul emits the product by rows: add x·y[i], then take the lowest word off by adding a multiple of p.
func (f field) mul(e *emitter) {
	if f.parted() {
		e.line("// mul sets z to x·y.\nfunc mul(z, x, y *element) {\nvar w wide\nmultiply(&w, x, y)\nreduce(z, &w)\n}\n")
		return
	}
	f.open(e, "mul", "z, x, y", "mul sets z to x·y.")
	if f.mersenne {
		e.line("var w [%d]uint64", 2*f.k)
		f.product(e, "w", "x", "y")
		f.foldMersenne(e, at("w"))
		return
	}
	e.declare("h", f.k) // of the rows of x·y; a reduction has its own
	e.declare("l", f.k)
	e.line("var t%d, v uint64", f.k)
	if f.brim() {
		e.line("var over uint64")
	}
	for j := range f.k {
		e.line("x%d := x[%d]", j, j)
	}
	for i := range f.k {
		e.line("v = y[%d]", i)
		if i == 0 {
			f.firstRow(e)
		} else {
			f.row(e)
		}
		f.reduceRow(e, fmt.Sprint("t", f.k))
	}
	f.final(e)
	f.store(e)
}

// firstRow sets t to x·v.
func (f field) firstRow(e *emitter) {
	for j := range f.k {
		e.line("h%d, l%d = bits.Mul64(x%d, v)", j, j, j)
	}
	e.line("t0 = l0")
	for j := 1; j < f.k; j++ {
		e.line("t%d, c = bits.Add64(h%d, l%d, %s)", j, j-1, j, carryIn(j == 1))
	}
	e.line("t%d = h%d + c", f.k, f.k-1)
}

// brim reports whether p is so near to 2^(64k) that t + x·v, with t below 2p, can need more than k+1 words.
func (f field) brim() bool {
	most := new(big.Int).Lsh(f.p, 64)
	return most.Add(most, f.p).BitLen() > 64*(f.k+1)
}

// row adds x·v to t, of k+1 words and, at the brim, the variable over.
func (f field) row(e *emitter) {
	for j := range f.k {
		e.line("h%d, l%d = bits.Mul64(x%d, v)", j, j, j)
	}
	e.chain("Add64", f.k, names("t", 0), names("t", 0), names("l", 0))
	if f.brim() {
		e.line("t%d, over = bits.Add64(t%d, 0, c)", f.k, f.k)
		e.chain("Add64", f.k, names("t", 1), names("t", 1), names("h", 0))
		e.line("over += c")
		return
	}
	if f.full() {
		e.line("t%d += c", f.k)
	} else {
		e.line("t%d = c", f.k)
	}
	e.chain("Add64", f.k-1, names("t", 1), names("t", 1), names("h", 0))
	e.line("t%d += h%d + c", f.k, f.k-1)
}

// complement gives 2^(64k) − p, and whether it has so many fewer words that need a multiplication than p that it is
// better to add m·2^(64k) and to take m times this away than to add m·p.
func (f field) complement() (*big.Int, bool) {
	c := new(big.Int).Lsh(big.NewInt(1), uint(64*f.k))
	c.Sub(c, f.p)
	return c, costly(c, f.k) < costly(f.p, f.k)-1
}

func costly(x *big.Int, k int) (n int) {
	for i := range k {
		if bits.OnesCount64(word(x, i)) > 1 {
			n++
		}
	}
	return n
}

// negativeInverse gives −1/p modulo 2⁶⁴.
func (f field) negativeInverse() uint64 {
	r := new(big.Int).Lsh(big.NewInt(1), 64)
	x := new(big.Int).ModInverse(f.p, r)
	return x.Sub(r, x).Uint64()
}

// over gives what stands above t_k before a carry is added, as the beginning of a sum.
func (f field) over() string {
	if f.brim() {
		return "over + "
	}
	return ""
}

// reduceRow replaces t, whose words are k and the one that is named top, by (t + m·p)/2⁶⁴ for the m that makes this
// whole. Where p is full, this can have a bit in t_k; otherwise it has none, and t_k is left as it was.
func (f field) reduceRow(e *emitter, top string) {
	k := f.k
	inverse := f.negativeInverse()
	h, l := make([]string, k), make([]string, k)
	product := func(x *big.Int, lowest string) {
		for j := range k {
			low := fmt.Sprint("l", j)
			if j == 0 {
				low = lowest
			}
			h[j], l[j] = e.timesConstant("m", word(x, j), fmt.Sprint("h", j), low)
		}
	}
	high := func(j int) string { return h[j] }
	e.line("{")
	defer e.line("}")
	if inverse == 1 {
		e.line("m := t0")
	} else {
		e.line("m := t0 * %#x", inverse)
	}
	if x, ok := f.complement(); ok && inverse != 1 { // such primes are full
		product(x, "_") // its lowest word equals t0, since both are −m·p modulo 2⁶⁴
		e.chain("Sub64", k-1, names("t", 0), names("t", 1), func(j int) string { return l[j+1] })
		e.line("t%d, c = bits.Sub64(t%d, 0, c)", k-1, k)
		e.line("t%d = %s", k, map[bool]string{true: "over - c", false: "-c"}[f.brim()])
		e.chain("Sub64", k, names("t", 0), names("t", 0), high)
		e.line("t%d -= c", k)
		e.line("t%d, c = bits.Add64(t%d, m, 0)", k-1, k-1)
		e.line("t%d += c", k)
		return
	}
	if inverse == 1 { // and these too; t + t0·p is t without its lowest word, and t0·(p+1)/2⁶⁴
		x := new(big.Int).Rsh(f.p, 64)
		x.Add(x, big.NewInt(1)) // the lowest word of p is 2⁶⁴−1
		product(x, "l0")
		e.chain("Add64", k, names("t", 0), names("t", 1), func(j int) string { return l[j] })
		e.line("t%d = %sc", k, f.over())
		e.chain("Add64", k-1, names("t", 1), names("t", 1), high)
		e.line("t%d += c", k)
		return
	}
	product(f.p, "_")
	e.line("_, c = bits.Add64(t0, ^uint64(0), 0) // t0 and the lowest word of m·p make 2⁶⁴, or 0 if t0 is")
	for j := 1; j < k; j++ {
		e.line("t%d, c = bits.Add64(t%d, %s, c)", j-1, j, orZero(l[j]))
	}
	if !f.full() {
		e.line("t%d, _ = bits.Add64(%s, 0, c)", k-1, top)
		e.closed("Add64", k, names("t", 0), names("t", 0), high)
		return
	}
	e.line("t%d, c = bits.Add64(%s, 0, c)", k-1, top)
	e.line("t%d = %sc", k, f.over())
	e.chain("Add64", k, names("t", 0), names("t", 0), high)
	e.line("t%d += c", k)
}

// final brings t, below 2p, below p.
func (f field) final(e *emitter) {
	if f.full() {
		f.reduce(e, fmt.Sprint("t", f.k))
	} else {
		f.reduce(e, "")
	}
}

func carryIn(first bool) string {
	if first {
		return "0"
	}
	return "c"
}
