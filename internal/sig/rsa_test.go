package sig_test

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

// rawRSA is RSASP1 (RFC 8017 §5.2.1): the signature whose encoded message is em, whatever em may be.
func rawRSA(k *rsa.PrivateKey, em []byte) []byte {
	m := new(big.Int).SetBytes(em)
	return m.Exp(m, k.D, k.N).FillBytes(make([]byte, k.Size()))
}

var pkcs1Hashes = map[crypto.Hash]byte{crypto.SHA224: 4, crypto.SHA256: 1, crypto.SHA384: 2, crypto.SHA512: 3}

// digestInfo is the DER DigestInfo of the message's hash, with or without the NULL.
func digestInfo(h crypto.Hash, null bool) []byte {
	oid := []byte{6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, pkcs1Hashes[h]}
	if null {
		oid = append(oid, 5, 0)
	}
	d := sum(h, message)
	info := append([]byte{0x30, byte(len(oid))}, oid...)
	info = append(append(info, 4, byte(len(d))), d...)
	return append([]byte{0x30, byte(len(info))}, info...)
}

// padded is the EM of RFC 8017 §9.2 for T of info.
func padded(size int, info []byte) []byte {
	em := make([]byte, size)
	em[1] = 1
	gap := size - len(info) - 1
	for i := 2; i < gap; i++ {
		em[i] = 0xFF
	}
	copy(em[gap+1:], info)
	return em
}

func TestPKCS1HoldsWithEachHash(t *testing.T) {
	for _, k := range []*rsa.PrivateKey{rsa2048(), rsa2049()} {
		other := rsa2049()
		if k == other {
			other = rsa2048()
		}
		for h := range pkcs1Hashes {
			signature := must(rsa.SignPKCS1v15(nil, k, h, sum(h, message)))
			a := formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: h}
			wants(t, h.String(), sig.Verify(a, k.Public(), message, signature), nil)
			wants(t, h.String()+", other key", sig.Verify(a, other.Public(), message, signature), sig.ErrMismatch)
			a.Hash = crypto.SHA256
			if h == crypto.SHA256 {
				a.Hash = crypto.SHA512
			}
			wants(t, h.String()+", stated "+a.Hash.String(), sig.Verify(a, k.Public(), message, signature), sig.ErrMismatch)
		}
	}
}

func TestOmittedNullIsAResultOfItsOwn(t *testing.T) {
	k := rsa2048()
	for h := range pkcs1Hashes {
		a := formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: h}
		with := padded(k.Size(), digestInfo(h, true))
		without := padded(k.Size(), digestInfo(h, false))
		wants(t, h.String()+" with NULL", sig.Verify(a, k.Public(), message, rawRSA(k, with)), nil)
		err := sig.Verify(a, k.Public(), message, rawRSA(k, without))
		wants(t, h.String()+" without NULL", err, sig.ErrNullOmitted)
		if errors.Is(err, sig.ErrMismatch) {
			t.Errorf("%s without NULL: only the key's holder can make it, so it is no mismatch", h)
		}
		if h != crypto.SHA256 {
			continue // the same code, and each of the signatures below takes long to make
		}
		for i := range without {
			bad := append([]byte(nil), without...)
			bad[i] ^= 1
			wants(t, h.String()+" without NULL, a byte changed", sig.Verify(a, k.Public(), message, rawRSA(k, bad)), sig.ErrMismatch)
		}
	}
}

func TestOtherPaddingIsAMismatch(t *testing.T) {
	k := rsa2048()
	for _, null := range []bool{true, false} {
		info := digestInfo(crypto.SHA256, null)
		em := padded(k.Size(), info)
		short := append(padded(k.Size()-1, info), 0) // T does not stand at the end
		type2 := append([]byte(nil), em...)
		type2[1] = 2
		noFF := make([]byte, k.Size()) // only eight bytes of padding, T directly behind, then anything
		copy(noFF, padded(11+len(info), info))
		trailing := padded(k.Size(), append(append([]byte(nil), info...), 0))
		inside := append([]byte(nil), info...)
		inside[1]++ // a byte more inside the sequence
		for what, bad := range map[string][]byte{
			"T before the end": short, "block type 2": type2, "short padding and garbage": noFF,
			"a byte behind DigestInfo": trailing, "a byte inside DigestInfo": padded(k.Size(), append(inside, 0)),
			"bare hash": padded(k.Size(), sum(crypto.SHA256, message)),
		} {
			wants(t, what, sig.Verify(formats.RS256, k.Public(), message, rawRSA(k, bad)), sig.ErrMismatch)
		}
	}
}

// With e = 3, a cube root that is right in its leading bytes passes a check that skips what follows the DigestInfo. It
// needs no private key.
func TestBleichenbachersForgeryIsAMismatch(t *testing.T) {
	n := new(big.Int).Set(rsa2048().N)
	k := &rsa.PublicKey{N: n, E: 3}
	for _, null := range []bool{true, false} {
		front := padded(11+len(digestInfo(crypto.SHA256, null)), digestInfo(crypto.SHA256, null))
		em := make([]byte, k.Size())
		copy(em, front)
		for i := len(front); i < len(em); i++ {
			em[i] = 0xFF
		}
		root := cubeRoot(new(big.Int).SetBytes(em))
		cube := new(big.Int).Exp(root, big.NewInt(3), nil).FillBytes(make([]byte, k.Size()))
		if string(cube[:len(front)]) != string(front) {
			t.Fatal("the forgery is not one: its leading bytes are wrong")
		}
		wants(t, "forgery", sig.Verify(formats.RS256, k, message, root.FillBytes(make([]byte, k.Size()))), sig.ErrMismatch)
	}
}

// cubeRoot is the largest integer whose cube is not above x.
func cubeRoot(x *big.Int) *big.Int {
	root := new(big.Int)
	for bit := x.BitLen()/3 + 1; bit >= 0; bit-- {
		try := new(big.Int).SetBit(root, bit, 1)
		if new(big.Int).Exp(try, big.NewInt(3), nil).Cmp(x) <= 0 {
			root = try
		}
	}
	return root
}

func TestASignatureAtOrAboveTheModulusIsAMismatch(t *testing.T) {
	k := rsa2049() // its signatures have seven bits to spare
	zeroSalt := formats.Algorithm{Scheme: formats.RSAPSS, Hash: crypto.SHA256, MGFHash: crypto.SHA256}
	for _, a := range []formats.Algorithm{formats.RS256, formats.PS256, zeroSalt} {
		signature := signPSS(k, a)
		if a.Scheme == formats.RSAPKCS1 {
			signature = must(rsa.SignPKCS1v15(nil, k, a.Hash, sum(a.Hash, message)))
		}
		wants(t, a.Name(), sig.Verify(a, k.Public(), message, signature), nil)
		above := new(big.Int).SetBytes(signature)
		above.Add(above, k.N)
		wants(t, a.Name()+" plus n", sig.Verify(a, k.Public(), message, above.FillBytes(make([]byte, k.Size()))), sig.ErrMismatch)
	}
}

func TestOneRSASchemeUnderTheOtherIsAMismatch(t *testing.T) {
	k := rsa2048()
	pkcs1 := must(rsa.SignPKCS1v15(nil, k, crypto.SHA256, sum(crypto.SHA256, message)))
	wants(t, "v1.5 as PSS", sig.Verify(formats.PS256, k.Public(), message, pkcs1), sig.ErrMismatch)
	wants(t, "PSS as v1.5", sig.Verify(formats.RS256, k.Public(), message, signPSS(k, formats.PS256)), sig.ErrMismatch)
}
