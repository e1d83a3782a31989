package sig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"fmt"

	"github.com/travelseal/travelseal/internal/ec"
)

// The bounds of an RSA key. Below 2048 bits a modulus can be factored by those who would want to; above 8192 it only
// costs time. The bound of the exponent is that of crypto/rsa, the same on every machine.
const (
	minRSABits     = 2048
	maxRSABits     = 8192
	minCurveBits   = 224 // the order of a curve; as strong as RSA of 2048 bits
	minRSAExponent = 3
	maxRSAExponent = 1<<31 - 1
)

// CheckKey reports whether a key may be used at all: nil, [ErrWeakKey] or [ErrUnsupported]. Loaders of trust lists call
// it once, so that a useless key is seen on the day it is loaded.
func CheckKey(key crypto.PublicKey) error {
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		return checkECDSA(k)
	case *ec.PublicKey:
		_, _, err := curveOfOwn(k)
		return err
	case *rsa.PublicKey:
		return checkRSA(k)
	case ed25519.PublicKey:
		return checkEd25519(k)
	}
	return fmt.Errorf("%w: key of type %T", ErrUnsupported, key)
}

// wrongKey is the error for a key that the scheme cannot use. A key that no scheme here can use says nothing of the
// algorithm, so it is unsupported rather than of the wrong kind.
func wrongKey(key crypto.PublicKey, want string) error {
	switch key.(type) {
	case *ecdsa.PublicKey, *ec.PublicKey, *rsa.PublicKey, ed25519.PublicKey:
		return fmt.Errorf("%w: key of type %T, want %s", ErrKeyType, key, want)
	}
	return fmt.Errorf("%w: key of type %T", ErrUnsupported, key)
}

// curveOf gives the name of a curve (FIPS 186-4 §D.1.2) and the length of its order in bytes; "" and 0 where it is not
// one of the table. Only the library's own curves count: another curve may call itself P-256 (CVE-2020-0601).
func curveOf(c elliptic.Curve) (name string, size int) {
	switch c {
	case elliptic.P224():
		return "P-224", 28
	case elliptic.P256():
		return "P-256", 32
	case elliptic.P384():
		return "P-384", 48
	case elliptic.P521():
		return "P-521", 66
	}
	return "", 0
}

// curveOfKey is curveOf for a key that is whole enough to be handed to crypto/ecdsa, which panics on the others.
func curveOfKey(k *ecdsa.PublicKey) (name string, size int, err error) {
	if k == nil || k.Curve == nil {
		return "", 0, fmt.Errorf("%w: ECDSA key without a curve", ErrWeakKey)
	}
	if name, size = curveOf(k.Curve); size == 0 {
		return "", 0, fmt.Errorf("%w: ECDSA key on a curve that the standard library does not check", ErrUnsupported)
	}
	//lint:ignore SA1019 the coordinates are only read
	if k.X == nil || k.Y == nil {
		return "", 0, fmt.Errorf("%w: ECDSA key without a point", ErrWeakKey)
	}
	return name, size, nil
}

// curveOfOwn is curveOfKey for a key of package ec, which makes no key that is not on its curve.
func curveOfOwn(k *ec.PublicKey) (name string, size int, err error) {
	if k == nil || k.Curve() == nil {
		return "", 0, fmt.Errorf("%w: ECDSA key without a curve", ErrWeakKey)
	}
	c := k.Curve()
	if c.OrderBits() < minCurveBits {
		return "", 0, fmt.Errorf("%w: curve of %d bits, want %d or more", ErrWeakKey, c.OrderBits(), minCurveBits)
	}
	return c.Name(), c.OrderSize(), nil
}

func checkECDSA(k *ecdsa.PublicKey) error {
	if _, _, err := curveOfKey(k); err != nil {
		return err
	}
	if _, err := k.Bytes(); err != nil {
		return fmt.Errorf("%w: ECDSA key is no point of its curve", ErrWeakKey)
	}
	return nil
}

func checkRSA(k *rsa.PublicKey) error {
	if k == nil || k.N == nil || k.N.Sign() <= 0 {
		return fmt.Errorf("%w: RSA key without a modulus", ErrWeakKey)
	}
	if n := k.N.BitLen(); n < minRSABits || n > maxRSABits {
		return fmt.Errorf("%w: RSA modulus of %d bits, want %d to %d", ErrWeakKey, n, minRSABits, maxRSABits)
	}
	if k.N.Bit(0) == 0 {
		return fmt.Errorf("%w: RSA modulus is even", ErrWeakKey)
	}
	if k.E < minRSAExponent || k.E > maxRSAExponent || k.E%2 == 0 {
		return fmt.Errorf("%w: RSA exponent, want an odd number from %d to %d", ErrWeakKey, minRSAExponent, maxRSAExponent)
	}
	return nil
}
