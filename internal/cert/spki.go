package cert

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/der"
	"github.com/travelseal/travelseal/internal/ec"
	"github.com/travelseal/travelseal/internal/sig"
)

// KeyLimits is what a key says of the algorithms that it may be used with. The zero KeyLimits says nothing.
type KeyLimits struct {
	PSSOnly bool // the key is marked id-RSASSA-PSS and never verifies RSA v1.5 (RFC 4055 §1.2)
	// Bound says that the key names its parameters: the hashes must be these and the salt at least as long (RFC 4055 §3.3).
	Bound         bool
	Hash, MGFHash crypto.Hash
	MinSalt       int // in bytes
}

// ErrKeyLimits means that a key's own parameters do not allow the algorithm.
var ErrKeyLimits = errors.New("the key's own parameters do not allow this algorithm")

// Permit is nil where the key may be used with the algorithm, and otherwise an [ErrKeyLimits] that says why not.
func (l KeyLimits) Permit(a formats.Algorithm) error {
	switch {
	case !l.PSSOnly:
		return nil
	case a.Scheme != formats.RSAPSS:
		return fmt.Errorf("%w: it is for RSASSA-PSS only", ErrKeyLimits)
	case !l.Bound:
		return nil
	case a.Hash != l.Hash || a.MGFHash != l.MGFHash:
		return fmt.Errorf("%w: it names other hashes", ErrKeyLimits)
	case a.SaltLength < l.MinSalt:
		return fmt.Errorf("%w: it names a longer salt", ErrKeyLimits)
	}
	return nil
}

// readSPKI reads SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). A key that cannot be used is a problem and no error: the
// certificate can still be shown, and says who made it.
func readSPKI(v der.Value, n *notes) (key crypto.PublicKey, limits KeyLimits, problem, err error) {
	const what = "the public key"
	r := v.Reader()
	algorithm, err := r.Read(der.Sequence, what)
	if err != nil {
		return nil, limits, nil, err
	}
	bits, err := r.Read(der.BitString, what)
	if err != nil {
		return nil, limits, nil, err
	}
	if err := r.End(what); err != nil {
		return nil, limits, nil, err
	}
	oid, params, given, err := identifier(algorithm, what)
	if err != nil {
		return nil, limits, nil, err
	}
	octets, err := bits.Octets(what)
	if err != nil {
		return nil, limits, nil, err
	}
	switch oid {
	case oidRSAKey:
		if !given {
			n.add(CodeNullAbsent, what, algorithm.Offset)
		} else if !isNull(params) {
			return nil, limits, params.Fail(what, der.ErrTag), nil
		}
		key, problem = rsaKey(bits)
	case oidPSS:
		limits.PSSOnly = true
		if given {
			a, err := readPSS(params, n)
			if err != nil {
				return nil, limits, err, nil
			}
			limits.Bound, limits.Hash, limits.MGFHash, limits.MinSalt = true, a.Hash, a.MGFHash, a.SaltLength
		}
		key, problem = rsaKey(bits)
	case oidECKey:
		if !given {
			return nil, limits, algorithm.Fail("the curve", der.ErrTruncated), nil
		}
		key, problem = ecKey(params, octets, n)
	case oidEd25519:
		if given {
			return nil, limits, params.Fail(what, der.ErrTag), nil
		}
		key, problem = checked(ed25519.PublicKey(octets))
	default:
		problem = fmt.Errorf("%s: %w", what, sig.ErrUnsupported)
	}
	return key, limits, problem, nil
}

// checked is the key where internal/sig would use it.
func checked(key crypto.PublicKey) (crypto.PublicKey, error) {
	if err := sig.CheckKey(key); err != nil {
		return nil, err
	}
	return key, nil
}

// rsaKey reads RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } (RFC 8017 §A.1.1).
func rsaKey(bits der.Value) (crypto.PublicKey, error) {
	const what = "the RSA key"
	in, err := bits.InBits(der.Sequence, what)
	if err != nil {
		return nil, err
	}
	r := in.Reader()
	modulus, err := r.Read(der.Integer, "the RSA modulus")
	if err != nil {
		return nil, err
	}
	exponent, err := r.Read(der.Integer, "the RSA exponent")
	if err != nil {
		return nil, err
	}
	if err := r.End(what); err != nil {
		return nil, err
	}
	m, err := modulus.Unsigned("the RSA modulus")
	if err != nil {
		return nil, err
	}
	e, err := exponent.Small(1<<31-1, "the RSA exponent")
	if err != nil {
		return nil, err
	}
	return checked(&rsa.PublicKey{N: new(big.Int).SetBytes(m), E: e})
}

// ecKey reads the point of a key on the curve that its parameters name or spell out (RFC 5480 §2.1.1, RFC 3279 §2.3.5).
func ecKey(params der.Value, point []byte, n *notes) (crypto.PublicKey, error) {
	switch params.Tag {
	case der.ObjectID:
		oid, err := params.OID("the curve")
		if err != nil {
			return nil, err
		}
		switch oid {
		case oidP256:
			return nistKey(elliptic.P256(), point)
		case oidP384:
			return nistKey(elliptic.P384(), point)
		case oidP521:
			return nistKey(elliptic.P521(), point)
		}
		return curveKey(ec.ByOID(oid.String()), point)
	case der.Sequence:
		c, err := readCurve(params, n)
		if err != nil {
			return nil, err
		}
		return curveKey(c, point)
	}
	return nil, params.Fail("the curve", der.ErrTag)
}

func nistKey(c elliptic.Curve, point []byte) (crypto.PublicKey, error) {
	k, err := ecdsa.ParseUncompressedPublicKey(c, point)
	if err != nil {
		return nil, fmt.Errorf("the public key: %w: not an uncompressed point of its curve", sig.ErrWeakKey)
	}
	return k, nil
}

// curveKey makes a key on a curve of internal/ec; nil is no curve that is known.
func curveKey(c *ec.Curve, point []byte) (crypto.PublicKey, error) {
	if c == nil {
		return nil, fmt.Errorf("the curve: %w", sig.ErrUnsupported)
	}
	switch c.Name() {
	case "P-256":
		return nistKey(elliptic.P256(), point)
	case "P-384":
		return nistKey(elliptic.P384(), point)
	case "P-521":
		return nistKey(elliptic.P521(), point)
	}
	k, err := ec.NewPublicKey(c, point)
	if err != nil {
		return nil, fmt.Errorf("the public key: %w: %w", sig.ErrWeakKey, err)
	}
	return checked(k)
}
