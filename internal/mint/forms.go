package mint

import (
	"crypto"
	"crypto/ecdsa"
	"encoding/asn1"
	"math/big"
)

// A SignatureForm makes another signature out of a sound one in the form of COSE. Those below are for ECDSA; they
// panic for another kind of key.
type SignatureForm func(raw []byte, key crypto.PublicKey) []byte

// AsDER gives the same signature as ASN.1 ECDSA-Sig-Value, which COSE does not allow (RFC 9053 §2.1).
func AsDER(raw []byte, _ crypto.PublicKey) []byte {
	der, err := asn1.Marshal(split(raw))
	must(err)
	return der
}

// Mirrored gives (r, n−s), which verifies too: a second signature that nobody had to make.
func Mirrored(raw []byte, key crypto.PublicKey) []byte {
	sig := split(raw)
	sig.S.Sub(order(key), sig.S)
	return sig.join(len(raw))
}

// ZeroR gives (0, s).
func ZeroR(raw []byte, _ crypto.PublicKey) []byte {
	return ecdsaSignature{new(big.Int), split(raw).S}.join(len(raw))
}

// ZeroS gives (r, 0).
func ZeroS(raw []byte, _ crypto.PublicKey) []byte {
	return ecdsaSignature{split(raw).R, new(big.Int)}.join(len(raw))
}

// AllZero gives (0, 0), the signature that CVE-2022-21449 accepted for everything.
func AllZero(raw []byte, _ crypto.PublicKey) []byte { return make([]byte, len(raw)) }

// OrderS gives (r, n).
func OrderS(raw []byte, key crypto.PublicKey) []byte {
	return ecdsaSignature{split(raw).R, order(key)}.join(len(raw))
}

// NoSignature gives no bytes at all. It suits every kind of key.
func NoSignature([]byte, crypto.PublicKey) []byte { return []byte{} }

// Shortened leaves the last byte out. It suits every kind of key.
func Shortened(raw []byte, _ crypto.PublicKey) []byte { return raw[:len(raw)-1] }

// Lengthened adds a zero byte to the end. It suits every kind of key.
func Lengthened(raw []byte, _ crypto.PublicKey) []byte { return append(raw[:len(raw):len(raw)], 0) }

func order(key crypto.PublicKey) *big.Int { return key.(*ecdsa.PublicKey).Curve.Params().N }

func split(raw []byte) ecdsaSignature {
	half := len(raw) / 2
	return ecdsaSignature{new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])}
}

func (sig ecdsaSignature) join(size int) []byte {
	raw := make([]byte, size)
	sig.R.FillBytes(raw[:size/2])
	sig.S.FillBytes(raw[size/2:])
	return raw
}
