package sig

import (
	"crypto"
	"fmt"

	"github.com/travelseal/travelseal/formats"
)

// Verify checks signature over the bytes signed, by key, under exactly the parameters of a. It returns nil only where
// the signature holds. All other results are one of this package's errors, for [errors.Is].
//
// Keys are *ecdsa.PublicKey, *ec.PublicKey, *ec.Table, *rsa.PublicKey and ed25519.PublicKey. No weak key ever yields nil, whether or not the
// caller has asked [CheckKey] before.
func Verify(a formats.Algorithm, key crypto.PublicKey, signed, signature []byte) error {
	switch a.Scheme {
	case formats.ECDSA:
		return verifyECDSA(a, key, signed, signature)
	case formats.RSAPSS, formats.RSAPKCS1:
		return verifyRSA(a, key, signed, signature)
	case formats.Ed25519:
		return verifyEd25519(a, key, signed, signature)
	}
	return fmt.Errorf("%w: no scheme that is known", ErrUnsupported)
}
