package pki

import (
	"bytes"
	"crypto"
	"math/big"

	"github.com/travelseal/travelseal/internal/mint"
	"github.com/travelseal/travelseal/internal/mint/der"
)

// raw applies the private key to an encoded message (RFC 8017 §5.2.1).
func (k *Key) raw(encoded []byte) []byte {
	m := new(big.Int).SetBytes(encoded)
	return m.Exp(m, k.Private, k.Modulus).FillBytes(make([]byte, k.Size()))
}

// digestInfo is the structure of RFC 8017 §9.2, step 2.
func digestInfo(a Algorithm, digest []byte) []byte {
	id := HashIDNull(a.Hash)
	if a.NoNull {
		id = HashID(a.Hash)
	}
	return der.Seq(id, der.Octets(digest)).Encode()
}

func (k *Key) signPKCS1(a Algorithm, digest []byte) []byte {
	block := PKCS1Block
	if a.Block != nil {
		block = a.Block
	}
	return k.raw(block(digestInfo(a, digest), k.Size()))
}

// PKCS1Block is the encoding of RFC 8017 §9.2: 00 01 FF…FF 00 DigestInfo.
func PKCS1Block(digestInfo []byte, size int) []byte {
	block := bytes.Repeat([]byte{0xff}, size)
	block[0], block[1] = 0, 1
	block[size-len(digestInfo)-1] = 0
	copy(block[size-len(digestInfo):], digestInfo)
	return block
}

// ShortBlock has the least padding that a reader may take, and zeros after the DigestInfo.
func ShortBlock(digestInfo []byte, size int) []byte {
	block := make([]byte, size)
	copy(block, PKCS1Block(digestInfo, len(digestInfo)+11))
	return block
}

// ZeroBlock is padded with zeros in place of FF.
func ZeroBlock(digestInfo []byte, size int) []byte {
	block := make([]byte, size)
	block[1] = 1
	copy(block[size-len(digestInfo):], digestInfo)
	return block
}

// forgePKCS1 gives a number whose cube begins as ShortBlock does: the cube root, rounded up, changes what comes after the
// DigestInfo only. The private key is not used.
func forgePKCS1(k *Key, a Algorithm, digest []byte) []byte {
	block := new(big.Int).SetBytes(ShortBlock(digestInfo(a, digest), k.Size()))
	low, high := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(block.BitLen()/3+1))
	for low.Cmp(high) < 0 { // the least number whose cube is not below the block
		middle := new(big.Int).Add(low, high)
		middle.Rsh(middle, 1)
		cube := new(big.Int).Exp(middle, big.NewInt(3), nil)
		if cube.Cmp(block) < 0 {
			low = middle.Add(middle, big.NewInt(1))
		} else {
			high = middle
		}
	}
	return low.FillBytes(make([]byte, k.Size()))
}

// PSS are the parameters of RSASSA-PSS (RFC 8017 §A.2.3): the hash, the hash of the mask, the bytes of salt, and the number
// of the trailer field. Trailer 1 is 0xbc; any other number is only stated, as there is no other trailer.
type PSS struct {
	Hash, MGF     crypto.Hash
	Salt, Trailer int
}

// Identifier writes id-RSASSA-PSS with the parameters; those with their default values are left out (RFC 4055 §3.1).
func (p PSS) Identifier() der.TLV { return der.Seq(der.OID(oidPSS), p.Params()) }

// Params writes RSASSA-PSS-params.
func (p PSS) Params() der.TLV {
	params := der.Seq()
	if p.Hash != crypto.SHA1 {
		params = der.And(params, der.Explicit(0, HashIDNull(p.Hash)))
	}
	if p.MGF != crypto.SHA1 {
		params = der.And(params, der.Explicit(1, der.Seq(der.OID(oidMGF1), HashIDNull(p.MGF))))
	}
	if p.Salt != 20 {
		params = der.And(params, der.Explicit(2, der.Int(int64(p.Salt))))
	}
	if p.Trailer != 1 {
		params = der.And(params, der.Explicit(3, der.Int(int64(p.Trailer))))
	}
	return params
}

// PSSIdentifierNull is id-RSASSA-PSS with NULL, which does not say how to verify.
func PSSIdentifierNull() der.TLV { return der.Seq(der.OID(oidPSS), der.Null()) }

// PSSIdentifierBare is id-RSASSA-PSS without parameters, which does not say it either.
func PSSIdentifierBare() der.TLV { return der.Seq(der.OID(oidPSS)) }

// MaxSalt is the longest salt that fits a key (RFC 8017 §9.1.1, step 3).
func (k *Key) MaxSalt(h crypto.Hash) int { return (k.Modulus.BitLen()-1+7)/8 - h.Size() - 2 }

// signPSS is RSASSA-PSS-SIGN (RFC 8017 §8.1.1) with a salt that the key and the digest determine.
func (k *Key) signPSS(p PSS, digest []byte) []byte {
	salt := mint.NewDRBG(bytes.Join([][]byte{[]byte("travelseal mint pki salt"), k.Private.Bytes(), digest}, nil)).Bytes(p.Salt)
	bits := k.Modulus.BitLen() - 1
	size := (bits + 7) / 8
	sum := Digest(p.Hash, bytes.Join([][]byte{make([]byte, 8), digest, salt}, nil))

	db := make([]byte, size-len(sum)-1)
	db[len(db)-len(salt)-1] = 1
	copy(db[len(db)-len(salt):], salt)
	for i, mask := range mask(p.MGF, sum, len(db)) {
		db[i] ^= mask
	}
	db[0] &= 0xff >> (8*size - bits)
	return k.raw(append(append(db, sum...), 0xbc))
}

// mask is MGF1 (RFC 8017 §B.2.1).
func mask(h crypto.Hash, seed []byte, size int) []byte {
	var out []byte
	for counter := byte(0); len(out) < size; counter++ {
		out = append(out, Digest(h, append(bytes.Clone(seed), 0, 0, 0, counter))...)
	}
	return out[:size]
}
