package pki

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"fmt"
	"math/big"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// Sign signs a message. One key, algorithm and message always make one signature.
func Sign(k *Key, a Algorithm, message []byte) []byte {
	if a.Scheme == SchemeEd25519 {
		return ed25519.Sign(k.Ed25519, message)
	}
	digest := Digest(a.Hash, message)
	switch a.Scheme {
	case SchemeECDSA:
		r, s := SignECDSA(k, digest)
		if a.Plain {
			return Plain(k.Curve, r, s)
		}
		return ECDSASignature(r, s).Encode()
	case SchemePKCS1:
		return k.signPKCS1(a, digest)
	case SchemePSS:
		return k.signPSS(a.PSS, digest)
	case SchemeGarbage:
		return forgePKCS1(k, a, digest)
	}
	panic(fmt.Sprintf("pki: no signature scheme %d", a.Scheme))
}

// SignECDSA gives r and s for a digest (FIPS 186-5 §6.4.1). The nonce follows from the key and the digest, in the manner of
// RFC 6979 but with the generator of package mint, which knows every length of order.
func SignECDSA(k *Key, digest []byte) (r, s *big.Int) {
	n := k.Curve.N
	e := new(big.Int).SetBytes(digest)
	if excess := 8*len(digest) - n.BitLen(); excess > 0 {
		e.Rsh(e, uint(excess))
	}
	d := mint.NewDRBG(bytes.Join([][]byte{[]byte("travelseal mint nonce"), k.Scalar.Bytes(), digest}, nil))
	for {
		nonce := below(d, n)
		r = new(big.Int).Mod(k.Curve.Times(nonce, k.Curve.Generator()).X, n)
		s = new(big.Int).Mul(r, k.Scalar)
		s.Add(s, e).Mul(s, new(big.Int).ModInverse(nonce, n)).Mod(s, n)
		if r.Sign() > 0 && s.Sign() > 0 {
			return r, s
		}
	}
}

// ECDSASignature is the ECDSA-Sig-Value of RFC 3279 §2.2.3, with any numbers.
func ECDSASignature(r, s *big.Int) der.TLV { return der.Seq(der.BigInt(r), der.BigInt(s)) }

// Plain is r‖s, each of the length of the order (BSI TR-03111 §5.2.1). It panics where one is too long for that.
func Plain(c *Curve, r, s *big.Int) []byte {
	size := (c.N.BitLen() + 7) / 8
	raw := make([]byte, 2*size)
	r.FillBytes(raw[:size])
	s.FillBytes(raw[size:])
	return raw
}

// WithNumbers signs a message by ECDSA and writes down what a function makes of r and s: zero, the order, more than the
// order.
func WithNumbers(k *Key, h crypto.Hash, message []byte, change func(r, s, n *big.Int) (*big.Int, *big.Int)) []byte {
	r, s := SignECDSA(k, Digest(h, message))
	return ECDSASignature(change(r, s, k.Curve.N)).Encode()
}
