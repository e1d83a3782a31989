package sig_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/asn1"
	"errors"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

// Any 64 bytes are r‖s of P-256, and crypto/ecdsa must say the same of them as numbers.
func FuzzRawECDSAAgreesWithTheStandardLibrary(f *testing.F) {
	k := ecKey(elliptic.P256())
	good := signRaw(k, crypto.SHA256)
	f.Add(good)
	f.Add(make([]byte, 64))
	f.Add(append(make([]byte, 31), append([]byte{1}, good[32:]...)...))
	f.Add(append(k.Params().N.Bytes(), good[32:]...))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, signature []byte) {
		err := sig.Verify(formats.ES256, k.Public(), message, signature)
		if len(signature) != 64 {
			if !errors.Is(err, sig.ErrEncoding) {
				t.Fatalf("%d bytes: %v", len(signature), err)
			}
			return
		}
		r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
		if holds := ecdsa.Verify(&k.PublicKey, sum(crypto.SHA256, message), r, s); holds != (err == nil) {
			t.Fatalf("crypto/ecdsa: %v, sig: %v", holds, err)
		}
		if errors.Is(err, sig.ErrEncoding) {
			t.Fatal(err)
		}
	})
}

// What is no ErrEncoding must be the one DER form of two numbers, and the other way round.
func FuzzDERHasOneSpelling(f *testing.F) {
	k := ecKey(elliptic.P521())
	f.Add(signDER(k, crypto.SHA256))
	for _, n := range []int64{0, 1, 127, 128, 255, 256} {
		f.Add(must(asn1.Marshal(ecdsaSignature{big.NewInt(n), big.NewInt(n)})))
	}
	f.Add([]byte{0x30, 0x81, 6, 2, 1, 1, 2, 1, 1})
	f.Add([]byte{0x30, 8, 2, 2, 0, 1, 2, 2, 0, 1})
	f.Fuzz(func(t *testing.T, signature []byte) {
		err := verifyDER(k, signature)
		var v ecdsaSignature
		rest, parse := asn1.Unmarshal(signature, &v)
		one := parse == nil && len(rest) == 0 && v.R.Sign() >= 0 && v.S.Sign() >= 0 && len(signature) <= 141
		if one {
			one = string(must(asn1.Marshal(v))) == string(signature)
		}
		if one == errors.Is(err, sig.ErrEncoding) {
			t.Fatalf("one spelling: %v, sig: %v", one, err)
		}
	})
}

// Neither parameters nor signatures that nobody ever made may panic or hold.
func FuzzVerifyNeverHoldsForWhatTheKeyDidNotSign(f *testing.F) {
	f.Add(uint8(2), uint8(5), uint8(5), 32, uint8(0), "", make([]byte, 256))
	f.Add(uint8(2), uint8(5), uint8(3), 0, uint8(0), "", make([]byte, 256))
	f.Add(uint8(1), uint8(5), uint8(0), 0, uint8(1), "P-256", []byte{0x30, 6, 2, 1, 1, 2, 1, 1})
	f.Add(uint8(4), uint8(0), uint8(0), 0, uint8(0), "", make([]byte, 64))
	f.Add(uint8(3), uint8(7), uint8(0), -1, uint8(9), "x", []byte{})
	keys := []crypto.PublicKey{nil}
	for _, s := range samples() {
		keys = append(keys, s.key)
	}
	for _, k := range weakKeys() {
		keys = append(keys, k)
	}
	f.Fuzz(func(t *testing.T, scheme, hash, mgf uint8, salt int, encoding uint8, curve string, signature []byte) {
		a := formats.Algorithm{
			Scheme: formats.Scheme(scheme % 8), Hash: crypto.Hash(hash % 24), MGFHash: crypto.Hash(mgf % 24),
			SaltLength: salt, Encoding: formats.Encoding(encoding % 4), Curve: curve,
		}
		for _, k := range keys {
			if sig.Verify(a, k, []byte("nobody signed this"), signature) == nil {
				t.Fatalf("%+v holds for a key of type %T", a, k)
			}
		}
	})
}
