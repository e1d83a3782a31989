package sig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/sha512"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ec"
)

func verifyECDSA(a formats.Algorithm, key crypto.PublicKey, signed, signature []byte) error {
	var name string
	var size int
	var err error
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		name, size, err = curveOfKey(k)
	case *ec.PublicKey:
		name, size, err = curveOfOwn(k)
	default:
		return wrongKey(key, "ECDSA")
	}
	if err != nil {
		return err
	}
	if a.Curve != "" && a.Curve != name {
		return fmt.Errorf("%w: key on %s, want %s", ErrKeyType, name, a.Curve)
	}
	hash := a.Hash
	if hash == formats.HashOfCurve {
		hash = hashOfCurve(size)
	}
	var buf [sha512.Size]byte
	sum := digest(hash, signed, &buf)
	if sum == nil {
		return fmt.Errorf("%w: ECDSA with %s", ErrUnsupported, hash)
	}
	holds := false
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		holds, err = holdsStandard(a, k, size, sum, signature)
	case *ec.PublicKey:
		holds, err = holdsOwn(a, k, size, sum, signature)
	}
	switch {
	case err != nil:
		return err
	case !holds:
		return ErrMismatch
	}
	return weighed(hash)
}

// hashOfCurve is [formats.HashOfCurve] for a curve by the length of its order in bytes. Of the curves that are checked here
// only P-521 has an order that does not fill its bytes, and no hash is as long as that.
func hashOfCurve(size int) crypto.Hash {
	switch {
	case size <= 28:
		return crypto.SHA224
	case size <= 32:
		return crypto.SHA256
	case size <= 48:
		return crypto.SHA384
	}
	return crypto.SHA512
}

// holdsStandard checks a signature by the standard library.
func holdsStandard(a formats.Algorithm, k *ecdsa.PublicKey, size int, sum, signature []byte) (bool, error) {
	switch a.Encoding {
	case formats.Raw:
		if len(signature) != 2*size {
			return false, rawLength(signature, k.Params().Name, size)
		}
		var der [maxSigValue]byte
		signature = appendSigValue(der[:0], signature[:size], signature[size:])
	case formats.DER:
		if !isSigValue(signature) {
			return false, errSigValue
		}
	default:
		return false, fmt.Errorf("%w: ECDSA signature in encoding %d", ErrUnsupported, int(a.Encoding))
	}
	if ecdsa.VerifyASN1(k, sum, signature) {
		return true, nil
	}
	// crypto/ecdsa answers false for an impossible key too, but that is no evidence against the signature.
	return false, checkECDSA(k)
}

// holdsOwn checks a signature on a curve that the standard library does not have.
func holdsOwn(a formats.Algorithm, k *ec.PublicKey, size int, sum, signature []byte) (bool, error) {
	switch a.Encoding {
	case formats.Raw:
		if len(signature) != 2*size {
			return false, rawLength(signature, k.Curve().Name(), size)
		}
		return k.Verify(sum, signature[:size], signature[size:]), nil
	case formats.DER:
		r, s, ok := cutSigValue(signature)
		if !ok {
			return false, errSigValue
		}
		return k.Verify(sum, r, s), nil
	}
	return false, fmt.Errorf("%w: ECDSA signature in encoding %d", ErrUnsupported, int(a.Encoding))
}

var errSigValue = fmt.Errorf("%w: not a DER ECDSA-Sig-Value", ErrEncoding)

func rawLength(signature []byte, curve string, size int) error {
	return fmt.Errorf("%w: r‖s of %d bytes, want %d on %s", ErrEncoding, len(signature), 2*size, curve)
}
