package sig_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/mint/pki"
	"github.com/travelseal/travelseal/internal/sig"
)

// asEC is the same key in the type of internal/ec, which has the NIST curves too.
func asEC(k *ecdsa.PrivateKey) *ec.PublicKey {
	return must(ec.NewPublicKey(ec.ByName(k.Curve.Params().Name), must(k.PublicKey.Bytes())))
}

func TestAKeyOfInternalECAnswersAsTheStandardLibrarysDoes(t *testing.T) {
	for _, c := range append([]elliptic.Curve{elliptic.P224()}, curves...) {
		k := must(ecdsa.GenerateKey(c, rand.Reader))
		key, name := asEC(k), c.Params().Name
		wants(t, name, sig.CheckKey(key), nil)
		for _, h := range []crypto.Hash{crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512} {
			signature := signDER(k, h)
			a := formats.Algorithm{Scheme: formats.ECDSA, Hash: h, Encoding: formats.DER}
			what := name + " with " + h.String()
			wants(t, what, sig.Verify(a, key, message, signature), nil)
			wants(t, what+", other message", sig.Verify(a, key, message[1:], signature), sig.ErrMismatch)
			wants(t, what+", a byte behind", sig.Verify(a, key, message, append(signature[:len(signature):len(signature)], 0)), sig.ErrEncoding)
			rs := raw(k.Curve, parseDER(signature))
			a.Encoding = formats.Raw
			wants(t, what+", raw", sig.Verify(a, key, message, rs), nil)
			wants(t, what+", raw, a byte short", sig.Verify(a, key, message, rs[1:]), sig.ErrEncoding)
			a.Curve = "brainpoolP256r1"
			wants(t, what+", another curve wanted", sig.Verify(a, key, message, rs), sig.ErrKeyType)
			a.Curve, a.Encoding = "", 7
			wants(t, what+", no encoding", sig.Verify(a, key, message, rs), sig.ErrUnsupported)
		}
		wants(t, name+" as RSA", sig.Verify(formats.RS256, key, message, nil), sig.ErrKeyType)
	}
}

func TestSmallCurvesAndKeysWithoutACurveAreWeak(t *testing.T) {
	for _, key := range []*ec.PublicKey{nil, {}} {
		wants(t, "no curve", sig.CheckKey(key), sig.ErrWeakKey)
		wants(t, "no curve", sig.Verify(formats.ES256, key, message, make([]byte, 64)), sig.ErrWeakKey)
	}
	for _, kind := range pki.Curves() {
		k := pki.NewKey(kind, "small")
		key := must(ec.NewPublicKey(ec.ByName(string(kind)), k.Curve.Encode(k.Public, pki.Uncompressed)))
		var want error
		if key.Curve().OrderBits() < 224 {
			want = sig.ErrWeakKey
		}
		wants(t, string(kind), sig.CheckKey(key), want)
	}
}

func TestASignatureOfASHA1HashIsAResultOfItsOwn(t *testing.T) {
	p256, rsaKey := ecKey(elliptic.P256()), rsa2048()
	d := sum(crypto.SHA1, message)
	ecdsaDER := formats.Algorithm{Scheme: formats.ECDSA, Hash: crypto.SHA1, Encoding: formats.DER}
	pkcs1 := formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.SHA1}
	pss := formats.Algorithm{Scheme: formats.RSAPSS, Hash: crypto.SHA1, MGFHash: crypto.SHA1, SaltLength: 20}
	for _, c := range []struct {
		name      string
		algorithm formats.Algorithm
		key       crypto.PublicKey
		signature []byte
	}{
		{"ECDSA", ecdsaDER, p256.Public(), must(ecdsa.SignASN1(rand.Reader, p256, d))},
		{"ECDSA in internal/ec", ecdsaDER, asEC(p256), must(ecdsa.SignASN1(rand.Reader, p256, d))},
		{"RSA v1.5", pkcs1, rsaKey.Public(), must(rsa.SignPKCS1v15(nil, rsaKey, crypto.SHA1, d))},
		{"RSA-PSS", pss, rsaKey.Public(), must(rsa.SignPSS(rand.Reader, rsaKey, crypto.SHA1, d, &rsa.PSSOptions{SaltLength: 20}))},
	} {
		wants(t, c.name, sig.Verify(c.algorithm, c.key, message, c.signature), sig.ErrWeakHash)
		wants(t, c.name+", other message", sig.Verify(c.algorithm, c.key, message[1:], c.signature), sig.ErrMismatch)
	}
}

// The tolerance of a missing NULL is for SHA-2, which genuine issuers have written so.
func TestAMissingNullIsNotToleratedWithSHA1(t *testing.T) {
	k := rsa2048()
	d := sum(crypto.SHA1, message)
	info := append([]byte{0x30, 0x1F, 0x30, 0x07, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x04, 0x14}, d...)
	a := formats.Algorithm{Scheme: formats.RSAPKCS1, Hash: crypto.SHA1}
	wants(t, "no NULL", sig.Verify(a, k.Public(), message, rawRSA(k, padded(k.Size(), info))), sig.ErrMismatch)
}
