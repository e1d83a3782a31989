package pki

import (
	"crypto"
	_ "crypto/md5"    // the hashes are registered by their packages
	_ "crypto/sha1"   // which states still sign with
	_ "crypto/sha256" // as above
	_ "crypto/sha512" // as above

	"github.com/travelseal/travelseal/internal/mint/der"
)

// A Scheme is a family of signature algorithms.
type Scheme int

// The schemes.
const (
	SchemeECDSA Scheme = iota + 1
	SchemePKCS1
	SchemePSS
	SchemeEd25519
	// SchemeGarbage forges PKCS #1 v1.5 for exponent 3 without the private key (Bleichenbacher 2006): a reader that does not
	// look at what follows the DigestInfo takes it.
	SchemeGarbage
)

// An Algorithm is how a signature is made, and how its AlgorithmIdentifier is written; the two need not agree.
type Algorithm struct {
	Scheme Scheme
	Hash   crypto.Hash
	PSS    PSS
	// Plain writes an ECDSA signature as r‖s (BSI TR-03111 §5.2.1).
	Plain bool
	// NoNull leaves the parameters out of the DigestInfo (RFC 8017 §9.2 note 1).
	NoNull bool
	// Block replaces the encoding EMSA-PKCS1-v1_5 before the private key is applied to it.
	Block func(digestInfo []byte, size int) []byte
	// ID is the AlgorithmIdentifier.
	ID der.Value
}

// Stating gives the algorithm with another AlgorithmIdentifier.
func (a Algorithm) Stating(id der.Value) Algorithm {
	a.ID = id
	return a
}

var ecdsaOIDs = map[crypto.Hash]string{
	crypto.SHA1:   "1.2.840.10045.4.1",
	crypto.SHA224: "1.2.840.10045.4.3.1",
	crypto.SHA256: "1.2.840.10045.4.3.2",
	crypto.SHA384: "1.2.840.10045.4.3.3",
	crypto.SHA512: "1.2.840.10045.4.3.4",
}

// ECDSA is ecdsa-with-SHAx (RFC 3279 §2.2.3, RFC 5758 §3.2), without parameters.
func ECDSA(h crypto.Hash) Algorithm {
	return Algorithm{Scheme: SchemeECDSA, Hash: h, ID: der.Seq(der.OID(look(ecdsaOIDs, h, "ECDSA")))}
}

var plainOIDs = map[crypto.Hash]string{
	crypto.SHA1:   "0.4.0.127.0.7.1.1.4.1.1",
	crypto.SHA224: "0.4.0.127.0.7.1.1.4.1.2",
	crypto.SHA256: "0.4.0.127.0.7.1.1.4.1.3",
	crypto.SHA384: "0.4.0.127.0.7.1.1.4.1.4",
	crypto.SHA512: "0.4.0.127.0.7.1.1.4.1.5",
}

// PlainECDSA is ecdsa-plain-SHAx (BSI TR-03111 §5.2.1.1): r‖s in place of a structure.
func PlainECDSA(h crypto.Hash) Algorithm {
	return Algorithm{Scheme: SchemeECDSA, Hash: h, Plain: true, ID: der.Seq(der.OID(look(plainOIDs, h, "plain ECDSA")))}
}

var pkcs1OIDs = map[crypto.Hash]string{
	crypto.MD5:    "1.2.840.113549.1.1.4",
	crypto.SHA1:   "1.2.840.113549.1.1.5",
	crypto.SHA224: "1.2.840.113549.1.1.14",
	crypto.SHA256: "1.2.840.113549.1.1.11",
	crypto.SHA384: "1.2.840.113549.1.1.12",
	crypto.SHA512: "1.2.840.113549.1.1.13",
}

// PKCS1 is RSASSA-PKCS1-v1_5 under the identifier shaXWithRSAEncryption (RFC 8017 §A.2.4).
func PKCS1(h crypto.Hash) Algorithm {
	return Algorithm{Scheme: SchemePKCS1, Hash: h, ID: der.Seq(der.OID(look(pkcs1OIDs, h, "RSA")), der.Null())}
}

// RSAEncryption is the same signature under the key's identifier, as CMS permits it (RFC 3370 §3.2).
func RSAEncryption(h crypto.Hash) Algorithm {
	return PKCS1(h).Stating(der.Seq(der.OID(oidRSAEncryption), der.Null()))
}

// PKCS1NoNull leaves the NULL out of the DigestInfo.
func PKCS1NoNull(h crypto.Hash) Algorithm {
	a := PKCS1(h)
	a.NoNull = true
	return a
}

// PKCS1Forged is a signature that was made without the private key, for a key with exponent 3.
func PKCS1Forged(h crypto.Hash) Algorithm {
	a := PKCS1(h)
	a.Scheme = SchemeGarbage
	return a
}

// PSSWith is RSASSA-PSS with parameters that are stated as they are used.
func PSSWith(p PSS) Algorithm {
	return Algorithm{Scheme: SchemePSS, Hash: p.Hash, PSS: p, ID: p.Identifier()}
}

// PSSOf is RSASSA-PSS with one hash throughout and a salt of its length, as Doc 9303-12 §4.4.1 and RFC 4055 §3.1 have it.
func PSSOf(h crypto.Hash) Algorithm {
	return PSSWith(PSS{Hash: h, MGF: h, Salt: h.Size(), Trailer: 1})
}

// EdDSA is Ed25519 (RFC 8410 §3).
func EdDSA() Algorithm {
	return Algorithm{Scheme: SchemeEd25519, Hash: crypto.SHA512, ID: der.Seq(der.OID(oidEd25519))}
}

// Default is the algorithm that a key signs with where nothing is said: ECDSA with the hash of the curve's size
// (Doc 9303-12 §4.4.2), PKCS #1 with SHA-256, or Ed25519.
func (k *Key) Default() Algorithm {
	switch {
	case k.Ed25519 != nil:
		return EdDSA()
	case k.Curve == nil:
		return PKCS1(crypto.SHA256)
	}
	switch bits := k.Curve.N.BitLen(); {
	case bits > 384:
		return ECDSA(crypto.SHA512)
	case bits > 256:
		return ECDSA(crypto.SHA384)
	case bits > 224:
		return ECDSA(crypto.SHA256)
	case bits > 192:
		return ECDSA(crypto.SHA224)
	}
	return ECDSA(crypto.SHA1)
}

// HashID is the AlgorithmIdentifier of a hash function without parameters, as RFC 5754 §2 prefers it.
func HashID(h crypto.Hash) der.TLV { return der.Seq(der.OID(HashOID(h))) }

// HashIDNull is the AlgorithmIdentifier of a hash function with NULL, as RFC 3279 §2.1 has it.
func HashIDNull(h crypto.Hash) der.TLV { return der.Seq(der.OID(HashOID(h)), der.Null()) }

// Digest hashes a message.
func Digest(h crypto.Hash, message []byte) []byte {
	f := h.New()
	f.Write(message)
	return f.Sum(nil)
}
