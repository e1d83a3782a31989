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
	var buf [sha512.Size]byte
	sum := digest(a.Hash, signed, &buf)
	if sum == nil {
		return fmt.Errorf("%w: ECDSA with %s", ErrUnsupported, a.Hash)
	}
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		return verifyNIST(a, k, sum, signature)
	case *ec.PublicKey:
		return verifyEC(a, k, sum, signature)
	}
	return wrongKey(key, "ECDSA")
}

// verifyNIST has the curves of the standard library, which are faster there.
func verifyNIST(a formats.Algorithm, k *ecdsa.PublicKey, sum, signature []byte) error {
	name, size, err := curveOfKey(k)
	if err != nil {
		return err
	}
	if a.Curve != "" && a.Curve != name {
		return fmt.Errorf("%w: key on %s, want %s", ErrKeyType, name, a.Curve)
	}
	switch a.Encoding {
	case formats.Raw:
		if len(signature) != 2*size {
			return fmt.Errorf("%w: r‖s of %d bytes, want %d on %s", ErrEncoding, len(signature), 2*size, name)
		}
		var der [maxSigValue]byte
		signature = appendSigValue(der[:0], signature[:size], signature[size:])
	case formats.DER:
		if !isSigValue(signature) {
			return fmt.Errorf("%w: not a DER ECDSA-Sig-Value", ErrEncoding)
		}
	default:
		return fmt.Errorf("%w: ECDSA signature in encoding %d", ErrUnsupported, int(a.Encoding))
	}
	if ecdsa.VerifyASN1(k, sum, signature) {
		return nil
	}
	// crypto/ecdsa answers false for an impossible key too, but that is no evidence against the signature.
	if err := checkECDSA(k); err != nil {
		return err
	}
	return ErrMismatch
}
