package mint

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"fmt"
	"math/big"
	"sync"
)

// A KeyKind names the kind of key that NewKey makes.
type KeyKind string

// The kinds of key. RSA1024 is too weak for any document and is there to be refused.
const (
	P256    KeyKind = "P-256"
	P384    KeyKind = "P-384"
	P521    KeyKind = "P-521"
	Ed25519 KeyKind = "Ed25519"
	RSA1024 KeyKind = "RSA-1024"
	RSA2048 KeyKind = "RSA-2048"
)

// NewKey makes the private key that kind and seed determine: an *ecdsa.PrivateKey, an ed25519.PrivateKey or an
// *rsa.PrivateKey with exponent 65537. It panics for a kind that it does not know.
func NewKey(kind KeyKind, seed string) crypto.Signer {
	d := NewDRBG([]byte("travelseal mint key\x00" + string(kind) + "\x00" + seed))
	switch kind {
	case P256:
		return ecKey(d, elliptic.P256())
	case P384:
		return ecKey(d, elliptic.P384())
	case P521:
		return ecKey(d, elliptic.P521())
	case Ed25519:
		return ed25519.NewKeyFromSeed(d.Bytes(ed25519.SeedSize))
	case RSA1024:
		return cachedRSA(d, 1024, seed)
	case RSA2048:
		return cachedRSA(d, 2048, seed)
	}
	panic(fmt.Sprintf("mint: no key kind %q", kind))
}

// ecKey draws scalars until one is in range (FIPS 186-5 §A.2.2, rejection sampling).
func ecKey(d *DRBG, curve elliptic.Curve) *ecdsa.PrivateKey {
	size := (curve.Params().BitSize + 7) / 8
	for {
		scalar := d.Bytes(size)
		scalar[0] &= 0xff >> (8*size - curve.Params().BitSize)
		if key, err := ecdsa.ParseRawPrivateKey(curve, scalar); err == nil {
			return key
		}
	}
}

// The search for primes takes a tenth of a second, so each key is looked for once a process.
var (
	rsaMutex sync.Mutex
	rsaKeys  = map[string]*rsa.PrivateKey{}
)

func cachedRSA(d *DRBG, bits int, seed string) *rsa.PrivateKey {
	rsaMutex.Lock()
	defer rsaMutex.Unlock()
	name := fmt.Sprint(bits, seed)
	if rsaKeys[name] == nil {
		rsaKeys[name] = rsaKey(d, bits)
	}
	return rsaKeys[name]
}

func rsaKey(d *DRBG, bits int) *rsa.PrivateKey {
	const exponent = 65537
	one := big.NewInt(1)
	p, q := rsaPrime(d, bits/2, exponent), rsaPrime(d, bits/2, exponent)
	order := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: exponent},
		D:         new(big.Int).ModInverse(big.NewInt(exponent), order),
		Primes:    []*big.Int{p, q},
	}
	key.Precompute()
	return key
}

// rsaPrime draws odd numbers with the two highest bits set, so that the product of two has its full length, until one
// is prime and leaves the exponent invertible.
func rsaPrime(d *DRBG, bits int, exponent int64) *big.Int {
	e, one := big.NewInt(exponent), big.NewInt(1)
	for {
		raw := d.Bytes(bits / 8)
		raw[0] |= 0xc0
		raw[len(raw)-1] |= 1
		p := new(big.Int).SetBytes(raw)
		less := new(big.Int).Sub(p, one)
		if p.ProbablyPrime(20) && new(big.Int).GCD(nil, nil, e, less).Cmp(one) == 0 {
			return p
		}
	}
}
