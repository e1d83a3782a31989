package sig_test

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"math/big"
	"slices"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

func TestEd25519HoldsForTheVectorsOfRFC8032(t *testing.T) {
	for _, v := range []struct{ name, key, message, signature string }{ // §7.1
		{
			"TEST 1", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
			"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
		}, {
			"TEST 2", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
			"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
		}, {
			"TEST 3", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
			"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
		}, {
			"TEST SHA(abc)", "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
			"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
			"dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
		},
	} {
		key := ed25519.PublicKey(must(hex.DecodeString(v.key)))
		msg, signature := must(hex.DecodeString(v.message)), must(hex.DecodeString(v.signature))
		wants(t, v.name, sig.CheckKey(key), nil)
		wants(t, v.name, sig.Verify(formats.EdDSA, key, msg, signature), nil)
		wants(t, v.name+", another message", sig.Verify(formats.EdDSA, key, append(msg, 0), signature), sig.ErrMismatch)
	}
}

// Without the check of S < L, S + L would be a second signature of the same bytes.
func TestEd25519SAtOrAboveTheOrderIsAMismatch(t *testing.T) {
	pub, priv := must2(ed25519.GenerateKey(rand.Reader))
	signature := ed25519.Sign(priv, message)
	order, _ := new(big.Int).SetString("27742317777372353535851937790883648493", 10)
	order.SetBit(order, 252, 1) // L = 2^252 + …, RFC 8032 §5.1
	s := append([]byte(nil), signature[32:]...)
	slices.Reverse(s)
	second := new(big.Int).Add(new(big.Int).SetBytes(s), order).FillBytes(make([]byte, 32))
	slices.Reverse(second)
	bad := append(append([]byte(nil), signature[:32]...), second...)
	wants(t, "S + L", sig.Verify(formats.EdDSA, pub, message, bad), sig.ErrMismatch)
}

func TestEd25519WithAPrehashIsUnsupported(t *testing.T) {
	pub, priv := must2(ed25519.GenerateKey(rand.Reader))
	a := formats.EdDSA
	a.Hash = crypto.SHA512
	wants(t, "Ed25519ph", sig.Verify(a, pub, message, ed25519.Sign(priv, message)), sig.ErrUnsupported)
}

var (
	p25519 = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	// dEdwards = -121665/121666 (RFC 8032 §5.1)
	dEdwards = func() *big.Int {
		d := new(big.Int).ModInverse(big.NewInt(121666), p25519)
		return d.Mul(d, big.NewInt(-121665)).Mod(d, p25519)
	}()
)

func littleEndian(y *big.Int) ed25519.PublicKey {
	b := y.FillBytes(make([]byte, 32))
	slices.Reverse(b)
	return b
}

// isPoint reports whether x² = (y² - 1) / (dy² + 1) has a root.
func isPoint(y *big.Int) bool {
	y2 := new(big.Int).Mul(y, y)
	v := new(big.Int).Mul(y2, dEdwards)
	v.ModInverse(v.Add(v, big.NewInt(1)), p25519)
	x2 := v.Mul(v, y2.Sub(y2, big.NewInt(1)))
	return new(big.Int).ModSqrt(x2.Mod(x2, p25519), p25519) != nil
}

// smallOrderYs finds the y coordinates of the points whose order divides 8: 1 of the identity, -1 of order 2, 0 of order
// 4, and those whose double has y = 0, where the sum y² + x² of the doubling formula vanishes.
func smallOrderYs(t *testing.T) []*big.Int {
	t.Helper()
	// x² = -y² in the curve -x² + y² = 1 + dx²y² gives dy⁴ + 2y² - 1 = 0, so y² = (-1 ± √(1 + d)) / d.
	root := new(big.Int).ModSqrt(new(big.Int).Add(dEdwards, big.NewInt(1)), p25519)
	if root == nil {
		t.Fatal("1 + d is no square")
	}
	ys := []*big.Int{big.NewInt(0), big.NewInt(1), new(big.Int).Sub(p25519, big.NewInt(1))}
	for _, r := range []*big.Int{root, new(big.Int).Neg(root)} {
		y2 := new(big.Int).Sub(r, big.NewInt(1))
		y2.Mul(y2, new(big.Int).ModInverse(dEdwards, p25519)).Mod(y2, p25519)
		if y := new(big.Int).ModSqrt(y2, p25519); y != nil {
			ys = append(ys, y, new(big.Int).Sub(p25519, y))
		}
	}
	if len(ys) != 5 {
		t.Fatalf("%d values of y, want 5", len(ys))
	}
	return ys
}

func TestEd25519KeysOfSmallOrderAreWeak(t *testing.T) {
	forgedBefore := 0
	for _, y := range smallOrderYs(t) {
		for sign := range 2 {
			key := littleEndian(y)
			key[31] |= byte(sign) << 7
			wants(t, "CheckKey", sig.CheckKey(key), sig.ErrWeakKey)
			// R = identity and S = 0 hold whenever the hash is a multiple of the order, so that a few messages suffice.
			forged := make([]byte, 64)
			forged[0] = 1
			for i := range byte(64) {
				if ed25519.Verify(key, []byte{i}, forged) {
					forgedBefore++
				}
				wants(t, "forged signature", sig.Verify(formats.EdDSA, key, []byte{i}, forged), sig.ErrWeakKey)
			}
		}
	}
	if forgedBefore == 0 {
		t.Error("no forgery passes crypto/ed25519: the test proves nothing")
	}
}

func TestEd25519KeysMustBeCanonicalPoints(t *testing.T) {
	for _, n := range []int{0, 1, 31, 33, 64} {
		wants(t, "length", sig.CheckKey(make(ed25519.PublicKey, n)), sig.ErrWeakKey)
		wants(t, "length", sig.Verify(formats.EdDSA, make(ed25519.PublicKey, n), message, make([]byte, 64)), sig.ErrWeakKey)
	}
	points := 0
	high := new(big.Int).Lsh(big.NewInt(0x7F), 248) // the first and the last byte of a y above p, but not those between
	high.Add(high, big.NewInt(0xED))
	for _, base := range []*big.Int{big.NewInt(2), high} {
		for i := range int64(18) {
			y := new(big.Int).Add(base, big.NewInt(i))
			var want error
			if isPoint(y) {
				points++
			} else {
				want = sig.ErrWeakKey
			}
			for _, y := range []*big.Int{y, new(big.Int).Sub(p25519, y)} {
				key := littleEndian(y)
				wants(t, "y = "+y.String(), sig.CheckKey(key), want)
				if want != nil {
					wants(t, "signature of no point", sig.Verify(formats.EdDSA, key, message, make([]byte, 64)), want)
				}
			}
		}
	}
	if points < 5 || points > 31 {
		t.Errorf("%d of 36 are points, want about half", points)
	}
	for i := range int64(19) { // y + p fits into 255 bits for y < 19
		key := littleEndian(new(big.Int).Add(p25519, big.NewInt(i)))
		wants(t, "y = p + "+big.NewInt(i).String(), sig.CheckKey(key), sig.ErrWeakKey)
		key[31] |= 0x80
		wants(t, "y = p + "+big.NewInt(i).String()+", odd x", sig.CheckKey(key), sig.ErrWeakKey)
	}
	for range 50 {
		pub, _ := must2(ed25519.GenerateKey(rand.Reader))
		wants(t, "generated key", sig.CheckKey(pub), nil)
	}
}
