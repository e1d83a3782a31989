package sig

import (
	"bytes"
	"crypto/fips140"
	"fmt"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/ec"
)

// verifyEC is verifyECDSA for the curves that the standard library lacks. sum is the hash of what was signed.
func verifyEC(a formats.Algorithm, k *ec.PublicKey, sum, signature []byte) error {
	if err := checkEC(k); err != nil {
		return err
	}
	if fips140.Enforced() {
		return fmt.Errorf("%w: ECDSA on %s in FIPS 140-only mode", ErrUnsupported, k.Curve().Name())
	}
	name, size := k.Curve().Name(), k.Curve().OrderSize()
	if a.Curve != "" && a.Curve != name {
		return fmt.Errorf("%w: key on %s, want %s", ErrKeyType, name, a.Curve)
	}
	var r, s []byte
	switch a.Encoding {
	case formats.Raw:
		if len(signature) != 2*size {
			return fmt.Errorf("%w: r‖s of %d bytes, want %d on %s", ErrEncoding, len(signature), 2*size, name)
		}
		r, s = signature[:size], signature[size:]
	case formats.DER:
		if !isSigValue(signature) {
			return fmt.Errorf("%w: not a DER ECDSA-Sig-Value", ErrEncoding)
		}
		r, s = splitSigValue(signature)
	default:
		return fmt.Errorf("%w: ECDSA signature in encoding %d", ErrUnsupported, int(a.Encoding))
	}
	if !k.Verify(bytes.Clone(sum), r, s) { // a clone, so that the caller's hash may stay off the heap
		return ErrMismatch
	}
	return nil
}

func checkEC(k *ec.PublicKey) error {
	switch {
	case k == nil || k.Curve() == nil:
		return fmt.Errorf("%w: ECDSA key without a curve", ErrWeakKey)
	case k.Curve().OrderBits() < minCurveBits:
		return fmt.Errorf("%w: ECDSA key on %s, want %d bits or more", ErrWeakKey, k.Curve().Name(), minCurveBits)
	}
	return nil
}
