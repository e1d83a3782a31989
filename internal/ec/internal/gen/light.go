package main

import (
	"fmt"
	"strings"
)

// The operations that are no products. Each takes and gives elements below p, and z may be x or y.

type scalarLiteral [9]uint64

func (s scalarLiteral) String() string {
	list := make([]string, len(s))
	for i, w := range s {
		list[i] = fmt.Sprintf("%#x", w)
	}
	return strings.Join(list, ", ")
}

// open emits the head of an operation and its variables: t for the result, c for carries.
func (f field) open(e *emitter, name, args, comment string) {
	e.line("// %s", comment)
	e.line("func %s(%s *element) {", name, args)
	e.declare("t", f.k)
	e.line("var c uint64")
}

// reduce subtracts p from t, and from the word over above it if that has a name, unless the difference is negative.
func (f field) reduce(e *emitter, over string) {
	e.declare("u", f.k)
	e.chain("Sub64", f.k, names("u", 0), names("t", 0), words(f.p))
	if over != "" {
		e.line("_, c = bits.Sub64(%s, 0, c)", over)
	}
	e.line("if c == 0 {")
	for i := range f.k {
		e.line("t%d = u%d", i, i)
	}
	e.line("}")
}

func (f field) store(e *emitter) {
	for i := range f.k {
		e.line("z[%d] = t%d", i, i)
	}
	e.line("}\n")
}

func (f field) add(e *emitter) {
	f.open(e, "add", "z, x, y", "add sets z to x + y.")
	f.sum(e, at("x"), at("y"))
	f.store(e)
}

// sum sets t to the sum of x and y modulo p.
func (f field) sum(e *emitter, x, y func(int) string) {
	e.line("{")
	if f.full() {
		e.chain("Add64", f.k, names("t", 0), x, y)
		e.line("over := c")
		f.reduce(e, "over")
	} else {
		e.closed("Add64", f.k, names("t", 0), x, y)
		f.reduce(e, "")
	}
	e.line("}")
}

func (f field) sub(e *emitter) {
	f.open(e, "sub", "z, x, y", "sub sets z to x − y.")
	e.chain("Sub64", f.k, names("t", 0), at("x"), at("y"))
	f.addBack(e)
	f.store(e)
}

// addBack adds p to t where the borrow c is set.
func (f field) addBack(e *emitter) {
	e.line("mask := -c")
	e.closed("Add64", f.k, names("t", 0), names("t", 0), f.masked)
}

// masked gives the words of p, or 0, as the variable mask has all bits or none.
func (f field) masked(i int) string {
	if word(f.p, i) == 0 {
		return ""
	}
	return fmt.Sprintf("mask&%#x", word(f.p, i))
}

func (f field) threeHalves(e *emitter) {
	f.open(e, "threeHalves", "z, x", "threeHalves sets z to 3x/2.")
	e.line("mask := -(x[0] & 1) // p is odd, so that one of x and x + p is even")
	e.chain("Add64", f.k, names("t", 0), at("x"), f.masked)
	for i := range f.k {
		next := fmt.Sprintf("t%d", i+1)
		if i == f.k-1 {
			next = "c"
		}
		e.line("t%d = t%d>>1 | %s<<63", i, i, next)
	}
	f.sum(e, names("t", 0), at("x"))
	f.store(e)
}
