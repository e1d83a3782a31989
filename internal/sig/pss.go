package sig

import (
	"bytes"
	"crypto"
	"crypto/fips140"
	"crypto/rsa"
	_ "crypto/sha1" // for MGF1 only
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
	"fmt"

	"github.com/travelseal/travelseal/formats"
)

// checkPSS asks whether the parameters are ones that can be checked. A negative salt length must not reach crypto/rsa,
// where it has a meaning of its own.
func checkPSS(a formats.Algorithm) error {
	switch a.MGFHash {
	case crypto.SHA224, crypto.SHA256, crypto.SHA384, crypto.SHA512:
	case crypto.SHA1:
		if fips140.Enforced() { // crypto/sha1 panics then
			return fmt.Errorf("%w: RSA-PSS with MGF1 of SHA-1 in FIPS 140-only mode", ErrUnsupported)
		}
	default:
		return fmt.Errorf("%w: RSA-PSS with MGF1 of %s", ErrUnsupported, a.MGFHash)
	}
	if a.SaltLength < 0 {
		return fmt.Errorf("%w: RSA-PSS salt length %d", ErrUnsupported, a.SaltLength)
	}
	return nil
}

// verifyPSS is RSASSA-PSS-VERIFY (RFC 8017 §8.1.2) with every parameter as stated. crypto/rsa cannot state two of them:
// its salt length of 0 means any, and its MGF1 hash is always that of the message.
func verifyPSS(a formats.Algorithm, k *rsa.PublicKey, sum, signature []byte) error {
	emBits := k.N.BitLen() - 1
	emLen := (emBits + 7) / 8
	if a.SaltLength > emLen-len(sum)-2 { // RFC 8017 §9.1.2, step 3
		return fmt.Errorf("%w: an RSA-PSS salt of %d bytes does not fit the modulus", ErrMismatch, a.SaltLength)
	}
	if a.SaltLength > 0 && a.MGFHash == a.Hash {
		return rsaError(rsa.VerifyPSS(k, a.Hash, sum, signature, &rsa.PSSOptions{SaltLength: a.SaltLength}))
	}
	em := make([]byte, emLen)
	if !openRSA(k, signature, em) || !consistent(a, sum, em, emBits) {
		return ErrMismatch
	}
	return nil
}

// consistent is EMSA-PSS-VERIFY (RFC 8017 §9.1.2) from step 4 on; the caller has done steps 1 to 3. It overwrites em.
func consistent(a formats.Algorithm, sum, em []byte, emBits int) bool {
	if em[len(em)-1] != 0xBC { // step 4
		return false
	}
	db, h := em[:len(em)-len(sum)-1], em[len(em)-len(sum)-1:len(em)-1] // step 5
	unused := byte(0xFF) << (8 - (8*len(em) - emBits))
	if db[0]&unused != 0 { // step 6
		return false
	}
	mask(db, h, a.MGFHash) // steps 7 and 8
	db[0] &^= unused       // step 9
	salt := db[len(db)-a.SaltLength:]
	padding := db[:len(db)-a.SaltLength] // step 10: zeros, then one 0x01
	for _, b := range padding[:len(padding)-1] {
		if b != 0 {
			return false
		}
	}
	if padding[len(padding)-1] != 0x01 {
		return false
	}
	m := make([]byte, 8, 8+len(sum)+len(salt)) // steps 11 to 14
	m = append(append(m, sum...), salt...)
	var buf [sha512.Size]byte
	return bytes.Equal(h, digest(a.Hash, m, &buf))
}

// mask XORs db with MGF1(seed) of the length of db (RFC 8017 §B.2.1).
func mask(db, seed []byte, hash crypto.Hash) {
	h := hash.New()
	var counter [4]byte
	var out [sha512.Size]byte
	for i := uint32(0); len(db) > 0; i++ {
		binary.BigEndian.PutUint32(counter[:], i)
		h.Reset()
		h.Write(seed)
		h.Write(counter[:])
		block := h.Sum(out[:0])
		db = db[subtle.XORBytes(db, db, block):]
	}
}
