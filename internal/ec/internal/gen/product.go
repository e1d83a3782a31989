package main

import "fmt"

// parted reports whether products and reductions are functions of their own. With so many words, all operations unrolled
// as a whole would be more code than a processor keeps at hand.
func (f field) parted() bool { return f.k >= 8 && !f.mersenne }

// parts emits these functions.
func (f field) parts(e *emitter) {
	if !f.parted() {
		return
	}
	head := func(signature, comment string) {
		e.line("// %s\nfunc %s {", comment, signature)
		e.line("var c uint64")
	}
	e.line("// A wide is a product of two elements, or of an element and R, least significant word first.")
	e.line("type wide [%d]uint64\n", 2*f.k)

	head("multiply(w *wide, x, y *element)", "multiply sets w to x·y.")
	e.declare("t", f.k)
	f.product(e, "w", "x", "y")
	e.line("}\n")

	head("square(w *wide, x *element)", "square sets w to x².")
	f.square(e, "x")
	for i := range 2 * f.k {
		e.line("w[%d] = w%d", i, i)
	}
	e.line("}\n")

	head("subtract(p, q *wide)", "subtract sets p to p − q, or to p − q + R·(the prime) where that is negative.")
	f.subtractProduct(e, at("q"))
	e.line("}\n")

	head("reduce(z *element, w *wide)", "reduce sets z to w/R.")
	e.declare("t", f.k)
	f.reduceProduct(e, at("w"))
}

// sqr emits the square, and its reduction.
func (f field) sqr(e *emitter) {
	if f.parted() {
		e.line("// sqr sets z to x².\nfunc sqr(z, x *element) {\nvar w wide\nsquare(&w, x)\nreduce(z, &w)\n}\n")
		return
	}
	f.open(e, "sqr", "z, x", "sqr sets z to x².")
	f.square(e, "x")
	if f.mersenne {
		f.foldMersenne(e, names("w", 0))
		return
	}
	f.reduceProduct(e, names("w", 0))
}

// differences emits the two differences of products that the formulas for points have. One reduction serves both
// products; on a Mersenne field there is little to save.
func (f field) differences(e *emitter) {
	const subSqr, subMul = "mulSubSqr sets z to x·y − u².", "mulSubMul sets z to x·y − u·v."
	if f.mersenne {
		const body = "var t element\n%s\nmul(z, x, y)\nsub(z, z, &t)\n}\n"
		e.line("// %s\nfunc mulSubSqr(z, x, y, u *element) {\n"+body, subSqr, "sqr(&t, u)")
		e.line("// %s\nfunc mulSubMul(z, x, y, u, v *element) {\n"+body, subMul, "mul(&t, u, v)")
		return
	}
	if f.parted() {
		const body = "var p, q wide\nmultiply(&p, x, y)\n%s\nsubtract(&p, &q)\nreduce(z, &p)\n}\n"
		e.line("// %s\nfunc mulSubSqr(z, x, y, u *element) {\n"+body, subSqr, "square(&q, u)")
		e.line("// %s\nfunc mulSubMul(z, x, y, u, v *element) {\n"+body, subMul, "multiply(&q, u, v)")
		return
	}
	f.open(e, "mulSubSqr", "z, x, y, u", subSqr)
	e.line("var p [%d]uint64", 2*f.k)
	f.product(e, "p", "x", "y")
	f.square(e, "u")
	f.subtractProduct(e, names("w", 0))
	f.reduceProduct(e, at("p"))

	f.open(e, "mulSubMul", "z, x, y, u, v", subMul)
	e.line("var p, q [%d]uint64", 2*f.k)
	f.product(e, "p", "x", "y")
	f.product(e, "q", "u", "v")
	f.subtractProduct(e, at("q"))
	f.reduceProduct(e, at("p"))
}

// subtractProduct takes the product q from the product p, of 2k words each, and adds p·R where that is negative.
func (f field) subtractProduct(e *emitter, q func(int) string) {
	k := f.k
	e.chain("Sub64", 2*k, at("p"), at("p"), q)
	e.line("mask := -c")
	high := func(j int) string { return fmt.Sprintf("p[%d]", k+j) }
	e.closed("Add64", k, high, high, f.masked)
}

// product emits the words of x·y into the array w. Each row ends with a store, which the load of the
// next word of y cannot pass: otherwise the compiler begins with all multiplications at once, and has no registers for
// what they give.
func (f field) product(e *emitter, w, x, y string) {
	k := f.k
	e.line("{")
	e.declare("h", k)
	e.declare("l", k)
	for j := range k {
		e.line("x%d := %s[%d]", j, x, j)
	}
	for i := range k {
		factor := fmt.Sprintf("y%d", i)
		e.line("%s := %s[%d]", factor, y, i)
		for j := range k {
			e.line("h%d, l%d = bits.Mul64(x%d, %s)", j, j, j, factor)
		}
		if i == 0 {
			e.line("%s[0] = l0", w)
			for j := 1; j < k; j++ {
				e.line("t%d, c = bits.Add64(h%d, l%d, %s)", j-1, j-1, j, carryIn(j == 1))
			}
			e.line("t%d = h%d + c", k-1, k-1)
			continue
		}
		e.line("%s[%d], c = bits.Add64(t0, l0, 0)", w, i)
		for j := 1; j < k; j++ {
			e.line("t%d, c = bits.Add64(t%d, l%d, c)", j-1, j, j)
		}
		e.line("t%d = c", k-1)
		e.closed("Add64", k, names("t", 0), names("t", 0), names("h", 0))
	}
	for j := range k {
		e.line("%s[%d] = t%d", w, k+j, j)
	}
	e.line("}")
}

// square declares the variables w0 … w(2k−1) and emits the words of x² into them: the products of different words once,
// doubled, and the squares of the words.
func (f field) square(e *emitter, x string) {
	k := f.k
	e.declare("w", 2*k)
	e.line("{")
	e.declare("h", k)
	e.declare("l", k)
	for j := range k {
		e.line("x%d := %s[%d]", j, x, j)
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
			e.line("w%d = h%d + c", k, k-1)
			continue
		}
		n := k - 1 - i
		e.chain("Add64", n, names("w", 2*i+1), names("w", 2*i+1), names("l", i+1))
		e.line("w%d = c", k+i)
		e.closed("Add64", n, names("w", 2*i+2), names("w", 2*i+2), names("h", i+1))
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
		out := "c"
		if i == 2*k-1 {
			out = "_"
		}
		e.line("w%d, %s = bits.Add64(w%d, %s, %s)", i, out, i, part, carryIn(i == 1))
	}
	e.line("}")
}

// reduceProduct reduces a number of 2k words below p·R: its lower half by k rows, to which the upper half is added.
func (f field) reduceProduct(e *emitter, w func(int) string) {
	k := f.k
	top := ""
	if f.full() {
		top = fmt.Sprint("t", k)
		e.line("var %s uint64", top)
	}
	if f.brim() {
		e.line("const over = 0")
	}
	for j := range k {
		e.line("t%d = %s", j, w(j))
	}
	for range k {
		f.reduceRow(e, orZero(top))
	}
	upper := func(j int) string { return w(k + j) }
	if f.full() {
		e.chain("Add64", k, names("t", 0), names("t", 0), upper)
		e.line("%s += c", top)
	} else {
		e.closed("Add64", k, names("t", 0), names("t", 0), upper)
	}
	f.final(e)
	f.store(e)
}

// foldMersenne adds what stands above the n-th bit to what stands below, modulo 2ⁿ − 1.
func (f field) foldMersenne(e *emitter, w func(int) string) {
	k, top := f.k, f.p.BitLen()%64
	high := func(i int) string { return fmt.Sprintf("%s>>%d|%s<<%d", w(i+k-1), top, w(i+k), 64-top) }
	low := func(i int) string {
		if i == k-1 {
			return fmt.Sprintf("%s&%#x", w(i), uint64(1)<<top-1)
		}
		return w(i)
	}
	e.closed("Add64", k, names("t", 0), low, high)
	f.reduce(e, "")
	f.store(e)
}
