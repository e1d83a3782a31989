package sig_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"sync"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
)

var message = []byte("the bytes that the issuer signed")

// An RSA key takes long to make, so each is made once.
var (
	rsa2048 = sync.OnceValue(func() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 2048)) })
	// The modulus of 2049 bits has one bit in its first byte: EMSA-PSS then has one byte less than the signature.
	rsa2049 = sync.OnceValue(func() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 2049)) })
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func sum(h crypto.Hash, data []byte) []byte {
	d := h.New()
	d.Write(data)
	return d.Sum(nil)
}

func ecKey(c elliptic.Curve) *ecdsa.PrivateKey { return must(ecdsa.GenerateKey(c, rand.Reader)) }

// wants reports whether err is the one wanted; nil wants success.
func wants(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}

// A sample is a good signature of the message under one row of the table.
type sample struct {
	name      string
	algorithm formats.Algorithm
	key       crypto.PublicKey
	signature []byte
}

func samples() []sample {
	der := func(a formats.Algorithm) formats.Algorithm { a.Encoding = formats.DER; return a }
	p224, p256, p384, p521 := ecKey(elliptic.P224()), ecKey(elliptic.P256()), ecKey(elliptic.P384()), ecKey(elliptic.P521())
	pub, priv := must2(ed25519.GenerateKey(rand.Reader))
	zeroSalt := formats.Algorithm{Scheme: formats.RSAPSS, Hash: crypto.SHA256, MGFHash: crypto.SHA256}
	return []sample{
		{"ES256 raw", formats.ES256, p256.Public(), signRaw(p256, crypto.SHA256)},
		{"ES384 raw", formats.ES384, p384.Public(), signRaw(p384, crypto.SHA384)},
		{"ES512 raw", formats.ES512, p521.Public(), signRaw(p521, crypto.SHA512)},
		{"ES256 DER", der(formats.ES256), p256.Public(), signDER(p256, crypto.SHA256)},
		{"ES384 DER", der(formats.ES384), p384.Public(), signDER(p384, crypto.SHA384)},
		{"PS256", formats.PS256, rsa2048().Public(), signPSS(rsa2048(), formats.PS256)},
		{"PS256 without salt", zeroSalt, rsa2048().Public(), signPSS(rsa2048(), zeroSalt)},
		{"RS256", formats.RS256, rsa2048().Public(), must(rsa.SignPKCS1v15(nil, rsa2048(), crypto.SHA256, sum(crypto.SHA256, message)))},
		{"EdDSA", formats.EdDSA, pub, ed25519.Sign(priv, message)},
		{"ES256 DER on P-224", der(formats.ES256), p224.Public(), signDER(p224, crypto.SHA256)},
		ownCurve("ES256 raw on brainpoolP256r1", pki.BrainpoolP256r1, formats.ES256),
		ownCurve("ES256 DER on brainpoolP256t1", pki.BrainpoolP256t1, der(formats.ES256)),
		ownCurve("ES384 raw on brainpoolP320r1", pki.BrainpoolP320r1, formats.ES384),
		ownCurve("ES512 DER on brainpoolP512r1", pki.BrainpoolP512r1, der(formats.ES512)),
	}
}

// ownCurve is a sample on a curve that the standard library does not have, by a key that no other has.
func ownCurve(name string, kind pki.Kind, a formats.Algorithm) sample {
	k := pki.NewKey(kind, name+rand.Text())
	how := pki.ECDSA(a.Hash)
	if a.Encoding == formats.Raw {
		how = pki.PlainECDSA(a.Hash)
	}
	return sample{name, a, ownKey(k), pki.Sign(k, how, message)}
}

func ownKey(k *pki.Key) *ec.PublicKey {
	return must(ec.NewPublicKey(ec.ByName(string(k.Kind)), k.Curve.Encode(k.Public, pki.Uncompressed)))
}

func must2[A, B any](a A, b B, err error) (A, B) {
	if err != nil {
		panic(err)
	}
	return a, b
}

func TestEveryFlippedBitIsAMismatch(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			if err := sig.Verify(s.algorithm, s.key, message, s.signature); err != nil {
				t.Fatal(err)
			}
			step := 1
			if testing.Short() {
				step = 13
			}
			for bit := 0; bit < 8*len(s.signature); bit += step {
				bad := append([]byte(nil), s.signature...)
				bad[bit/8] ^= 0x80 >> (bit % 8)
				if err := sig.Verify(s.algorithm, s.key, message, bad); !errors.Is(err, sig.ErrMismatch) {
					t.Fatalf("signature with bit %d flipped: %v", bit, err)
				}
			}
			for i := range message {
				bad := append([]byte(nil), message...)
				bad[i] ^= 1
				if err := sig.Verify(s.algorithm, s.key, bad, s.signature); !errors.Is(err, sig.ErrMismatch) {
					t.Fatalf("message with byte %d changed: %v", i, err)
				}
			}
			for n := range len(s.signature) {
				if err := sig.Verify(s.algorithm, s.key, message, s.signature[:n]); !errors.Is(err, sig.ErrEncoding) {
					t.Fatalf("signature cut to %d bytes: %v", n, err)
				}
			}
			long := append(append([]byte(nil), s.signature...), 0)
			wants(t, "one byte more", sig.Verify(s.algorithm, s.key, message, long), sig.ErrEncoding)
		})
	}
}

func TestAnotherKeyOfTheKindIsAMismatch(t *testing.T) {
	first, second := samples(), samples()
	for i, s := range first {
		other := second[i].key
		if _, ok := other.(*rsa.PublicKey); ok {
			continue // the samples share their RSA key; TestPSS and TestPKCS1 have another
		}
		wants(t, s.name, sig.Verify(s.algorithm, other, message, s.signature), sig.ErrMismatch)
	}
}

func TestAKeyOfAnotherKindIsAKeyTypeError(t *testing.T) {
	all := samples()
	for _, s := range all {
		for _, other := range all {
			if other.algorithm.Scheme == s.algorithm.Scheme {
				continue
			}
			_, rsaA := s.key.(*rsa.PublicKey)
			_, rsaB := other.key.(*rsa.PublicKey)
			if rsaA && rsaB {
				continue // one RSA key serves both schemes
			}
			err := sig.Verify(s.algorithm, other.key, message, s.signature)
			wants(t, s.name+" with the key of "+other.name, err, sig.ErrKeyType)
			if errors.Is(err, sig.ErrMismatch) {
				t.Errorf("%s with the key of %s: a wrong key is no evidence against the signature", s.name, other.name)
			}
		}
	}
}

func TestTheZeroAlgorithmVerifiesNothing(t *testing.T) {
	for _, s := range samples() {
		wants(t, s.name, sig.Verify(formats.Algorithm{}, s.key, message, s.signature), sig.ErrUnsupported)
	}
	a := formats.ES256
	a.Scheme = 99
	wants(t, "scheme 99", sig.Verify(a, ecKey(elliptic.P256()).Public(), message, make([]byte, 64)), sig.ErrUnsupported)
}

func TestForbiddenHashesAreUnsupported(t *testing.T) {
	for _, s := range samples() {
		if s.algorithm.Scheme == formats.Ed25519 {
			continue
		}
		for _, h := range []crypto.Hash{0, crypto.MD5, crypto.RIPEMD160, crypto.SHA512_224, crypto.SHA512_256, crypto.SHA3_256, 99} {
			a := s.algorithm
			a.Hash = h
			err := sig.Verify(a, s.key, message, s.signature)
			wants(t, s.name+" with "+h.String(), err, sig.ErrUnsupported)
			if errors.Is(err, sig.ErrMismatch) {
				t.Errorf("%s with %s: what was not checked is no mismatch", s.name, h)
			}
		}
	}
}

// What is signed over SHA-1 is told from what is not signed at all.
func TestASignatureOverSHA1IsWeak(t *testing.T) {
	p256, brainpool := ecKey(elliptic.P256()), pki.NewKey(pki.BrainpoolP384r1, "sha1")
	sha1 := func(a formats.Algorithm) formats.Algorithm { a.Hash = crypto.SHA1; return a }
	pss := sha1(formats.PS256)
	onBrainpool := formats.Algorithm{Scheme: formats.ECDSA, Hash: crypto.SHA1, Encoding: formats.DER}
	for _, s := range []sample{
		{"ECDSA", sha1(formats.ES256), p256.Public(), signRaw(p256, crypto.SHA1)},
		{"ECDSA on brainpool", onBrainpool, ownKey(brainpool), pki.Sign(brainpool, pki.ECDSA(crypto.SHA1), message)},
		{"RSA v1.5", sha1(formats.RS256), rsa2048().Public(), must(rsa.SignPKCS1v15(nil, rsa2048(), crypto.SHA1, sum(crypto.SHA1, message)))},
		{"RSA-PSS", pss, rsa2048().Public(), signPSS(rsa2048(), pss)},
	} {
		err := sig.Verify(s.algorithm, s.key, message, s.signature)
		wants(t, s.name, err, sig.ErrWeakHash)
		if errors.Is(err, sig.ErrMismatch) {
			t.Errorf("%s: a signature that holds is no mismatch", s.name)
		}
		s.signature[len(s.signature)-1] ^= 1
		wants(t, s.name+", a bit flipped", sig.Verify(s.algorithm, s.key, message, s.signature), sig.ErrMismatch)
		s.signature[len(s.signature)-1] ^= 1
		wants(t, s.name+", another message", sig.Verify(s.algorithm, s.key, message[1:], s.signature), sig.ErrMismatch)
	}
}

// NIST SP 800-57 part 1, table 2: below 224 bits a curve gives less than the 112 bits that RSA of 2048 gives.
func TestASmallCurveIsWeak(t *testing.T) {
	for _, kind := range []pki.Kind{pki.P192, pki.BrainpoolP160r1, pki.BrainpoolP160t1, pki.BrainpoolP192r1, pki.BrainpoolP192t1} {
		k := pki.NewKey(kind, "small")
		wants(t, string(kind), sig.CheckKey(ownKey(k)), sig.ErrWeakKey)
		err := sig.Verify(formats.ES256, ownKey(k), message, pki.Sign(k, pki.PlainECDSA(crypto.SHA256), message))
		wants(t, string(kind)+", a good signature", err, sig.ErrWeakKey)
	}
	for _, key := range []*ec.PublicKey{nil, {}} {
		wants(t, "no key at all", sig.CheckKey(key), sig.ErrWeakKey)
		wants(t, "no key at all", sig.Verify(formats.ES256, key, message, make([]byte, 64)), sig.ErrWeakKey)
	}
}
