package sig

import (
	"crypto"
	"crypto/fips140"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
)

// digest writes the hash h of data into buf and returns that part of buf, or nil where h carries no signature here. The
// one-shot functions keep the state of the hash off the heap.
func digest(h crypto.Hash, data []byte, buf *[sha512.Size]byte) []byte {
	switch h {
	case crypto.SHA1:
		if fips140.Enforced() { // where it panics
			return nil
		}
		d := sha1.Sum(data)
		return buf[:copy(buf[:], d[:])]
	case crypto.SHA224:
		d := sha256.Sum224(data)
		return buf[:copy(buf[:], d[:])]
	case crypto.SHA256:
		d := sha256.Sum256(data)
		return buf[:copy(buf[:], d[:])]
	case crypto.SHA384:
		d := sha512.Sum384(data)
		return buf[:copy(buf[:], d[:])]
	case crypto.SHA512:
		*buf = sha512.Sum512(data)
		return buf[:]
	}
	return nil
}

// weighed gives the result for a signature that holds.
func weighed(h crypto.Hash) error {
	if h == crypto.SHA1 {
		return ErrWeakHash
	}
	return nil
}
