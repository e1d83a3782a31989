package main

import "fmt"

// mulMersenne emits the product in 2k words w, and its reduction modulo 2ⁿ − 1.
func (f field) mulMersenne(e *emitter) {
	k := f.k
	f.open(e, "mul", "z, x, y", "mul sets z to x·y.")
	e.declare("w", 2*k)
	e.declare("h", k)
	e.declare("l", k)
	e.line("var v uint64")
	for j := range k {
		e.line("x%d := x[%d]", j, j)
	}
	for i := range k {
		e.line("v = y[%d]", i)
		for j := range k {
			e.line("h%d, l%d = bits.Mul64(x%d, v)", j, j, j)
		}
		if i == 0 {
			e.line("w0 = l0")
			for j := 1; j < k; j++ {
				e.line("w%d, c = bits.Add64(h%d, l%d, %s)", j, j-1, j, carryIn(j == 1))
			}
			e.line("w%d = h%d + c", k, k-1)
			continue
		}
		e.chain("Add64", k, names("w", i), names("w", i), names("l", 0))
		e.line("w%d = c", i+k)
		e.chain("Add64", k, names("w", i+1), names("w", i+1), names("h", 0))
	}
	f.foldMersenne(e)
}

func (f field) sqrMersenne(e *emitter) {
	f.open(e, "sqr", "z, x", "sqr sets z to x².")
	f.square(e)
	f.foldMersenne(e)
}

// foldMersenne adds what stands above the n-th bit to what stands below.
func (f field) foldMersenne(e *emitter) {
	k, top := f.k, f.p.BitLen()%64
	high := func(i int) string { return fmt.Sprintf("w%d>>%d|w%d<<%d", i+k-1, top, i+k, 64-top) }
	low := func(i int) string {
		if i == k-1 {
			return fmt.Sprintf("w%d&%#x", i, uint64(1)<<top-1)
		}
		return fmt.Sprint("w", i)
	}
	e.chain("Add64", k, names("t", 0), low, high)
	f.reduce(e, "")
	f.store(e)
}
