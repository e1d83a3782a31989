package attacks_test

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/trustlist"
	"github.com/travelseal/travelseal/verify"
)

// withPoint is the key of a signer with another content of its BIT STRING (RFC 5480 §2.2).
func withPoint(t *testing.T, point []byte) []byte {
	t.Helper()
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Point     asn1.BitString
	}
	if _, err := asn1.Unmarshal(spkiOf(t, ut.Vaccination.Key.Public()), &info); err != nil {
		t.Fatal(err)
	}
	info.Point = asn1.BitString{Bytes: point, BitLength: 8 * len(point)}
	der, err := asn1.Marshal(info)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestA15_KeyThatIsNoPointOfItsCurve(t *testing.T) {
	sound, err := ut.Vaccination.Key.Public().(*ecdsa.PublicKey).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	last := 8*len(sound) - 1
	b64 := base64.RawURLEncoding.EncodeToString
	jwk := func(x, y []byte) map[string]any {
		return entry("jwk", map[string]string{"kty": "EC", "crv": "P-256", "x": b64(x), "y": b64(y)})
	}
	named := changed(vaccination, func(h *mint.HCERT) { h.Protected = mint.Set(h.Protected, mint.Bytes(badKID), mint.HeaderKID) })
	whole := raw(t, entry("spki", withPoint(t, sound)), jwk(sound[1:33], sound[33:]))
	demand(t, trusting(t, whole), "the sound key", formats.Text(named.Build().Text), accepted)
	for name, e := range map[string]map[string]any{
		"beside the curve":          entry("spki", withPoint(t, mint.FlipBit(sound, last))),
		"infinity":                  entry("spki", withPoint(t, []byte{0})),
		"all zero":                  entry("spki", withPoint(t, append([]byte{4}, make([]byte, 64)...))),
		"coordinates cut short":     entry("spki", withPoint(t, sound[:64])),
		"hybrid form":               entry("spki", withPoint(t, append([]byte{6 | sound[64]&1}, sound[1:]...))),
		"beside the curve, JWK":     jwk(sound[1:33], mint.FlipBit(sound[33:], 255)),
		"coordinate cut short, JWK": jwk(sound[1:33], sound[33:64]),
	} {
		refusesKey(t, name, e, named)
	}
	off := *ut.Vaccination.Key.Public().(*ecdsa.PublicKey)
	off.X, off.Y = big.NewInt(1), big.NewInt(1) //lint:ignore SA1019 there is no other way to make a point that is none
	trust, err := trustlist.New(trustlist.Info{}, []trustlist.Anchor{{
		Role: trustlist.Signer, Uses: formats.AllUses, Scope: []formats.ID{trustlist.AnyFormat}, KeyID: badKID, Key: &off,
	}}, nil, nil)
	if err != nil || len(trust.Anchors()) != 0 || len(trust.Dropped()) != 1 {
		t.Errorf("a key that was made in the program: %v, %v", trust.Anchors(), err)
	}
}

func TestA16_WeakRSAKey(t *testing.T) {
	named := func(s mint.Signer) mint.HCERT {
		s.KID = badKID
		return mint.Vaccination(s)
	}
	sound := ut.RSA.Key.Public().(*rsa.PublicKey)
	odd := func(change func(*rsa.PublicKey)) map[string]any {
		k := rsa.PublicKey{N: new(big.Int).Set(sound.N), E: sound.E}
		change(&k)
		return entry("spki", spkiOf(t, &k))
	}
	demand(t, trusting(t, raw(t, odd(func(*rsa.PublicKey) {}))), "the sound key", formats.Text(named(ut.RSA).Build().Text), accepted)

	short := ut.CSCA.Issue("ut-rsa-1024", mint.Template{Key: mint.RSA1024})
	refusesKey(t, "1024 bits", entry("spki", spkiOf(t, short.Key.Public())), named(short), "1024 bits")
	refusesKey(t, "1024 bits, certificate", entry("certificate", short.Cert), named(short), "1024 bits")
	refusesKey(t, "exponent 1", odd(func(k *rsa.PublicKey) { k.E = 1 }), named(ut.RSA), "exponent")
	refusesKey(t, "exponent even", odd(func(k *rsa.PublicKey) { k.E = 65536 }), named(ut.RSA), "exponent")
	refusesKey(t, "exponent of 33 bits", odd(func(k *rsa.PublicKey) { k.E = 1<<32 + 1 }), named(ut.RSA))
	refusesKey(t, "modulus even", odd(func(k *rsa.PublicKey) { k.N.SetBit(k.N, 0, 0) }), named(ut.RSA), "even")
	refusesKey(t, "16384 bits", odd(func(k *rsa.PublicKey) { k.N.SetBit(k.N, 16383, 1) }), named(ut.RSA), "16384 bits")
}

func TestA16_RSASignatureOfAnotherForm(t *testing.T) {
	v, pss := utopia(t), mint.Vaccination(ut.RSA)
	v15 := withAlg(pss, mint.Int(rs256))
	key := ut.RSA.Key.(*rsa.PrivateKey)
	signed := func(h mint.HCERT, encode func(digest []byte) []byte) mint.HCERT {
		return signedBy(h, func(m []byte) []byte {
			sum := sha256.Sum256(m)
			return power(key, encode(sum[:]))
		})
	}
	salted := func(n int) func([]byte) []byte {
		return func(sum []byte) []byte { return encodePSS(sum, make([]byte, n), key.Size()) }
	}
	refused := disproved(verify.SealMismatch)
	attack(t, v, signed(pss, salted(32)),
		mutant{"salt of 20 bytes", signed(pss, salted(20)), refused},
		mutant{"no salt", signed(pss, salted(0)), refused},
		mutant{"the longest salt", signed(pss, salted(key.Size()-34)), refused},
		mutant{"PSS called v1.5", signed(v15, salted(32)), refused},
		mutant{"v1.5 called PSS", signed(pss, encodeV15(key.Size())), refused},
		mutant{"the modulus added", signedBy(pss, func(m []byte) []byte {
			sum := sha256.Sum256(m)
			s := new(big.Int).SetBytes(power(key, salted(32)(sum[:])))
			return s.Add(s, key.N).Bytes()
		}), refused},
		mutant{"one", signedBy(pss, func([]byte) []byte { return big.NewInt(1).FillBytes(make([]byte, key.Size())) }), refused},
		mutant{"nothing", withSignature(pss, mint.NoSignature), refused},
	)
	attack(t, v, signed(v15, encodeV15(key.Size())),
		mutant{"a byte of padding for one of trailing data", signed(v15, func(sum []byte) []byte {
			em := encodeV15(key.Size())(sum)
			return append(append(em[:2:2], em[3:]...), 0)
		}), refused},
	)
}

// TestA16_CubeRoot is the attack on verifiers that do not look where the padding ends: with the exponent 3, a cube root
// of the right beginning needs no private key.
func TestA16_CubeRoot(t *testing.T) {
	private := mint.NewKey(mint.RSA2048, "exponent three 2").(*rsa.PrivateKey) // of primes that leave 3 invertible
	one, order := big.NewInt(1), big.NewInt(1)
	for _, p := range private.Primes {
		order.Mul(order, new(big.Int).Sub(p, one))
	}
	key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: private.N, E: 3}, D: new(big.Int).ModInverse(big.NewInt(3), order)}
	named := withAlg(mint.Vaccination(ut.RSA), mint.Int(rs256))
	named.Protected = mint.Set(named.Protected, mint.Bytes(digestOf(spkiOf(t, &key.PublicKey))), mint.HeaderKID)
	sign := func(sign func(sum []byte) []byte) mint.HCERT {
		return signedBy(named, func(m []byte) []byte {
			sum := sha256.Sum256(m)
			return sign(sum[:])
		})
	}
	attack(t, trusting(t, raw(t, entry("spki", spkiOf(t, &key.PublicKey)))),
		sign(func(sum []byte) []byte { return power(key, encodeV15(key.Size())(sum)) }),
		mutant{"cube root", sign(func(sum []byte) []byte {
			em := make([]byte, key.Size())
			head := append([]byte{0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 0}, append(digestInfo, sum...)...)
			copy(em, head)
			root := cubeRoot(new(big.Int).SetBytes(em))
			cube := new(big.Int).Exp(root, big.NewInt(3), nil).FillBytes(make([]byte, key.Size()))
			if string(cube[:len(head)]) != string(head) {
				t.Fatal("the attack does not do what it is meant to")
			}
			return root.FillBytes(make([]byte, key.Size()))
		}), disproved(verify.SealMismatch)},
	)
}
