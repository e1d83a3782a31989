package formats

import (
	"crypto"
	"strconv"
)

// A Seal is one signature: the exact bytes signed, the signature, and what the document says of who made it.
type Seal struct {
	Role              Role
	Envelope          string // COSE_Sign1, JWS, CMS, raw
	Algorithm         Algorithm
	Signed, Signature []byte
	Signer            Signer
	// Key is for the seal of a Holder: the key that the issuer has named as that of the holder's device.
	Key HolderKey
	// Problem is set where the seal can be read but must not be checked, because its own header forbids it. A seal with
	// a problem never holds and never disproves.
	Problem Problem
}

// A Role says what a signature proves. The zero Role vouches for nothing.
type Role int

const (
	// Holder proves possession of a device or chip. It never vouches for a claim.
	Holder Role = iota
	// Issuer vouches for the claims that the seal covers.
	Issuer
)

func (r Role) String() string {
	switch r {
	case Holder:
		return "holder"
	case Issuer:
		return "issuer"
	}
	return "Role(" + strconv.Itoa(int(r)) + ")"
}

// A HolderKey is the public key of a device, as the content that an issuer has sealed gives it: the name of its curve and
// the coordinates, of which Ed25519 has X alone. It counts only where the coordinates stand in what is sealed.
type HolderKey struct {
	Curve string // "P-256"
	X, Y  []byte
}

// A Signer is a hint for choosing among trusted keys. It never adds one and never causes a network call.
type Signer struct {
	KeyID   []byte
	Issuer  string   // the issuer's name in the format's own form: a country code, a URL, a DID
	Country string   // ISO 3166-1 alpha-2 as the document spells it, where it names one
	Chain   [][]byte // DER certificates that came with the document, signer first
	// Leaves is how many of Chain's first certificates may be the signer's, where the document does not say which; 0 means
	// one.
	Leaves int
	// DocumentType is the kind of travel document that is sealed, as the first letters of its machine readable zone ("P") or
	// the type of a mobile document, where its signers may be limited to some.
	DocumentType string
}

// A Problem says why a readable seal must not be checked. Code is one of the codes of package verify.
type Problem struct{ Code, Text string }

// An Algorithm is a signature scheme with every parameter that the document or its specification states. Nothing is
// left to a default: RSA-PSS carries its MGF hash and salt length, ECDSA the form of its signature.
type Algorithm struct {
	Scheme     Scheme
	Hash       crypto.Hash // or HashOfCurve
	MGFHash    crypto.Hash // RSA-PSS
	SaltLength int         // RSA-PSS, in bytes
	Encoding   Encoding    // ECDSA
	// Curve is set where the algorithm itself fixes the curve, as JOSE does ("P-256"); "" leaves it to the key.
	Curve string
}

// HashOfCurve stands as the Hash of an ECDSA Algorithm where the specification leaves it to the signer's curve: it is the
// shortest of SHA-224, SHA-256, SHA-384 and SHA-512 that is as long as the order of the curve, and SHA-512 for a longer order
// (ICAO Doc 9303-13 §2.4). It is no hash of package crypto.
const HashOfCurve crypto.Hash = 1 << 16

// A Scheme is a family of signature algorithms. The zero Scheme is unknown and verifies nothing.
type Scheme int

const (
	UnknownScheme Scheme = iota
	ECDSA
	RSAPSS
	RSAPKCS1
	Ed25519
)

// An Encoding is the form of an ECDSA signature.
type Encoding int

const (
	// Raw is r‖s, each of the length of the curve's order (COSE, JOSE, ICAO VDS).
	Raw Encoding = iota
	// DER is ASN.1 ECDSA-Sig-Value (CMS, X.509).
	DER
)

// Name is the short name that officers and logs see: ES256, PS256, RS256, EdDSA; ECDSA where the hash follows the curve; "" for
// the zero Algorithm.
func (a Algorithm) Name() string {
	var prefix string
	switch a.Scheme {
	case ECDSA:
		prefix = "ES"
	case RSAPSS:
		prefix = "PS"
	case RSAPKCS1:
		prefix = "RS"
	case Ed25519:
		return "EdDSA"
	default:
		return ""
	}
	switch a.Hash {
	case crypto.SHA1:
		return prefix + "1"
	case crypto.SHA224:
		return prefix + "224"
	case crypto.SHA256:
		return prefix + "256"
	case crypto.SHA384:
		return prefix + "384"
	case crypto.SHA512:
		return prefix + "512"
	case HashOfCurve:
		if a.Scheme == ECDSA {
			return "ECDSA"
		}
	}
	return prefix
}

// The algorithms of RFC 8152 §8 and RFC 8230 §2 (COSE), which RFC 7518 §3 (JOSE) names alike.
var (
	ES256 = Algorithm{Scheme: ECDSA, Hash: crypto.SHA256}
	ES384 = Algorithm{Scheme: ECDSA, Hash: crypto.SHA384}
	ES512 = Algorithm{Scheme: ECDSA, Hash: crypto.SHA512}
	PS256 = Algorithm{Scheme: RSAPSS, Hash: crypto.SHA256, MGFHash: crypto.SHA256, SaltLength: 32}
	PS384 = Algorithm{Scheme: RSAPSS, Hash: crypto.SHA384, MGFHash: crypto.SHA384, SaltLength: 48}
	PS512 = Algorithm{Scheme: RSAPSS, Hash: crypto.SHA512, MGFHash: crypto.SHA512, SaltLength: 64}
	RS256 = Algorithm{Scheme: RSAPKCS1, Hash: crypto.SHA256}
	EdDSA = Algorithm{Scheme: Ed25519}
)
