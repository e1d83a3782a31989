package sig_test

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/travelseal/travelseal/formats"
	"github.com/travelseal/travelseal/internal/sig"
)

// A flaw spoils an encoded message on its way: db before it is masked, em after.
type flaw struct{ db, em func([]byte) }

// encodePSS is EMSA-PSS-ENCODE (RFC 8017 §9.1.1) of the message with a random salt.
func encodePSS(k *rsa.PrivateKey, a formats.Algorithm, f flaw) []byte {
	bits := k.N.BitLen() - 1
	em := make([]byte, (bits+7)/8)
	h := a.Hash.Size()
	db := em[:len(em)-h-1]
	db[len(db)-a.SaltLength-1] = 1
	salt := db[len(db)-a.SaltLength:]
	must(rand.Read(salt))
	copy(em[len(db):], sum(a.Hash, bytes.Join([][]byte{make([]byte, 8), sum(a.Hash, message), salt}, nil)))
	if f.db != nil {
		f.db(db)
	}
	var mask []byte
	for i := uint32(0); len(mask) < len(db); i++ {
		mask = append(mask, sum(a.MGFHash, binary.BigEndian.AppendUint32(bytes.Clone(em[len(db):len(db)+h]), i))...)
	}
	for i := range db {
		db[i] ^= mask[i]
	}
	db[0] &= 0xFF >> (8*len(em) - bits)
	em[len(em)-1] = 0xBC
	if f.em != nil {
		f.em(em)
	}
	return em
}

func signPSS(k *rsa.PrivateKey, a formats.Algorithm) []byte {
	if a.Scheme != formats.RSAPSS {
		return nil
	}
	return rawRSA(k, encodePSS(k, a, flaw{}))
}

func TestPSSHoldsUnderExactlyItsParameters(t *testing.T) {
	hashes := []crypto.Hash{crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512}
	for _, k := range []*rsa.PrivateKey{rsa2048(), rsa2049()} {
		em := (k.N.BitLen() + 6) / 8
		for _, h := range hashes {
			for _, mgf := range append([]crypto.Hash{crypto.SHA1}, hashes...) {
				for _, salt := range []int{0, 1, h.Size(), em - h.Size() - 2} {
					a := formats.Algorithm{Scheme: formats.RSAPSS, Hash: h, MGFHash: mgf, SaltLength: salt}
					what := fmt.Sprintf("%d bits, %s, MGF1 %s, salt %d", k.N.BitLen(), h, mgf, salt)
					signature := signPSS(k, a)
					wants(t, what, sig.Verify(a, k.Public(), message, signature), nil)
					for _, other := range []int{0, 1, salt - 1, salt + 1, h.Size(), em - h.Size() - 2} {
						if b := a; other >= 0 && other != salt {
							b.SaltLength = other
							wants(t, fmt.Sprintf("%s, stated salt %d", what, other), sig.Verify(b, k.Public(), message, signature), sig.ErrMismatch)
						}
					}
					b := a
					b.MGFHash = crypto.SHA256
					if mgf == crypto.SHA256 {
						b.MGFHash = crypto.SHA1
					}
					wants(t, what+", stated MGF1 "+b.MGFHash.String(), sig.Verify(b, k.Public(), message, signature), sig.ErrMismatch)
				}
			}
		}
	}
}

func TestPSSOfTheStandardLibraryHolds(t *testing.T) {
	k := rsa2048()
	for _, a := range []formats.Algorithm{formats.PS256, formats.PS384, formats.PS512} {
		signature := must(rsa.SignPSS(rand.Reader, k, a.Hash, sum(a.Hash, message), &rsa.PSSOptions{SaltLength: a.SaltLength}))
		wants(t, a.Name(), sig.Verify(a, k.Public(), message, signature), nil)
	}
}

// Parameters that crypto/rsa would read as something else than what they say.
func TestPSSParametersThatCannotBe(t *testing.T) {
	k := rsa2048()
	signature := signPSS(k, formats.PS256)
	for salt, want := range map[int]error{
		rsa.PSSSaltLengthAuto:       sig.ErrMismatch, // 0: the signature has a salt
		rsa.PSSSaltLengthEqualsHash: sig.ErrUnsupported,
		-2:                          sig.ErrUnsupported,
		math.MinInt:                 sig.ErrUnsupported,
		256 - 32 - 2:                sig.ErrMismatch,
		256 - 32 - 1:                sig.ErrMismatch, // does not fit
		math.MaxInt:                 sig.ErrMismatch,
	} {
		a := formats.PS256
		a.SaltLength = salt
		wants(t, fmt.Sprintf("salt %d", salt), sig.Verify(a, k.Public(), message, signature), want)
	}
	for _, mgf := range []crypto.Hash{0, crypto.MD5, crypto.SHA512_256, crypto.SHA3_256, 99} {
		a := formats.PS256
		a.MGFHash = mgf
		wants(t, "MGF1 of "+mgf.String(), sig.Verify(a, k.Public(), message, signature), sig.ErrUnsupported)
	}
}

func TestAnInconsistentPSSEncodingIsAMismatch(t *testing.T) {
	k := rsa2048()
	for name, f := range map[string]flaw{
		"trailer 0xCC":         {em: func(em []byte) { em[len(em)-1] = 0xCC }},
		"padding not zero":     {db: func(db []byte) { db[5] = 1 }},
		"separator 0x02":       {db: func(db []byte) { db[bytes.IndexByte(db, 1)] = 2 }},
		"separator 0x00":       {db: func(db []byte) { db[bytes.IndexByte(db, 1)] = 0 }},
		"last bit of the data": {db: func(db []byte) { db[len(db)-1] ^= 1 }},
		"hash changed":         {em: func(em []byte) { em[len(em)-2] ^= 1 }},
	} {
		for _, salt := range []int{0, 32} {
			for _, mgf := range []crypto.Hash{crypto.SHA256, crypto.SHA384} {
				a := formats.Algorithm{Scheme: formats.RSAPSS, Hash: crypto.SHA256, MGFHash: mgf, SaltLength: salt}
				what := fmt.Sprintf("%s, salt %d, MGF1 %s", name, salt, mgf)
				wants(t, what, sig.Verify(a, k.Public(), message, rawRSA(k, encodePSS(k, a, f))), sig.ErrMismatch)
			}
		}
	}
}

// The encoded message of a modulus of 2048 bits has 2047, so that the first bit of its 256 bytes must be zero. That of 2049
// bits has 2048, so that the first of the signature's 257 bytes must be.
func TestABitAboveThePSSEncodingIsAMismatch(t *testing.T) {
	for _, mgf := range []crypto.Hash{crypto.SHA256, crypto.SHA384} {
		a := formats.Algorithm{Scheme: formats.RSAPSS, Hash: crypto.SHA256, MGFHash: mgf, SaltLength: 32}
		for _, k := range []*rsa.PrivateKey{rsa2048(), rsa2049()} {
			em := new(big.Int).Set(k.N)
			for em.Cmp(k.N) >= 0 { // until a salt makes it small enough to be signed
				em.SetBytes(encodePSS(k, a, flaw{}))
				em.SetBit(em, k.N.BitLen()-1, 1)
			}
			what := fmt.Sprintf("%d bits, MGF1 of %s", k.N.BitLen(), mgf)
			wants(t, what, sig.Verify(a, k.Public(), message, rawRSA(k, em.Bytes())), sig.ErrMismatch)
		}
	}
}
