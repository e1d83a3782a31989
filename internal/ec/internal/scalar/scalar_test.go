package scalar

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/travelseal/travelseal/internal/ec/internal/params"
)

func number(s *Scalar) *big.Int {
	x := new(big.Int)
	for i := Limbs - 1; i >= 0; i-- {
		x.Lsh(x, 64).Add(x, new(big.Int).SetUint64(s[i]))
	}
	return x
}

func fromNumber(t *testing.T, x *big.Int) Scalar {
	t.Helper()
	s, ok := FromBytes(x.Bytes())
	if !ok {
		t.Fatalf("%x does not fit", x)
	}
	return s
}

// moduli are the fields and orders of all curves, and small numbers.
func moduli() []*big.Int {
	list := []*big.Int{big.NewInt(3), big.NewInt(5), big.NewInt(251), new(big.Int).SetUint64(1<<64 - 59)}
	for _, d := range params.All() {
		if d.Z == nil {
			list = append(list, new(big.Int).SetBytes(d.P), new(big.Int).SetBytes(d.N))
		}
	}
	return list
}

// below gives edge values and random numbers below n.
func below(n *big.Int, r *rand.Rand) []*big.Int {
	var list []*big.Int
	for _, d := range []int64{0, 1, 2, 3, -1, -2} {
		for _, x := range []*big.Int{new(big.Int), new(big.Int).Rsh(n, 1), new(big.Int).Lsh(big.NewInt(1), uint(n.BitLen()-1))} {
			list = append(list, x.Mod(x.Add(x, big.NewInt(d)), n))
		}
	}
	for i := 62; i < n.BitLen(); i += 62 {
		list = append(list, new(big.Int).Lsh(big.NewInt(1), uint(i)))
	}
	for range 100 {
		b := make([]byte, (n.BitLen()+7)/8)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		if r.IntN(3) == 0 {
			clear(b[:r.IntN(len(b))])
		}
		x := new(big.Int).SetBytes(b)
		list = append(list, x.Mod(x, n))
	}
	return list
}

func TestInvert(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range moduli() {
		s := fromNumber(t, n)
		v := NewInverter(&s)
		for _, x := range below(n, r) {
			a := fromNumber(t, x)
			got := v.Invert(&a)
			want := new(big.Int).ModInverse(x, n)
			if want == nil {
				want = new(big.Int)
			}
			if number(&got).Cmp(want) != 0 {
				t.Fatalf("1/%x modulo %x: got %x, want %x", x, n, number(&got), want)
			}
		}
	}
}

func FuzzInvert(f *testing.F) {
	f.Add(uint8(9), []byte{2})
	list := moduli()
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		n := list[int(which)%len(list)]
		x := new(big.Int).SetBytes(b)
		a, s := fromNumber(t, x.Mod(x, n)), fromNumber(t, n)
		v := NewInverter(&s)
		got := v.Invert(&a)
		if want := new(big.Int).ModInverse(x, n); want != nil && number(&got).Cmp(want) != 0 {
			t.Fatalf("1/%x modulo %x: got %x, want %x", x, n, number(&got), want)
		}
	})
}

func TestMontgomery(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range moduli() {
		s := fromNumber(t, n)
		m := NewModulus(&s)
		if *m.Number() != s {
			t.Errorf("Number of %x: got %x", n, m.Number())
		}
		top := new(big.Int).Lsh(big.NewInt(1), uint((n.BitLen()+63)/64*64))
		top.Sub(top, big.NewInt(1)) // the largest number that one factor may be
		list := below(n, r)
		for i, x := range list {
			y := list[(7*i+1)%len(list)]
			a, b, c := fromNumber(t, x), fromNumber(t, y), fromNumber(t, top)
			a = m.ToMontgomery(&a)
			got, beyond := m.Montgomery(&a, &b), m.Montgomery(&c, &a)
			if want := new(big.Int).Mul(x, y); number(&got).Cmp(want.Mod(want, n)) != 0 {
				t.Fatalf("%x · %x modulo %x: got %x, want %x", x, y, n, number(&got), want)
			}
			if want := new(big.Int).Mul(x, top); number(&beyond).Cmp(want.Mod(want, n)) != 0 {
				t.Fatalf("%x · %x modulo %x: got %x, want %x", x, top, n, number(&beyond), want)
			}
		}
	}
}

func TestDigitsMakeTheNumber(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	most := new(big.Int).Lsh(big.NewInt(1), 521)
	for _, x := range append(below(most, r), new(big.Int), big.NewInt(1)) {
		s := fromNumber(t, x)
		for w := 2; w <= 14; w++ {
			checkSparse(t, &s, w)
			checkWindows(t, &s, w)
		}
	}
}

func checkSparse(t *testing.T, s *Scalar, w int) {
	t.Helper()
	var d Digits
	n := s.Sparse(&d, w)
	sum, last := new(big.Int), MaxDigits+w
	for i := MaxDigits - 1; i >= 0; i-- {
		sum.Lsh(sum, 1).Add(sum, big.NewInt(int64(d[i])))
		if d[i] == 0 {
			continue
		}
		if i >= n || d[i]%2 == 0 || d[i] >= 1<<(w-1) || d[i] <= -1<<(w-1) || last-i < w {
			t.Fatalf("%x, w = %d: the digit %d at %d of %d, the next is at %d", *s, w, d[i], i, n, last)
		}
		last = i
	}
	if sum.Cmp(number(s)) != 0 {
		t.Fatalf("%x, w = %d: the digits make %x", number(s), w, sum)
	}
}

func checkWindows(t *testing.T, s *Scalar, w int) {
	t.Helper()
	sum, carry, digit := new(big.Int), 0, 0
	for i := range Windows(521, w) {
		digit, carry = s.Window(i, w, carry)
		if digit > 1<<(w-1) || digit < -1<<(w-1) {
			t.Fatalf("%x, w = %d: the digit %d", number(s), w, digit)
		}
		sum.Add(sum, new(big.Int).Lsh(big.NewInt(int64(digit)), uint(i*w)))
	}
	if carry != 0 || sum.Cmp(number(s)) != 0 {
		t.Fatalf("%x, w = %d: the digits make %x and %d is carried", number(s), w, sum, carry)
	}
}

func TestFromBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for n := range 8*Limbs + 1 {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		s, ok := FromBytes(append(make([]byte, n%5), b...))
		want := new(big.Int).SetBytes(b)
		if !ok || number(&s).Cmp(want) != 0 || s.BitLen() != want.BitLen() || s.IsZero() != (want.Sign() == 0) {
			t.Fatalf("%x: got %x of %d bits, %v", b, number(&s), s.BitLen(), ok)
		}
	}
	if _, ok := FromBytes(bytes.Repeat([]byte{1}, 8*Limbs+1)); ok {
		t.Error("a number of one byte too many is taken")
	}
}

func TestOrderSumAndShift(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	list := below(new(big.Int).Lsh(big.NewInt(1), 560), r)
	for i, x := range list {
		y := list[(5*i+2)%len(list)]
		a, b := fromNumber(t, x), fromNumber(t, y)
		if a.Less(&b) != (x.Cmp(y) < 0) {
			t.Errorf("%x < %x: got %v", x, y, a.Less(&b))
		}
		if sum := a.Add(&b); number(&sum).Cmp(new(big.Int).Add(x, y)) != 0 {
			t.Errorf("%x + %x: got %x", x, y, number(&sum))
		}
		n := uint(i % 64)
		if q := a.ShiftRight(n); number(&q).Cmp(new(big.Int).Rsh(x, n)) != 0 {
			t.Errorf("%x >> %d: got %x", x, n, number(&q))
		}
	}
}

func BenchmarkInvert(b *testing.B) {
	for _, d := range params.All() {
		if d.Name != "brainpoolP256t1" && d.Name != "brainpoolP512t1" {
			continue
		}
		n, _ := FromBytes(d.N)
		x, _ := FromBytes(d.X)
		v := NewInverter(&n)
		b.Run(d.Name, func(b *testing.B) {
			for b.Loop() {
				x = v.Invert(&x)
			}
		})
		b.Run(d.Name+"/big", func(b *testing.B) {
			n, x := number(&n), number(&x)
			for b.Loop() {
				x.ModInverse(x, n)
			}
		})
	}
}
