package sig_test

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

func TestSoundKeysPass(t *testing.T) {
	for _, s := range samples() {
		wants(t, s.name, sig.CheckKey(s.key), nil)
	}
	wants(t, "2049 bits", sig.CheckKey(rsa2049().Public()), nil)
	wants(t, "e = 3", sig.CheckKey(&rsa.PublicKey{N: rsa2048().N, E: 3}), nil)
	wants(t, "e = 2^31-1", sig.CheckKey(&rsa.PublicKey{N: rsa2048().N, E: 1<<31 - 1}), nil)
	wants(t, "8192 bits", sig.CheckKey(&rsa.PublicKey{N: modulus(8192), E: 65537}), nil)
}

// modulus is an odd number of the given length; its factors do not matter to a check of the key.
func modulus(bits int) *big.Int {
	n := big.NewInt(1)
	return n.SetBit(n, bits-1, 1)
}

// weakKeys are keys that must neither load nor verify, whatever the signature.
func weakKeys() map[string]crypto.PublicKey {
	n := rsa2048().N
	keys := map[string]crypto.PublicKey{
		"RSA nil":                   (*rsa.PublicKey)(nil),
		"RSA without modulus":       &rsa.PublicKey{E: 65537},
		"RSA modulus 0":             &rsa.PublicKey{N: new(big.Int), E: 65537},
		"RSA modulus negative":      &rsa.PublicKey{N: new(big.Int).Neg(n), E: 65537},
		"RSA modulus even":          &rsa.PublicKey{N: new(big.Int).Add(n, big.NewInt(1)), E: 65537},
		"RSA 1024 bits":             &rsa.PublicKey{N: modulus(1024), E: 65537},
		"RSA 2047 bits":             &rsa.PublicKey{N: modulus(2047), E: 65537},
		"RSA 8193 bits":             &rsa.PublicKey{N: modulus(8193), E: 65537},
		"RSA 16384 bits":            &rsa.PublicKey{N: modulus(16384), E: 65537},
		"RSA e = 0":                 &rsa.PublicKey{N: n},
		"RSA e = 1":                 &rsa.PublicKey{N: n, E: 1},
		"RSA e = 2":                 &rsa.PublicKey{N: n, E: 2},
		"RSA e even":                &rsa.PublicKey{N: n, E: 65536},
		"RSA e negative":            &rsa.PublicKey{N: n, E: -65537},
		"ECDSA nil":                 (*ecdsa.PublicKey)(nil),
		"ECDSA without a curve":     new(ecdsa.PublicKey),
		"ECDSA without a point":     &ecdsa.PublicKey{Curve: elliptic.P256()},
		"Ed25519 nil":               ed25519.PublicKey(nil),
		"Ed25519 identity":          ed25519.PublicKey(append([]byte{1}, make([]byte, 31)...)),
		"Ed25519 y = 7, no point":   ed25519.PublicKey(append([]byte{7}, make([]byte, 31)...)),
		"ECDSA point at infinity":   ecPoint(elliptic.P256(), 0, 0),
		"ECDSA point off the curve": ecPoint(elliptic.P384(), 1, 1),
		"ECDSA point negative":      ecPoint(elliptic.P256(), -1, 1),
	}
	if e := int64(1)<<31 + 1; int64(int(e)) == e { // where int has 64 bits
		keys["RSA e = 2^31+1"] = &rsa.PublicKey{N: n, E: int(e)}
	}
	return keys
}

func ecPoint(c elliptic.Curve, x, y int64) *ecdsa.PublicKey {
	//lint:ignore SA1019 an invalid key cannot be made by the functions that check it
	return &ecdsa.PublicKey{Curve: c, X: big.NewInt(x), Y: big.NewInt(y)}
}

func TestWeakKeysAreRefusedOnLoadingAndOnUse(t *testing.T) {
	for name, key := range weakKeys() {
		wants(t, name, sig.CheckKey(key), sig.ErrWeakKey)
		a, size := formats.EdDSA, 64
		switch k := key.(type) {
		case *rsa.PublicKey:
			a = formats.RS256
			if k != nil && k.N != nil {
				size = k.Size()
			}
		case *ecdsa.PublicKey:
			a = formats.ES256
			if k != nil && k.Curve == elliptic.P384() {
				size = 96
			}
		}
		signature := make([]byte, size)
		for i := range signature {
			signature[i] = 1
		}
		err := sig.Verify(a, key, message, signature)
		wants(t, name+", used", err, sig.ErrWeakKey)
		if errors.Is(err, sig.ErrMismatch) {
			t.Errorf("%s: a weak key is no evidence against the signature", name)
		}
	}
}

// For these keys there is a signature that holds arithmetically; it must not be taken.
func TestWhatAWeakKeySignsDoesNotHold(t *testing.T) {
	short := must(rsa.GenerateKey(rand.Reader, 1024))
	signature := must(rsa.SignPKCS1v15(nil, short, crypto.SHA256, sum(crypto.SHA256, message)))
	wants(t, "1024 bits", sig.Verify(formats.RS256, short.Public(), message, signature), sig.ErrWeakKey)

	one := &rsa.PublicKey{N: rsa2048().N, E: 1} // s^1 = s: the signature is the encoded message itself
	em := padded(one.Size(), digestInfo(crypto.SHA256, true))
	wants(t, "e = 1", sig.Verify(formats.RS256, one, message, em), sig.ErrWeakKey)
}

func TestForeignKeysAreUnsupported(t *testing.T) {
	wrapped := &ecdsa.PublicKey{Curve: elliptic.P256().Params()} // calls itself P-256 but computes by itself
	for name, key := range map[string]crypto.PublicKey{
		"nil":               nil,
		"an unknown curve":  &ecdsa.PublicKey{Curve: &elliptic.CurveParams{Name: "brainpoolP256r1", BitSize: 256}},
		"a copy of P-256":   wrapped,
		"X25519":            must(ecdh.X25519().GenerateKey(rand.Reader)).PublicKey(),
		"a shared secret":   []byte("secret"),
		"an ECDSA value":    ecKey(elliptic.P256()).PublicKey,
		"an RSA value":      rsa2048().PublicKey,
		"a private key":     rsa2048(),
		"an Ed25519 secret": must3(ed25519.GenerateKey(rand.Reader)),
	} {
		wants(t, name, sig.CheckKey(key), sig.ErrUnsupported)
		for _, a := range []formats.Algorithm{formats.ES256, formats.PS256, formats.RS256, formats.EdDSA} {
			err := sig.Verify(a, key, message, make([]byte, 64))
			if _, ok := key.(*ecdsa.PublicKey); ok && a.Scheme != formats.ECDSA {
				wants(t, name+" for "+a.Name(), err, sig.ErrKeyType)
				continue
			}
			wants(t, name+" for "+a.Name(), err, sig.ErrUnsupported)
		}
	}
}

func must3[A, B any](_ A, b B, err error) B { return must(b, err) }
