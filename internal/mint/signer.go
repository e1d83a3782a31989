package mint

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha512" // for the hashes of ES384 and ES512
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"math/big"
)

// A Signer is a key with its certificate and with the names by which documents and trust lists call it. The names are
// free: a KID may be another's, and an Alg may be one that does not suit the key.
type Signer struct {
	Name    string
	Country string
	Cert    []byte // DER
	Leaf    *x509.Certificate
	Key     crypto.Signer
	Alg     Alg
	KID     []byte // default: the first 8 bytes of the certificate's SHA-256
}

// An Alg is an algorithm of the IANA registry "COSE Algorithms".
type Alg int64

// The algorithms that a Signer can sign with (RFC 9053 §2, RFC 8230 §2).
const (
	ES256 Alg = -7
	EdDSA Alg = -8
	ES384 Alg = -35
	ES512 Alg = -36
	PS256 Alg = -37
	PS384 Alg = -38
	PS512 Alg = -39
)

func (a Alg) hash() crypto.Hash {
	switch a {
	case ES256, PS256:
		return crypto.SHA256
	case ES384, PS384:
		return crypto.SHA384
	case ES512, PS512:
		return crypto.SHA512
	}
	panic(fmt.Sprintf("mint: COSE algorithm %d names no hash", a))
}

// Sign signs a message with the hash of s.Alg and gives the signature in the form of COSE: r‖s for ECDSA (RFC 9053
// §2.1). The same message always gets the same signature.
func (s Signer) Sign(message []byte) []byte {
	switch key := s.Key.(type) {
	case *ecdsa.PrivateKey:
		// Without a source of randomness, the nonce is that of RFC 6979.
		der, err := key.Sign(nil, digest(s.Alg.hash(), message), s.Alg.hash())
		must(err)
		return rawSignature(der, &key.PublicKey)
	case *rsa.PrivateKey:
		return signPSS(key, s.Alg.hash(), digest(s.Alg.hash(), message))
	}
	signature, err := s.Key.Sign(nil, message, crypto.Hash(0))
	must(err)
	return signature
}

func digest(hash crypto.Hash, message []byte) []byte {
	h := hash.New()
	h.Write(message)
	return h.Sum(nil)
}

// ecdsaSignature is ECDSA-Sig-Value (RFC 3279 §2.2.3).
type ecdsaSignature struct{ R, S *big.Int }

func rawSignature(der []byte, pub *ecdsa.PublicKey) []byte {
	var sig ecdsaSignature
	_, err := asn1.Unmarshal(der, &sig)
	must(err)
	size := (pub.Curve.Params().BitSize + 7) / 8
	raw := make([]byte, 2*size)
	sig.R.FillBytes(raw[:size])
	sig.S.FillBytes(raw[size:])
	return raw
}

// signPSS is RSASSA-PSS-SIGN with a salt as long as the hash (RFC 8017 §8.1.1). The standard library takes its salt
// from the system's randomness whatever it is given, so the encoding is made here, with a salt that the key and the
// message determine.
func signPSS(key *rsa.PrivateKey, hash crypto.Hash, digest []byte) []byte {
	salt := NewDRBG(bytes.Join([][]byte{[]byte("travelseal mint salt"), key.D.Bytes(), digest}, nil)).Bytes(hash.Size())
	encoded := encodePSS(hash, digest, salt, key.N.BitLen()-1)
	m := new(big.Int).SetBytes(encoded)
	return m.Exp(m, key.D, key.N).FillBytes(make([]byte, key.Size()))
}

// encodePSS is EMSA-PSS-ENCODE (RFC 8017 §9.1.1): maskedDB ‖ H ‖ 0xbc.
func encodePSS(hash crypto.Hash, mHash, salt []byte, bits int) []byte {
	size := (bits + 7) / 8
	h := hash.New()
	h.Write(make([]byte, 8))
	h.Write(mHash)
	h.Write(salt)
	sum := h.Sum(nil)

	db := make([]byte, size-len(sum)-1)
	db[len(db)-len(salt)-1] = 1
	copy(db[len(db)-len(salt):], salt)
	for i, mask := range mgf1(hash, sum, len(db)) {
		db[i] ^= mask
	}
	db[0] &= 0xff >> (8*size - bits)
	return append(append(db, sum...), 0xbc)
}

// mgf1 is the mask generation function of RFC 8017 §B.2.1.
func mgf1(hash crypto.Hash, seed []byte, size int) []byte {
	var out []byte
	for counter := byte(0); len(out) < size; counter++ {
		h := hash.New()
		h.Write(seed)
		h.Write([]byte{0, 0, 0, counter})
		out = h.Sum(out)
	}
	return out[:size]
}
