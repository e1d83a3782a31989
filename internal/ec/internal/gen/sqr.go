package main

import "fmt"

// sqr emits the square: the products of different words once, doubled, and the squares of the words, in 2k words w;
// then k reductions.
func (f field) sqr(e *emitter) {
	if f.mersenne {
		f.sqrMersenne(e)
		return
	}
	k := f.k
	f.open(e, "sqr", "z, x", "sqr sets z to x².")
	e.line("var t%d, m uint64", k)
	if f.brim() {
		e.line("const over = 0")
	}
	f.square(e)
	for i := range k {
		// The reductions look at k+1 words at a time, t.
		for j := range k {
			if i == 0 {
				e.line("t%d = w%d", j, j)
			}
		}
		f.slide(e, i)
	}
	f.final(e)
	f.store(e)
}

// slide reduces t_0 … t_(k-1) once and takes in the word w_(k+i) at the top.
func (f field) slide(e *emitter, i int) {
	k := f.k
	if i == 0 {
		e.line("t%d = 0", k)
	}
	f.reduceRow(e) // t is below 2p, of which the words above w_(k+i) are no part yet
	e.line("t%d, c = bits.Add64(t%d, w%d, 0)", k-1, k-1, k+i)
	e.line("t%d += c", k)
}

// square emits w_0 … w_(2k-1) = x².
func (f field) square(e *emitter) {
	k := f.k
	e.declare("w", 2*k)
	e.declare("h", k)
	e.declare("l", k)
	for j := range k {
		e.line("x%d := x[%d]", j, j)
	}
	for i := range k - 1 { // the words i+1 … k-1 times the word i, at the place 2i+1
		for j := i + 1; j < k; j++ {
			e.line("h%d, l%d = bits.Mul64(x%d, x%d)", j, j, j, i)
		}
		if i == 0 {
			e.line("w1 = l1")
			for j := 2; j < k; j++ {
				e.line("w%d, c = bits.Add64(h%d, l%d, %s)", j, j-1, j, carryIn(j == 2))
			}
			if k == 2 {
				e.line("c = 0")
			}
			e.line("w%d = h%d + c", k, k-1)
			continue
		}
		n := k - 1 - i
		e.chain("Add64", n, names("w", 2*i+1), names("w", 2*i+1), names("l", i+1))
		e.line("w%d = c", k+i)
		e.chain("Add64", n, names("w", 2*i+2), names("w", 2*i+2), names("h", i+1))
	}
	e.line("w%d = w%d >> 63", 2*k-1, 2*k-2)
	for i := 2*k - 2; i > 1; i-- {
		e.line("w%d = w%d<<1 | w%d>>63", i, i, i-1)
	}
	e.line("w1 <<= 1")
	for i := range k {
		e.line("h%d, l%d = bits.Mul64(x%d, x%d)", i, i, i, i)
	}
	e.line("w0 = l0")
	for i := 1; i < 2*k; i++ {
		part := fmt.Sprint("l", i/2)
		if i%2 == 1 {
			part = fmt.Sprint("h", i/2)
		}
		e.line("w%d, c = bits.Add64(w%d, %s, %s)", i, i, part, carryIn(i == 1))
	}
}
