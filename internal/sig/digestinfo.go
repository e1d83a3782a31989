package sig

import (
	"bytes"
	"crypto"
	"crypto/rsa"
)

// holdsWithoutNull reports whether signature is the RSA v1.5 signature (RFC 8017 §8.2.2) of the hash sum whose DigestInfo
// leaves out the hash algorithm's parameters. It builds the one message that this would be and compares all of it: a
// decoder that skips what follows the hash lets anyone sign for a key with e = 3 (Bleichenbacher, 2006).
func holdsWithoutNull(h crypto.Hash, k *rsa.PublicKey, sum, signature []byte) bool {
	if h == crypto.SHA1 {
		return false // a second weakness beside the first, which no known issuer has
	}
	both := make([]byte, 2*k.Size())
	em, want := both[:k.Size()], both[k.Size():]
	if !openRSA(k, signature, em) {
		return false
	}
	info := appendDigestInfo(nil, h, sum)
	// EM = 0x00 ‖ 0x01 ‖ PS ‖ 0x00 ‖ T (RFC 8017 §9.2). Of 256 bytes or more, T takes 81 at most.
	ps := len(want) - len(info) - 1
	want[1] = 0x01
	for i := 2; i < ps; i++ {
		want[i] = 0xFF
	}
	copy(want[ps+1:], info)
	return bytes.Equal(em, want)
}

// appendDigestInfo appends DigestInfo ::= SEQUENCE { SEQUENCE { OID }, OCTET STRING }. The identifiers of the SHA-2 family
// differ in their last byte only (RFC 8017 §B.1).
func appendDigestInfo(der []byte, h crypto.Hash, sum []byte) []byte {
	var last byte
	switch h {
	case crypto.SHA256:
		last = 1
	case crypto.SHA384:
		last = 2
	case crypto.SHA512:
		last = 3
	case crypto.SHA224:
		last = 4
	}
	der = append(der, 0x30, byte(15+len(sum)), 0x30, 0x0B)
	der = append(der, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last)
	der = append(der, 0x04, byte(len(sum)))
	return append(der, sum...)
}
