package pki

import (
	"crypto/ed25519"
	"fmt"
	"math/big"
	"strings"
	"sync"

	"github.com/travelseal/travelseal/internal/mint"
)

// A Kind names the kind of key that NewKey makes: a curve, "RSA-2048", "RSA-2048-e3" or "Ed25519". Every size of RSA
// from 512 bits on is a kind, odd ones too; the exponent is 65537, or 3.
type Kind string

// The kinds of key that have a name here.
const (
	P192 Kind = "P-192"
	P224 Kind = "P-224"
	P256 Kind = "P-256"
	P384 Kind = "P-384"
	P521 Kind = "P-521"

	BrainpoolP160r1 Kind = "brainpoolP160r1"
	BrainpoolP160t1 Kind = "brainpoolP160t1"
	BrainpoolP192r1 Kind = "brainpoolP192r1"
	BrainpoolP192t1 Kind = "brainpoolP192t1"
	BrainpoolP224r1 Kind = "brainpoolP224r1"
	BrainpoolP224t1 Kind = "brainpoolP224t1"
	BrainpoolP256r1 Kind = "brainpoolP256r1"
	BrainpoolP256t1 Kind = "brainpoolP256t1"
	BrainpoolP320r1 Kind = "brainpoolP320r1"
	BrainpoolP320t1 Kind = "brainpoolP320t1"
	BrainpoolP384r1 Kind = "brainpoolP384r1"
	BrainpoolP384t1 Kind = "brainpoolP384t1"
	BrainpoolP512r1 Kind = "brainpoolP512r1"
	BrainpoolP512t1 Kind = "brainpoolP512t1"

	RSA1024   Kind = "RSA-1024"
	RSA2048   Kind = "RSA-2048"
	RSA2048e3 Kind = "RSA-2048-e3"
	RSA3072   Kind = "RSA-3072"
	RSA4096   Kind = "RSA-4096"
	Ed25519   Kind = "Ed25519"
)

// Curves lists the kinds of key on curves that NewKey makes.
func Curves() []Kind {
	return []Kind{
		P192, P224, P256, P384, P521,
		BrainpoolP160r1, BrainpoolP160t1, BrainpoolP192r1, BrainpoolP192t1, BrainpoolP224r1, BrainpoolP224t1,
		BrainpoolP256r1, BrainpoolP256t1, BrainpoolP320r1, BrainpoolP320t1, BrainpoolP384r1, BrainpoolP384t1,
		BrainpoolP512r1, BrainpoolP512t1,
	}
}

// A Key is a private key with its public half. The fields of its kind are set, and no others.
type Key struct {
	Kind Kind

	Curve  *Curve
	Scalar *big.Int
	Public Point

	Modulus, Exponent, Private *big.Int // RSA; Private is the private exponent

	Ed25519 ed25519.PrivateKey
}

// NewKey makes the key that kind and seed determine. Keys are remembered, because the search for primes takes long.
func NewKey(kind Kind, seed string) *Key {
	name := string(kind) + "\x00" + seed
	keyMutex.Lock()
	defer keyMutex.Unlock()
	if keys[name] == nil {
		keys[name] = makeKey(kind, mint.NewDRBG([]byte("travelseal mint pki key\x00"+name)))
	}
	return keys[name]
}

var (
	keyMutex sync.Mutex
	keys     = map[string]*Key{}
)

func makeKey(kind Kind, d *mint.DRBG) *Key {
	if curve := CurveOf(kind); curve != nil {
		k := &Key{Kind: kind, Curve: curve, Scalar: below(d, curve.N)}
		k.Public = curve.Times(k.Scalar, curve.Generator())
		return k
	}
	if kind == Ed25519 {
		return &Key{Kind: kind, Ed25519: ed25519.NewKeyFromSeed(d.Bytes(ed25519.SeedSize))}
	}
	var bits int
	size, three := strings.CutSuffix(string(kind), "-e3")
	if _, err := fmt.Sscanf(size, "RSA-%d", &bits); err != nil || bits < 512 {
		panic(fmt.Sprintf("pki: no key kind %q", kind))
	}
	exponent := big.NewInt(65537)
	if three {
		exponent = big.NewInt(3)
	}
	return rsaKey(kind, d, bits, exponent)
}

// below draws numbers until one is greater than 0 and less than n.
func below(d *mint.DRBG, n *big.Int) *big.Int {
	size := (n.BitLen() + 7) / 8
	for {
		raw := d.Bytes(size)
		raw[0] &= 0xff >> (8*size - n.BitLen())
		if k := new(big.Int).SetBytes(raw); k.Sign() > 0 && k.Cmp(n) < 0 {
			return k
		}
	}
}

func rsaKey(kind Kind, d *mint.DRBG, bits int, exponent *big.Int) *Key {
	one := big.NewInt(1)
	p, q := prime(d, (bits+1)/2, exponent), prime(d, bits/2, exponent)
	order := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	return &Key{Kind: kind, Modulus: new(big.Int).Mul(p, q), Exponent: exponent, Private: new(big.Int).ModInverse(exponent, order)}
}

// prime draws odd numbers with the two highest bits set, so that the product of two has its full length, until one is
// prime and leaves the exponent invertible.
func prime(d *mint.DRBG, bits int, exponent *big.Int) *big.Int {
	one, size := big.NewInt(1), (bits+7)/8
	for {
		p := new(big.Int).SetBytes(d.Bytes(size))
		p.Rsh(p, uint(8*size-bits))
		p.SetBit(p, bits-1, 1).SetBit(p, bits-2, 1).SetBit(p, 0, 1)
		if new(big.Int).GCD(nil, nil, exponent, new(big.Int).Sub(p, one)).Cmp(one) == 0 && p.ProbablyPrime(20) {
			return p
		}
	}
}

// Size is the number of bytes of an RSA modulus.
func (k *Key) Size() int { return (k.Modulus.BitLen() + 7) / 8 }
