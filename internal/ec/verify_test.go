package ec

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"math/big"
	"sync"
	"testing"
)

// A pair is a key in both forms, which must always agree.
type pair struct {
	*PublicKey
	table *Table
}

func newPair(c *Curve, point []byte) pair {
	k := must(NewPublicKey(c, point))
	return pair{k, k.Table()}
}

func (p pair) wants(t *testing.T, name string, want bool, digest, r, s []byte) {
	t.Helper()
	if got := p.Verify(digest, r, s); got != want {
		t.Errorf("%s, key: got %v, digest %x, r %x, s %x, point %x", name, got, digest, r, s, p.Bytes())
	}
	if got := p.table.Verify(digest, r, s); got != want {
		t.Errorf("%s, table: got %v, digest %x, r %x, s %x, point %x", name, got, digest, r, s, p.Bytes())
	}
}

func TestVerifyAgreesWithTheStandardLibrary(t *testing.T) {
	for _, name := range []string{"P-224", "P-256", "P-384", "P-521"} {
		c := ByName(name)
		for range 10 {
			private := must(ecdsa.GenerateKey(standard(name), rand.Reader))
			key := newPair(c, must(private.PublicKey.Bytes()))
			for _, size := range []int{20, 28, 32, 48, 64, 66, 100} {
				digest := random(t, size)
				r, s, err := ecdsa.Sign(rand.Reader, private, digest)
				if err != nil {
					t.Fatal(err)
				}
				key.wants(t, name, true, digest, r.Bytes(), s.Bytes())
				digest[0] ^= 1
				key.wants(t, name, false, digest, r.Bytes(), s.Bytes())
			}
		}
	}
}

func random(t *testing.T, n int) []byte {
	t.Helper()
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestVerifyTakesWhatTheOracleSigns(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		for range 3 {
			signer := o.newSigner(t)
			key := newPair(c, signer.public())
			for _, size := range []int{1, 20, 32, 64, c.OrderSize(), c.OrderSize() + 1} {
				digest := random(t, size)
				r, s := signer.sign(t, digest)
				key.wants(t, "signature", true, digest, r, s)
				key.wants(t, "zeros in front", true, digest, append(make([]byte, 9), r...), append(make([]byte, 90), s...))
				high := new(big.Int).Sub(o.n, number(s)).Bytes()
				key.wants(t, "n − s", true, digest, r, high)
				key.wants(t, "r and s turned", false, digest, s, r)
				key.wants(t, "r + n", false, digest, new(big.Int).Add(number(r), o.n).Bytes(), s)
				key.wants(t, "s + n", false, digest, r, new(big.Int).Add(number(s), o.n).Bytes())
			}
		}
	})
}

func TestVerifyRefusesEachFlippedBit(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		signer := newOracle(c).newSigner(t)
		digest := random(t, min(64, c.OrderSize()))
		r, s := signer.sign(t, digest)
		key := newPair(c, signer.public())
		for what, b := range map[string][]byte{"digest": digest, "r": r, "s": s} {
			for i := range 8 * len(b) {
				b[i/8] ^= 1 << (i % 8)
				if key.Verify(digest, r, s) {
					t.Errorf("bit %d of %s does not count", i, what)
				}
				if i%8 == 3 && key.table.Verify(digest, r, s) {
					t.Errorf("bit %d of %s does not count with a table", i, what)
				}
				b[i/8] ^= 1 << (i % 8)
			}
		}
		key.wants(t, "restored", true, digest, r, s)
		newPair(c, newOracle(c).newSigner(t).public()).wants(t, "another key", false, digest, r, s)
	})
}

func TestVerifyRefusesNumbersOutOfRange(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		signer := o.newSigner(t)
		digest := random(t, 32)
		r, s := signer.sign(t, digest)
		key := newPair(c, signer.public())
		for name, x := range map[string][]byte{
			"nothing": nil, "0": {0}, "long 0": make([]byte, 200),
			"n": o.n.Bytes(), "n + 1": new(big.Int).Add(o.n, big.NewInt(1)).Bytes(), "p": o.p.Bytes(),
			"all ones": ones(c.OrderSize()), "as many words as fit": ones(72), "one byte more": ones(73), "far too long": ones(4096),
		} {
			// The sum that follows from a 0 would hardly match; that it is refused before shows here.
			if _, ok := c.claim(digest, x, s); ok {
				t.Errorf("r = %s makes a claim", name)
			}
			if _, ok := c.claim(digest, r, x); ok {
				t.Errorf("s = %s makes a claim", name)
			}
			key.wants(t, "r = "+name, false, digest, x, s)
			key.wants(t, "s = "+name, false, digest, r, x)
			key.wants(t, "both = "+name, false, digest, x, x)
		}
		key.wants(t, "no digest", false, nil, r, s)
	})
}

func ones(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = 0xff
	}
	return b
}

// Of a digest that is longer than n only the first bits count, and on P-521 not even whole bytes.
func TestOnlyTheFirstBitsOfALongDigestCount(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		signer := newOracle(c).newSigner(t)
		digest := random(t, c.OrderSize()+8)
		r, s := signer.sign(t, digest)
		key := newPair(c, signer.public())
		for i := range 8 * len(digest) {
			digest[i/8] ^= 0x80 >> (i % 8)
			key.wants(t, "digest", i >= c.OrderBits(), digest, r, s)
			digest[i/8] ^= 0x80 >> (i % 8)
		}
	})
}

// The empty digest would be 0, and of that anyone can make a signature: with R = k·Q, r = x(R) and s = r/k.
func TestAnEmptyDigestIsNoNumber(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		o := newOracle(c)
		victim := o.newSigner(t)
		k := big.NewInt(12345)
		r := new(big.Int).Mod(o.multiply(k, victim.q).x, o.n)
		s := new(big.Int).ModInverse(k, o.n)
		s.Mul(s, r).Mod(s, o.n)
		key := newPair(c, victim.public())
		key.wants(t, "empty", false, []byte{}, r.Bytes(), s.Bytes())
		key.wants(t, "zero", true, make([]byte, 32), r.Bytes(), s.Bytes()) // 2²⁵⁶ digests have another one
	})
}

func TestKeysAndTablesServeManyAtOnce(t *testing.T) {
	signer := newOracle(ByName("brainpoolP320r1")).newSigner(t)
	digest := sha512.Sum384([]byte("many"))
	r, s := signer.sign(t, digest[:])
	key := must(NewPublicKey(signer.c, signer.public()))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if !key.Verify(digest[:], r, s) || !key.Table().Verify(digest[:], r, s) {
				t.Error("not verified")
			}
		})
	}
	all.Wait()
}

func TestVerifyAllocatesNothing(t *testing.T) {
	each(t, func(t *testing.T, c *Curve) {
		signer := newOracle(c).newSigner(t)
		digest := sha256.Sum256([]byte("allocations"))
		r, s := signer.sign(t, digest[:])
		key := newPair(c, signer.public())
		for name, verify := range map[string]func(digest, r, s []byte) bool{"key": key.Verify, "table": key.table.Verify} {
			if n := testing.AllocsPerRun(10, func() { verify(digest[:], r, s) }); n != 0 {
				t.Errorf("%s: %v allocations", name, n)
			}
		}
	})
}
