package sig

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha512"
	"errors"
	"fmt"
	"math/big"

	"github.com/travelseal/travelseal/formats"
)

func verifyRSA(a formats.Algorithm, key crypto.PublicKey, signed, signature []byte) error {
	k, ok := key.(*rsa.PublicKey)
	if !ok {
		return wrongKey(key, "RSA")
	}
	if err := checkRSA(k); err != nil {
		return err
	}
	var buf [sha512.Size]byte
	sum := digest(a.Hash, signed, &buf)
	if sum == nil {
		return fmt.Errorf("%w: RSA with %s", ErrUnsupported, a.Hash)
	}
	if a.Scheme == formats.RSAPSS {
		if err := checkPSS(a); err != nil {
			return err
		}
	}
	// RFC 8017 §8.1.2 and §8.2.2, step 1.
	if len(signature) != k.Size() {
		return fmt.Errorf("%w: %d bytes, want %d of the modulus", ErrEncoding, len(signature), k.Size())
	}
	if a.Scheme == formats.RSAPSS {
		if err := verifyPSS(a, k, sum, signature); err != nil {
			return err
		}
		return weighed(a.Hash)
	}
	err := rsa.VerifyPKCS1v15(k, a.Hash, sum, signature)
	if errors.Is(err, rsa.ErrVerification) && holdsWithoutNull(a.Hash, k, sum, signature) {
		return ErrNullOmitted
	}
	if err != nil {
		return rsaError(err)
	}
	return weighed(a.Hash)
}

// rsaError tells a signature that does not match from a check that crypto/rsa would not make, as it does in FIPS
// 140-only mode.
func rsaError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, rsa.ErrVerification):
		return ErrMismatch
	}
	return fmt.Errorf("%w: %w", ErrUnsupported, err)
}

// openRSA is RSAVP1 (RFC 8017 §5.2.2): it writes signature^e mod n to em, and reports false where the signature is not
// below n or the result does not fit. math/big is not constant-time, which does not matter: key, signature and result
// are public.
func openRSA(k *rsa.PublicKey, signature, em []byte) bool {
	s := new(big.Int).SetBytes(signature)
	if s.Cmp(k.N) >= 0 {
		return false
	}
	m := s.Exp(s, big.NewInt(int64(k.E)), k.N)
	if m.BitLen() > 8*len(em) {
		return false
	}
	m.FillBytes(em)
	return true
}
