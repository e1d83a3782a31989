package cert

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/sig"
)

// A signed is what a certificate and a revocation list have in common.
type signed struct {
	algorithm formats.Algorithm
	problem   error // why the algorithm is not known
	tbs       []byte
	signature []byte
}

// readSigned takes SEQUENCE { tbs, signatureAlgorithm, signature BIT STRING } apart (RFC 5280 §4.1, §5.1).
func readSigned(outer der.Value, what string) (tbs, algorithm der.Value, signature []byte, err error) {
	r := outer.Reader()
	if tbs, err = r.Read(der.Sequence, "the signed part"); err != nil {
		return tbs, algorithm, nil, err
	}
	if algorithm, err = r.Read(der.Sequence, "the signature algorithm"); err != nil {
		return tbs, algorithm, nil, err
	}
	bits, err := r.Read(der.BitString, "the signature")
	if err != nil {
		return tbs, algorithm, nil, err
	}
	if err = r.End(what); err != nil {
		return tbs, algorithm, nil, err
	}
	signature, err = bits.Octets("the signature")
	return tbs, algorithm, signature, err
}

// fits reports whether a key is of the kind, and an RSA key of the size, that makes such signatures. A signature of an
// unknown kind fits all, so that its own problem comes up.
func (c *Certificate) fits(key crypto.PublicKey) bool {
	switch k := key.(type) {
	case *rsa.PublicKey:
		if s := c.Algorithm.Scheme; s == formats.RSAPKCS1 || s == formats.RSAPSS {
			return len(c.Signature) == k.Size() // RFC 8017 §8.1.2 and §8.2.2, step 1
		}
	case *ecdsa.PublicKey, *ec.PublicKey:
		if c.Algorithm.Scheme == formats.ECDSA {
			return true
		}
	case ed25519.PublicKey:
		if c.Algorithm.Scheme == formats.Ed25519 {
			return true
		}
	}
	return c.Algorithm.Scheme == formats.UnknownScheme
}

// CheckSeal checks a signature over anything by the key of a certificate, within the limits that the certificate sets for its
// key. Errors are those of package sig, and of [KeyLimits.Permit].
func (c *Certificate) CheckSeal(s formats.Seal) error {
	return checkSignature(c, signed{tbs: s.Signed, algorithm: s.Algorithm, signature: s.Signature})
}

func checkSignature(issuer *Certificate, s signed) error {
	switch {
	case s.problem != nil:
		return s.problem
	case issuer.KeyProblem != nil:
		return issuer.KeyProblem
	}
	if err := issuer.KeyLimits.Permit(s.algorithm); err != nil {
		return err
	}
	return sig.Verify(s.algorithm, issuer.Key, s.tbs, s.signature)
}
