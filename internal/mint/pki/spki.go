package pki

import (
	"crypto"
	"crypto/ed25519"
	"math/big"

	"github.com/travelseal/travelseal/internal/mint/der"
)

// An SPKI says how a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) is written. The zero SPKI writes it as it should be: by the
// name of the curve, with an uncompressed point; for RSA with NULL parameters.
type SPKI struct {
	// Params are the domain parameters of a curve, or an RSA key's parameters: Explicit(…).Value(), ImplicitCA().
	Params der.Value
	// Form is how the point is written.
	Form PointForm
	// NoParams leaves out the parameters.
	NoParams bool
	// PSS names id-RSASSA-PSS as the key's only algorithm (RFC 4055 §1.2), with Params, or with none.
	PSS bool
	// Key replaces the content of the subjectPublicKey.
	Key []byte
	// Unused is written as the number of bits of the subjectPublicKey that do not count.
	Unused byte
	// InKey, InAlgorithm and InSequence stand after the end of the key, of the algorithm's parameters, of the key's bits.
	InKey, InAlgorithm, InSequence []byte
}

// ImplicitCA stands for domain parameters that are known otherwise (RFC 3279 §2.3.5); RFC 5480 §2.1.1 forbids it.
func ImplicitCA() der.Value { return der.Null() }

// Value writes the SubjectPublicKeyInfo of a key.
func (s SPKI) Value(k *Key) der.TLV {
	algorithm, key := s.parts(k)
	if s.Key != nil {
		key = s.Key
	}
	if len(s.InAlgorithm) > 0 {
		algorithm = der.And(algorithm, der.Raw(s.InAlgorithm))
	}
	key = append(append([]byte(nil), key...), s.InKey...)
	return der.Seq(algorithm, der.BitsUnused(key, s.Unused), der.Raw(s.InSequence))
}

func (s SPKI) parts(k *Key) (algorithm der.TLV, key []byte) {
	oid, params := oidRSAEncryption, der.Value(der.Null())
	switch {
	case k.Curve != nil:
		oid, params = oidECPublicKey, der.OID(k.Curve.OID)
		key = k.Curve.Encode(k.Public, s.Form)
	case k.Ed25519 != nil:
		oid, params = oidEd25519, nil
		key = k.Ed25519.Public().(ed25519.PublicKey)
	default:
		if s.PSS {
			oid, params = oidPSS, nil
		}
		key = RSAPublicKey(k.Modulus, k.Exponent).Encode()
	}
	if s.Params != nil {
		params = s.Params
	}
	algorithm = der.Seq(der.OID(oid))
	if params != nil && !s.NoParams {
		algorithm = der.And(algorithm, params)
	}
	return algorithm, key
}

// RSAPublicKey is the structure of RFC 8017 §A.1.1, with any numbers.
func RSAPublicKey(modulus, exponent *big.Int) der.TLV {
	return der.Seq(der.BigInt(modulus), der.BigInt(exponent))
}

// RSANumbers writes an RSA key with numbers that are not its own: an even modulus, one of 16,384 bits, an exponent of 1.
func RSANumbers(modulus, exponent *big.Int) SPKI {
	return SPKI{Key: RSAPublicKey(modulus, exponent).Encode()}
}

// KeyID is the SHA-1 hash of the subjectPublicKey, method 1 of RFC 5280 §4.2.1.2.
func (s SPKI) KeyID(k *Key) []byte {
	_, key := s.parts(k)
	return Digest(crypto.SHA1, key)
}
