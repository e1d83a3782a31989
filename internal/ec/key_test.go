package ec

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"testing"
)

func TestNewPublicKeyTakesPoints(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		point := newOracle(c).newSigner(t).public()
		given := slices.Clone(point)
		k, err := NewPublicKey(c, given)
		if err != nil {
			t.Fatal(err)
		}
		given[1] ^= 1 // the key keeps a copy
		k.Bytes()[2] ^= 1
		if k.Curve() != c || !bytes.Equal(k.Bytes(), point) {
			t.Errorf("got %v and %x, want %x", k.Curve(), k.Bytes(), point)
		}
	})
}

func TestNewPublicKeyRefuses(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		good, size := o.newSigner(t).public(), c.FieldSize()
		with := func(x, y *big.Int) []byte {
			b := append([]byte{4}, x.FillBytes(make([]byte, size))...)
			return append(b, y.FillBytes(make([]byte, size))...)
		}
		first := func(b byte) []byte { return append([]byte{b}, good[1:]...) }
		x, y := number(good[1:1+size]), number(good[1+size:])
		top := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(8*size)), big.NewInt(1))
		for name, bad := range map[string]struct {
			point []byte
			want  error
		}{
			"nothing":        {nil, ErrForm},
			"infinity":       {[]byte{0}, ErrInfinity},
			"long infinity":  {first(0), ErrForm},
			"compressed 2":   {append([]byte{2}, good[1:1+size]...), ErrCompressed},
			"compressed 3":   {append([]byte{3}, good[1:1+size]...), ErrCompressed},
			"hybrid 6":       {first(6), ErrHybrid},
			"hybrid 7":       {first(7), ErrHybrid},
			"another byte":   {first(5), ErrForm},
			"short":          {good[:len(good)-1], ErrForm},
			"long":           {append(slices.Clone(good), 0), ErrForm},
			"only the byte":  {[]byte{4}, ErrForm},
			"x = p":          {with(o.p, y), ErrCoordinate},
			"y = p":          {with(x, o.p), ErrCoordinate},
			"x of all ones":  {with(top, y), ErrCoordinate},
			"y of all ones":  {with(x, top), ErrCoordinate},
			"(0, 0)":         {with(new(big.Int), new(big.Int)), ErrOffCurve},
			"y + 1":          {with(x, o.mod(new(big.Int).Add(y, big.NewInt(1)))), ErrOffCurve},
			"x and y turned": {with(y, x), ErrOffCurve},
		} {
			k, err := NewPublicKey(c, bad.point)
			if k != nil || !errors.Is(err, bad.want) {
				t.Errorf("%s: got %v, %v; want %v", name, k, err, bad.want)
			}
		}
	})
	for _, c := range []*Curve{nil, {}} {
		if _, err := NewPublicKey(c, []byte{4}); !errors.Is(err, ErrCurve) {
			t.Errorf("no curve: %v", err)
		}
	}
}

// A point of a twin is no point of the curve, although one package computes on both.
func TestAPointOfTheTwinIsRefused(t *testing.T) {
	for i, c := range Curves() {
		if c.domain.Z == nil {
			continue
		}
		twin := Curves()[i+1]
		for _, m := range [][2]*Curve{{c, twin}, {twin, c}} {
			if _, err := NewPublicKey(m[0], newOracle(m[1]).newSigner(t).public()); !errors.Is(err, ErrOffCurve) {
				t.Errorf("a point of %s as one of %s: %v", m[1], m[0], err)
			}
		}
	}
}

func TestEqual(t *testing.T) {
	o := newOracle(ByName("brainpoolP256r1"))
	one, two := o.newSigner(t), o.newSigner(t)
	a, b, c := must(NewPublicKey(o.c, one.public())), must(NewPublicKey(o.c, one.public())), must(NewPublicKey(o.c, two.public()))
	if !a.Equal(b) || a.Equal(c) || a.Equal(nil) || a.Equal((*PublicKey)(nil)) || a.Equal(*a) {
		t.Error("keys are not equal exactly where their points are")
	}
	zero := new(PublicKey)
	if zero.Equal(zero) || zero.Equal(a) || a.Equal(zero) {
		t.Error("the zero value equals a key")
	}
}

func TestZeroValuesVerifyNothing(t *testing.T) {
	one := []byte{1}
	var k *PublicKey
	var table *Table
	if k.Verify(one, one, one) || table.Verify(one, one, one) || k.Table().Verify(one, one, one) {
		t.Error("nil verifies")
	}
	k, table = new(PublicKey), new(Table)
	if k.Verify(one, one, one) || table.Verify(one, one, one) || k.Table().Verify(one, one, one) {
		t.Error("the zero value verifies")
	}
	if k.Curve() != nil || k.Bytes() != nil {
		t.Error("the zero value has a curve or a point")
	}
}

func FuzzNewPublicKey(f *testing.F) {
	for i, c := range Curves() {
		f.Add(uint8(i), newOracle(c).encode(newOracle(c).g))
	}
	f.Fuzz(func(t *testing.T, which uint8, point []byte) {
		c := Curves()[int(which)%len(Curves())]
		k, err := NewPublicKey(c, point)
		if err != nil {
			return
		}
		size := c.FieldSize()
		if o := newOracle(c); !bytes.Equal(k.Bytes(), point) || !o.onCurve(&affine{number(point[1 : 1+size]), number(point[1+size:])}) {
			t.Errorf("%s: %x is taken", c, point)
		}
	})
}
