package scalar

import "math/bits"

// An Inverter finds inverses modulo an odd number, by the division steps of Bernstein and Yang ("Fast constant-time gcd
// computation and modular inversion", 2019) in a form whose time depends on its input. 62 steps at a time look only at
// the low words of f and g and yield a matrix, which is then applied to the long numbers.
type Inverter struct {
	n     long
	words int    // of n and of all that is computed
	low   uint64 // 1/n modulo 2⁶²
}

// A long is a signed number in words of 62 bits, least significant first. All words but the highest in use are at
// least 0; that one carries the sign.
type long [10]int64

const (
	wordBits = 62
	wordMask = 1<<wordBits - 1
)

// NewInverter makes the inverter modulo n, which must be odd, above 1 and below 2⁵⁷⁵.
func NewInverter(n *Scalar) Inverter {
	// Two more bits than n has: the coefficients stay within −2n and n.
	return Inverter{n: toLong(n), words: (n.BitLen()+2)/wordBits + 1, low: inverse64(n[0]) & wordMask}
}

// Invert gives 1/x modulo n, for x below n and prime to it; of other x it makes nothing useful, 0 of 0.
func (v *Inverter) Invert(x *Scalar) Scalar {
	f, g := v.n, toLong(x)
	var d, e long // f ≡ d·x and g ≡ e·x modulo n
	e[0] = 1
	delta := int64(-1) // the negative of the paper's δ
	for n := v.words; !zero(g[:n]); {
		var m matrix
		delta, m = steps(delta, uint64(f[0]), uint64(g[0]))
		v.applyModulo(&m, &d, &e)
		m.apply(f[:n], g[:n])
		if n > 1 && sign(f[n-1]) && sign(g[n-1]) { // shorter by one word
			f[n-2] |= f[n-1] << wordBits
			g[n-2] |= g[n-1] << wordBits
			n--
		}
	}
	return v.normal(&d, f[0] < 0)
}

func sign(w int64) bool { return w == 0 || w == -1 }

func zero(words []int64) bool {
	for _, w := range words {
		if w != 0 {
			return false
		}
	}
	return true
}

// A matrix is 2⁶² times the effect of 62 steps: (f, g) ↦ (u·f + v·g, q·f + r·g) / 2⁶².
type matrix struct{ u, v, q, r int64 }

// steps does 62 division steps on the low words of f and g.
func steps(delta int64, f, g uint64) (int64, matrix) {
	var u, v, q, r uint64 = 1, 0, 0, 1
	for left := wordBits; ; {
		shift := bits.TrailingZeros64(g | ^uint64(0)<<left)
		g >>= shift
		u <<= shift
		v <<= shift
		delta -= int64(shift)
		left -= shift
		if left == 0 {
			return delta, matrix{int64(u), int64(v), int64(q), int64(r)}
		}
		if delta < 0 {
			delta = -delta
			f, g = g, -f
			u, q = q, -u
			v, r = r, -v
		}
		// As long as δ does not change its sign, the steps only add f to g or halve g. So one multiple of f clears as
		// many low bits of g; f·(f²−2) is −1/f modulo 2⁶.
		n := min(int(delta)+1, left, 6)
		w := g * f * (f*f - 2) & (1<<n - 1)
		g += f * w
		q += u * w
		r += v * w
	}
}

// A wide is a sum of products of two words.
type wide struct{ hi, lo uint64 }

func (a *wide) add(x, y int64) {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	hi -= uint64(x>>63)&uint64(y) + uint64(y>>63)&uint64(x)
	var c uint64
	a.lo, c = bits.Add64(a.lo, lo, 0)
	a.hi, _ = bits.Add64(a.hi, hi, c)
}

// word gives the lowest 62 bits and takes them off.
func (a *wide) word() int64 {
	w := a.lo & wordMask
	a.lo = a.lo>>wordBits | a.hi<<(64-wordBits)
	a.hi = uint64(int64(a.hi) >> wordBits)
	return int64(w)
}

// apply multiplies (f, g) by the matrix; the lowest 62 bits of the products are 0.
func (m *matrix) apply(f, g []int64) {
	var a, b wide
	last := len(f) - 1
	for i := range f {
		x, y := f[i], g[i]
		a.add(m.u, x)
		a.add(m.v, y)
		b.add(m.q, x)
		b.add(m.r, y)
		wa, wb := a.word(), b.word()
		if i > 0 {
			f[i-1], g[i-1] = wa, wb
		}
	}
	f[last], g[last] = int64(a.lo), int64(b.lo)
}

// applyModulo multiplies (d, e) by the matrix modulo n: it adds the multiple of n that makes the lowest 62 bits 0, and
// one more of n for what is negative, so that both stay above −2n and below n.
func (v *Inverter) applyModulo(m *matrix, d, e *long) {
	last := v.words - 1
	sd, se := d[last]>>63, e[last]>>63
	md, me := m.u&sd+m.v&se, m.q&sd+m.r&se
	low := func(x, y, z int64) int64 { // what to take from z
		return int64((v.low*uint64(x*d[0]+y*e[0]) + uint64(z)) & wordMask)
	}
	md -= low(m.u, m.v, md)
	me -= low(m.q, m.r, me)
	var a, b wide
	for i := range v.words {
		x, y, n := d[i], e[i], v.n[i]
		a.add(m.u, x)
		a.add(m.v, y)
		a.add(md, n)
		b.add(m.q, x)
		b.add(m.r, y)
		b.add(me, n)
		wa, wb := a.word(), b.word()
		if i > 0 {
			d[i-1], e[i-1] = wa, wb
		}
	}
	d[last], e[last] = int64(a.lo), int64(b.lo)
}

// normal gives d, or −d, modulo n. Negated or not, it lies within −2n and 2n.
func (v *Inverter) normal(d *long, negate bool) Scalar {
	last := v.words - 1
	if negate {
		for i := range v.words {
			d[i] = -d[i]
		}
		d.carry(last)
	}
	for d[last] < 0 {
		for i := range v.words {
			d[i] += v.n[i]
		}
		d.carry(last)
	}
	for {
		t := *d
		for i := range v.words {
			t[i] -= v.n[i]
		}
		t.carry(last)
		if t[last] < 0 {
			return d.scalar()
		}
		*d = t
	}
}

// carry brings all words but the last into 0 … 2⁶²−1.
func (d *long) carry(last int) {
	for i := range last {
		d[i+1] += d[i] >> wordBits
		d[i] &= wordMask
	}
}

func toLong(s *Scalar) (d long) {
	for i := range d {
		d[i] = int64(s.window(wordBits*i) & wordMask)
	}
	return d
}

func (d *long) scalar() (s Scalar) {
	for i, w := range d {
		word, shift := wordBits*i>>6, uint(wordBits*i&63)
		if word < Limbs {
			s[word] |= uint64(w) << shift
		}
		if shift > 2 && word+1 < Limbs {
			s[word+1] |= uint64(w) >> (64 - shift)
		}
	}
	return s
}
