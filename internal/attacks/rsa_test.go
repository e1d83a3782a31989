package attacks_test

import (
	"crypto/rsa"
	"crypto/sha256"
	"math/big"
)

// rs256 is RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8812 §2).
const rs256 = -257

// digestInfo stands before a SHA-256 digest in RSASSA-PKCS1-v1_5 (RFC 8017 §9.2, note 1).
var digestInfo = []byte{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20}

// digestOf is a key identifier as the EU and WHO make them: the first eight bytes of a SHA-256 digest.
func digestOf(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:8]
}

// power is RSASP1 (RFC 8017 §5.2.1).
func power(key *rsa.PrivateKey, em []byte) []byte {
	m := new(big.Int).SetBytes(em)
	return m.Exp(m, key.D, key.N).FillBytes(make([]byte, key.Size()))
}

// encodeV15 is EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §9.2).
func encodeV15(size int) func(sum []byte) []byte {
	return func(sum []byte) []byte {
		em := make([]byte, size-len(digestInfo)-len(sum))
		for i := range em {
			em[i] = 0xff
		}
		em[0], em[1], em[len(em)-1] = 0, 1, 0
		return append(append(em, digestInfo...), sum...)
	}
}

// encodePSS is EMSA-PSS with SHA-256 (RFC 8017 §9.1.1) for a modulus of whole bytes, with a salt of any length.
func encodePSS(sum, salt []byte, size int) []byte {
	m := append(append(make([]byte, 8), sum...), salt...)
	h := sha256.Sum256(m)
	db := make([]byte, size-len(h)-1)
	copy(db[len(db)-len(salt):], salt)
	db[len(db)-len(salt)-1] = 1
	for i := 0; i*len(h) < len(db); i++ { // MGF1, RFC 8017 §B.2.1
		mask := sha256.Sum256(append(h[:len(h):len(h)], 0, 0, 0, byte(i)))
		for j := range mask {
			if at := i*len(h) + j; at < len(db) {
				db[at] ^= mask[j]
			}
		}
	}
	db[0] &= 0x7f
	return append(append(db, h[:]...), 0xbc)
}

// cubeRoot is the smallest number whose cube is not below n.
func cubeRoot(n *big.Int) *big.Int {
	low, high := big.NewInt(0), new(big.Int).Lsh(big.NewInt(1), uint(n.BitLen()/3+1))
	for low.Cmp(high) < 0 {
		middle := new(big.Int).Rsh(new(big.Int).Add(low, high), 1)
		if new(big.Int).Exp(middle, big.NewInt(3), nil).Cmp(n) < 0 {
			low.Add(middle, big.NewInt(1))
		} else {
			high = middle
		}
	}
	return low
}
