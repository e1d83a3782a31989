package mint_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/travelseal/travelseal/internal/mint"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// RFC 6979 §A.2.5: P-256 with SHA-256 and the message "sample".
const (
	rfc6979Key   = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"
	rfc6979Nonce = "a6e3c57dd01abe90086538398355dd4c3b17aa873382b0f24d6129493d8aad60"
	rfc6979R     = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
	rfc6979S     = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
)

func TestTheDRBGGivesTheNonceOfRFC6979(t *testing.T) {
	// RFC 6979 §3.2 runs the same generator on the key and the message's digest; this digest is below the order.
	h := sha256.Sum256([]byte("sample"))
	got := mint.NewDRBG(append(unhex(t, rfc6979Key), h[:]...)).Bytes(32)
	if want := unhex(t, rfc6979Nonce); !bytes.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
}

func TestTheDRBGGoesOn(t *testing.T) {
	d := mint.NewDRBG([]byte("seed"))
	first, second := d.Bytes(33), d.Bytes(33)
	if len(first) != 33 || bytes.Equal(first, second) {
		t.Errorf("%x and then %x", first, second)
	}
}

func TestECDSASignsAsRFC6979Shows(t *testing.T) {
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), unhex(t, rfc6979Key))
	if err != nil {
		t.Fatal(err)
	}
	got := mint.Signer{Key: key, Alg: mint.ES256}.Sign([]byte("sample"))
	if want := unhex(t, rfc6979R+rfc6979S); !bytes.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
}

func TestASeedDeterminesTheKey(t *testing.T) {
	type comparable interface{ Equal(crypto.PrivateKey) bool }
	for _, kind := range []mint.KeyKind{mint.P256, mint.P384, mint.P521, mint.Ed25519, mint.RSA1024} {
		key := mint.NewKey(kind, "a").(comparable)
		if !key.Equal(mint.NewKey(kind, "a")) {
			t.Errorf("%s: one seed gives two keys", kind)
		}
		if key.Equal(mint.NewKey(kind, "b")) {
			t.Errorf("%s: two seeds give one key", kind)
		}
	}
}

func TestRSAKeysAreSoundAndAsLongAsTheySay(t *testing.T) {
	for kind, bits := range map[mint.KeyKind]int{mint.RSA1024: 1024, mint.RSA2048: 2048} {
		key := mint.NewKey(kind, "sound").(*rsa.PrivateKey)
		if err := key.Validate(); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if key.N.BitLen() != bits {
			t.Errorf("%s has %d bits", kind, key.N.BitLen())
		}
	}
}

func TestEveryAlgorithmSignsTheSameTwiceAndVerifies(t *testing.T) {
	message := []byte("a message")
	for _, c := range []struct {
		kind mint.KeyKind
		alg  mint.Alg
		hash crypto.Hash
	}{
		{mint.P256, mint.ES256, crypto.SHA256}, {mint.P384, mint.ES384, crypto.SHA384}, {mint.P521, mint.ES512, crypto.SHA512},
		{mint.P256, mint.ES384, crypto.SHA384}, {mint.Ed25519, mint.EdDSA, 0},
		{mint.RSA2048, mint.PS256, crypto.SHA256}, {mint.RSA2048, mint.PS384, crypto.SHA384}, {mint.RSA2048, mint.PS512, crypto.SHA512},
		{mint.RSA1024, mint.PS256, crypto.SHA256},
	} {
		s := mint.Signer{Key: mint.NewKey(c.kind, "sign"), Alg: c.alg}
		signature := s.Sign(message)
		if !bytes.Equal(signature, s.Sign(message)) {
			t.Errorf("%s, %d: two signatures differ", c.kind, c.alg)
		}
		if !verifies(s.Key.Public(), c.hash, message, signature) {
			t.Errorf("%s, %d: the signature does not hold", c.kind, c.alg)
		}
		if verifies(s.Key.Public(), c.hash, mint.FlipBit(message, 3), signature) {
			t.Errorf("%s, %d: the signature holds for another message", c.kind, c.alg)
		}
	}
}

// verifies checks a signature in the form of COSE with the standard library.
func verifies(pub crypto.PublicKey, hash crypto.Hash, message, signature []byte) bool {
	sum := message
	if hash != 0 {
		h := hash.New()
		h.Write(message)
		sum = h.Sum(nil)
	}
	switch pub := pub.(type) {
	case *ecdsa.PublicKey:
		size := (pub.Curve.Params().BitSize + 7) / 8
		return len(signature) == 2*size && ecdsa.VerifyASN1(pub, sum, derSignature(signature))
	case ed25519.PublicKey:
		return ed25519.Verify(pub, sum, signature)
	}
	opts := &rsa.PSSOptions{SaltLength: hash.Size(), Hash: hash}
	return rsa.VerifyPSS(pub.(*rsa.PublicKey), hash, sum, signature, opts) == nil
}

// derSignature writes r‖s as ECDSA-Sig-Value by hand; no test curve makes a sequence of 256 bytes or more.
func derSignature(raw []byte) []byte {
	var body []byte
	for _, part := range [][]byte{raw[:len(raw)/2], raw[len(raw)/2:]} {
		part = bytes.TrimLeft(part, "\x00")
		if len(part) == 0 || part[0] >= 0x80 {
			part = append([]byte{0}, part...)
		}
		body = append(append(body, 2, byte(len(part))), part...)
	}
	if len(body) < 0x80 {
		return append([]byte{0x30, byte(len(body))}, body...)
	}
	return append([]byte{0x30, 0x81, byte(len(body))}, body...)
}
